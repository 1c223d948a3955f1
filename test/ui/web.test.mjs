// What a person sees where the extension runs in the browser alone: the same as on a machine.
import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { serveFiles } from "../support/vscode/web/files.mjs";
import { openWorkbench } from "./workbench.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("a finding, a hover, a trace and test runs without a machine", { timeout: 180_000 }, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "mailflow-examples-"));
  await cp(path.join(root, "examples"), folder, { recursive: true });
  const files = await serveFiles(root);
  const workbench = await openWorkbench({ folder, web: files.url });
  try {
    await workbench.openFile("c-comments/main.cf");
    await workbench.squiggle("error");
    assert.match(await workbench.hover("reject_unauth_destination"), /strangers cannot relay/);
    await workbench.command("Postfix: Trace a Message");
    const view = await workbench.webview("form");
    await view.getByRole("status").getByText("Relay access denied").waitFor();
    await workbench.passTests("restricted-senders");
    await workbench.screenshot("web");
    assert.deepEqual([...workbench.foreignHosts], [], "the extension stays on this machine");
  } catch (error) {
    await workbench.screenshot("web-failure");
    throw error;
  } finally {
    await workbench.close();
    files.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
