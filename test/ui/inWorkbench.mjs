// A workbench with the packaged extension on a copy of the examples: nobody's working copy changes.
import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { packageFileName } from "../../scripts/steps.mjs";
import { openWorkbench } from "./workbench.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const vsix = process.env.POSTFIX_MAILFLOW_VSIX ?? path.join(root, packageFileName());
const PATIENCE = 300_000; // a limit, not a wait: the machine may have a lot to do

/**
 * A test that gives `use` a workbench and the folder that it shows: all examples, or the one named. `prepare` may change
 * the folder first. With `web` there is no server, and the folder is a copy in memory; with `restricted` nobody trusts it. No request may leave the machine.
 */
export function testInWorkbench(title, { example = "", prepare, settings, ...options }, use) {
  test(title, { timeout: PATIENCE }, async () => {
    const place = await mkdtemp(path.join(tmpdir(), "mailflow-"));
    const folder = path.join(place, "examples");
    await cp(path.join(root, "examples", example), folder, { recursive: true });
    await prepare?.(folder);
    const workbench = await openWorkbench({ folder, settings, vsix, ...options });
    try {
      await use(workbench, folder);
      assert.deepEqual([...workbench.foreignHosts], [], "the extension and its tests stay on this machine");
    } catch (error) {
      await workbench.screenshot(`failure of ${title}`.replaceAll(/\W+/g, "-"));
      throw error;
    } finally {
      await workbench.close();
      await rm(place, { recursive: true, force: true });
    }
  });
}
