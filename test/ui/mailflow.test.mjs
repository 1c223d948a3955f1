// What a person sees: the packaged extension, installed in the real workbench, on the examples.
import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { packageFileName } from "../../scripts/steps.mjs";
import { openWorkbench } from "./workbench.mjs";

// What the examples and the product's words decide; the rest of this file is about the order of things.
const SEEN = {
  file: "c-comments/main.cf",
  severity: "error",
  problem: "is not a comment",
  word: "reject_unauth_destination",
  hover: /strangers cannot relay/,
};

const root = fileURLToPath(new URL("../..", import.meta.url));
const vsix = process.env.POSTFIX_MAILFLOW_VSIX ?? path.join(root, packageFileName());

test("a finding and a hover in the workbench", { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "mailflow-examples-")); // nobody's working copy changes
  await cp(path.join(root, "examples"), folder, { recursive: true });
  const workbench = await openWorkbench({ folder, vsix });
  try {
    await workbench.openFile(SEEN.file);
    await workbench.squiggle(SEEN.severity);
    await workbench.problem(SEEN.problem);
    assert.match(await workbench.hover(SEEN.word), SEEN.hover);
    await workbench.screenshot("finding-and-hover");

    assert.deepEqual([...workbench.foreignHosts], [], "the extension and its tests stay on this machine");
  } catch (error) {
    await workbench.screenshot("failure");
    throw error;
  } finally {
    await workbench.close();
    await rm(folder, { recursive: true, force: true });
  }
});
