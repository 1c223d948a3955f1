// What the scripts beside this file share. Node's built-in modules only: `npm start` runs it before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a program in the project's directory, its output on ours. Answers with the exit status; a crash counts as 2. */
export function run(command, args, env = {}) {
  // npm and npx are .cmd files on Windows, which only a shell can start.
  const shell = process.platform === "win32" && command !== process.execPath;
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    shell,
    stdio: "inherit",
  });
  if (error) console.error(`${command}: ${error.message}`);
  return status ?? 2;
}

export const runNode = (args, env) => run(process.execPath, args, env);

/** For steps without which nothing further makes sense. */
export function must(what, status) {
  if (status === 0) return;
  console.error(`${what} failed (exit status ${status}).`);
  process.exit(2);
}

/** Installs the packages that package-lock.json names, unless they are there already. */
export function installPackages() {
  const lock = path.join(root, "package-lock.json");
  const installed = path.join(root, "node_modules/.package-lock.json"); // npm writes it last
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  heading("Installing packages");
  must("npm ci", run("npm", ["ci", "--no-audit", "--no-fund"]));
}

export function build(...flags) {
  must("The build", runNode(["esbuild.mjs", ...flags]));
}

/** Packages the extension for an editor that is started here, and answers with the file. */
export function packageForEditor() {
  const vsix = path.join(root, ".build/editor.vsix");
  mkdirSync(path.dirname(vsix), { recursive: true });
  must("Packaging", runNode(["scripts/package.mjs", vsix]));
  return vsix;
}

export function packageFileName() {
  const { name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  return `${name}-${version}.vsix`;
}

export function heading(text) {
  const colour = process.stdout.isTTY && !process.env.NO_COLOR;
  console.log(colour ? `\n\u001b[1m${text}\u001b[0m` : `\n${text}`);
  console.log("─".repeat(text.length));
}

/** Bundles a TypeScript program of the tests and runs it with the arguments of this one; the packages have to be there. */
export async function runProgram(source) {
  const { build: bundle } = await import("esbuild"); // not before installPackages() had its chance
  const program = path.join(".build", `${path.basename(source, ".ts")}.mjs`);
  await bundle({
    entryPoints: [source],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    outfile: program,
    sourcemap: "inline",
    logLevel: "warning",
  });
  return runNode(["--enable-source-maps", program, ...process.argv.slice(2)]);
}
