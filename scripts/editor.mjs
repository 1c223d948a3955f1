// npm run editor [-- DIRECTORY]: VS Code with the extension, on the examples or another directory.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build, installPackages, packageForEditor, root, run } from "./steps.mjs";

const directory = path.resolve(process.argv[2] ?? path.join(root, "examples"));
if (!existsSync(directory)) {
  console.error(`There is no directory ${directory}.`);
  process.exit(2);
}

installPackages();
if (hasDesktopVsCode()) {
  build();
  process.exit(run("code", ["--new-window", `--extensionDevelopmentPath=${root}`, directory]));
}
await serve();

/** Without a VS Code on this machine: its server, with the workbench in a browser. */
async function serve() {
  const vsix = packageForEditor();
  const home = mkdtempSync(path.join(tmpdir(), "mailflow-editor-"));
  process.on("exit", () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const { startServer } = await import("../test/support/vscode/server.mjs");
  // It ends together with this process, also when Ctrl-C ends it.
  const server = await startServer({ home, vsix });
  console.log(`\nOpen ${server.url}/?folder=${encodeURIComponent(directory)}\nCtrl-C stops the server.`);
}

function hasDesktopVsCode() {
  const shell = process.platform === "win32";
  return spawnSync("code", ["--version"], { shell, stdio: "ignore" }).status === 0;
}
