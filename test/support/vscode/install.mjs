// Puts a VS Code for tests under .vscode-test/: the server and web workbench out of npm's code-server, and a Node.js to run it.
// It is no dependency of the project: its install scripts want a compiler, and nobody who only uses the project needs its 400 MB.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const VERSION = "4.139.1"; // VS Code 1.139.1
const NODE = "24.21.0"; // what this server wants

// Chat, sign-in and container tools: no test needs them, and they are more than half of the download.
const UNWANTED_PACKAGES = /^@(github|devcontainers)\/|^@microsoft\/mxc-sdk$|^@vscode\/copilot-api$/;
const UNWANTED_EXTENSIONS = [
  "copilot",
  "emmet",
  "github",
  "github-authentication",
  "mermaid-markdown-features",
  "microsoft-authentication",
  "ms-vscode.js-debug",
  "ms-vscode.js-debug-companion",
  "ms-vscode.vscode-js-profile-table",
  "typescript-language-features",
];

// Stand-ins for native modules, which are not compiled here. Without them every log line becomes an error of forty lines.
const STAND_INS = {
  "@vscode/native-watchdog": "exports.start = () => {};",
  "@vscode/spdlog": `
    const { appendFileSync, mkdirSync } = require("node:fs");
    const { dirname } = require("node:path");
    class Logger {
      constructor(name, file) { this.file = file; mkdirSync(dirname(file), { recursive: true }); }
      getLevel() { return 2; }
      setLevel() {} setPattern() {} clearFormatters() {} flush() {} drop() {}
    }
    for (const level of ["trace", "debug", "info", "warn", "error", "critical"])
      Logger.prototype[level] = function (text) { appendFileSync(this.file, level + " " + text + "\\n"); };
    exports.version = 1;
    exports.Logger = Logger;
    exports.setLevel = exports.setFlushOn = exports.shutdown = () => {};
    exports.createRotatingLogger = exports.createAsyncRotatingLogger = async (name, file) => new Logger(name, file);`,
};

const home = fileURLToPath(new URL("../../../.vscode-test", import.meta.url));

/** Answers with the programs of the VS Code server, which is installed on the first call and then reused. */
export async function installServer() {
  if (process.platform !== "linux") throw new Error("the VS Code server for tests is set up for Linux only");
  const place = path.join(home, `server-${VERSION}`);
  const complete = path.join(place, "complete");
  if (!existsSync(complete)) await installInto(place, complete);
  return { node: path.join(place, "node/node"), main: path.join(place, "vscode/out/server-main.js") };
}

/** Works in a directory beside the place and renames it at the end, so that two runs at once do not see each other's halves. */
async function installInto(place, complete) {
  console.log(`Installing VS Code ${VERSION} for tests into ${place} (once, about 20 seconds) …`);
  await mkdir(home, { recursive: true });
  const workshop = await mkdtemp(`${place}.`);
  try {
    await unpack(`code-server@${VERSION}`, "package/lib/vscode", path.join(workshop, "vscode"));
    await unpack(`node-linux-${process.arch}@${NODE}`, "package/bin", path.join(workshop, "node"));
    await installModules(path.join(workshop, "vscode"));
    await writeFile(path.join(workshop, "complete"), "");
    await rename(workshop, place);
  } catch (error) {
    await rm(workshop, { recursive: true, force: true });
    if (!existsSync(complete)) throw error; // else another run was faster, and its work is as good
  }
}

/** Fetches a package from the npm registry and unpacks one of its directories. */
async function unpack(name, directory, target) {
  await mkdir(target, { recursive: true });
  const archive = npm(target, "pack", name).trim().split("\n").at(-1);
  const depth = directory.split("/").length;
  execFileSync("tar", ["-xzf", archive, `--strip-components=${depth}`, directory], { cwd: target });
  await rm(path.join(target, archive));
}

async function installModules(vscode) {
  const manifest = path.join(vscode, "package.json");
  const contents = JSON.parse(await readFile(manifest, "utf8"));
  const wanted = Object.entries(contents.dependencies).filter(([name]) => !UNWANTED_PACKAGES.test(name));
  await writeFile(manifest, JSON.stringify({ ...contents, dependencies: Object.fromEntries(wanted) }));
  await rm(path.join(vscode, "npm-shrinkwrap.json")); // it insists on the packages that we leave out
  npm(vscode, "install", "--omit=dev", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund");
  await symlink("node_modules", path.join(vscode, "node_modules.asar"));
  for (const [name, source] of Object.entries(STAND_INS)) {
    await writeFile(path.join(vscode, "node_modules", name, "index.js"), source);
  }
  for (const name of UNWANTED_EXTENSIONS)
    await rm(path.join(vscode, "extensions", name), { recursive: true, force: true });
}

function npm(cwd, ...args) {
  // One retry: a machine without a network should not wait for minutes to hear that.
  return execFileSync("npm", [...args, "--loglevel=error", "--fetch-retries=1"], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}
