// Runs the suites of test/extension and test/web in a VS Code without a server, with the packaged extension in a worker of the
// browser: `node runWebTests.mjs VSIX [RESULTS_FILE]`.
import { appendFileSync, mkdtempSync } from "node:fs";
import { cp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { launchBrowser, VIEWPORT } from "./browser.mjs";
import { tellResults } from "./results.mjs";
import { serveWorkbench } from "./web/workbench.mjs";

const PATIENCE = 180_000;
const root = fileURLToPath(new URL("../../..", import.meta.url));
const home = mkdtempSync(path.join(tmpdir(), "mailflow-"));
const files = path.join(home, "files");
const [vsix, results = path.join(home, "results.jsonl")] = process.argv.slice(2);

// Beside the workspace stands what nobody may read, with links to it.
await cp(path.join(root, "test/extension/workspace"), path.join(files, "workspace"), { recursive: true });
await mkdir(path.join(files, "etc"));
await writeFile(path.join(files, "etc/hosts"), "127.0.0.1 localhost\n");
await symlink("../../etc/hosts", path.join(files, "workspace/mail/link"));
await symlink("../../etc", path.join(files, "workspace/mail/linked"));

const server = await serveWorkbench({
  home,
  vsix,
  root: files,
  folder: "/workspace",
  suites: path.join(root, ".build/test/web/suites.js"),
  take: (lines) => appendFileSync(results, lines),
});
const browser = await launchBrowser();
const failed = await runTests().then(
  (code) => code !== 0,
  (error) => {
    console.error(String(error));
    return true;
  },
);
await browser.close();
server.stop();
const status = tellResults(results, failed);
if (status === 0) await rm(home, { recursive: true, force: true });
else console.error(`VS Code's own logs are under ${home}`);
process.exit(status);

/** Opens the workbench on the folder; it loads the extension and the tests and at last reports their exit code. */
async function runTests() {
  const page = await browser.newPage({ viewport: VIEWPORT });
  const ended = new Promise((resolve, reject) => {
    void page.exposeFunction("codeAutomationExit", resolve);
    page.on("crash", () => reject(new Error("the page of the workbench crashed")));
    setTimeout(() => reject(new Error("the tests did not end in time")), PATIENCE).unref();
  });
  await page.exposeFunction("codeAutomationLog", () => {});
  await page.goto(address());
  return await ended;
}

function address() {
  const payload = [
    ["extensionDevelopmentPath", new URL("/extension", server.url)],
    ["extensionTestsPath", new URL("/extension/suites.js", server.url)],
  ];
  const address = new URL(server.url);
  address.searchParams.set("payload", JSON.stringify(payload));
  return address.href;
}
