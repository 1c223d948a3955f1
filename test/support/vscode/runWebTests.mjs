// Runs the suites of test/extension and test/web with the extension in a worker of a browser: `node runWebTests.mjs [RESULTS_FILE]`.
// The VS Code server gives the page and the files of the workspace. The extension comes from a server of its own, because a page
// makes no worker of what belongs to a remote machine.
import { appendFileSync, mkdtempSync } from "node:fs";
import { cp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launchBrowser, VIEWPORT } from "./browser.mjs";
import { tellResults } from "./results.mjs";
import { startServer } from "./server.mjs";
import { addWebExtension } from "./web/extension.mjs";
import { serveFiles } from "./web/files.mjs";

const PATIENCE = 180_000;
const root = fileURLToPath(new URL("../../..", import.meta.url));
const home = mkdtempSync(path.join(tmpdir(), "mailflow-"));
const workspace = path.join(home, "workspace");
const results = process.argv[2] ?? path.join(home, "results.jsonl");

await cp(path.join(root, "test/extension/workspace"), workspace, { recursive: true });
await symlink("/etc/hosts", path.join(workspace, "mail/link"));
await symlink("/etc", path.join(workspace, "mail/linked"));

const files = await serveFiles(root, (lines) => appendFileSync(results, lines));
const server = await startServer({ home, flags: ["--enable-smoke-test-driver"] });
const browser = await launchBrowser();
const failed = await runTests().then(
  (code) => code !== 0,
  (error) => {
    console.error(String(error));
    return true;
  },
);
await browser.close();
await server.stop();
files.stop();
const status = tellResults(results, failed);
if (status === 0) await rm(home, { recursive: true, force: true });
else console.error(`VS Code's own logs are under ${home}`);
process.exit(status);

/** Opens the workbench on the folder; it loads the extension and the tests and at last reports their exit code. */
async function runTests() {
  const page = await browser.newPage({ viewport: VIEWPORT, bypassCSP: true });
  const ended = new Promise((resolve, reject) => {
    void page.exposeFunction("codeAutomationExit", resolve);
    page.on("crash", () => reject(new Error("the page of the workbench crashed")));
    setTimeout(() => reject(new Error("the tests did not end in time")), PATIENCE).unref();
  });
  await page.exposeFunction("codeAutomationLog", () => {});
  await addWebExtension(page, files.url);
  await page.goto(address());
  return await ended;
}

function address() {
  const payload = [
    ["extensionDevelopmentPath", files.url],
    ["extensionDevelopmentKind", "web"],
    ["extensionTestsPath", `${files.url}/.build/test/web/suites.js`],
    ["skipWelcome", "true"],
  ];
  const address = new URL(server.url);
  address.searchParams.set("folder", workspace);
  address.searchParams.set("payload", JSON.stringify(payload));
  return address.href;
}
