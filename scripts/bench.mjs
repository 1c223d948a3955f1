// npm run bench [-- --json]: how fast we are, beside a real Postfix and the JSON language service of VS Code.
import { readdirSync } from "node:fs";
import path from "node:path";
import { build, installPackages, root, runProgram } from "./steps.mjs";

const PROGRAMS = "test/bench/programs";

installPackages();
build("--minify");
await bundlePrograms();
process.exitCode = await runProgram("test/bench/bench.ts");

/** Those that are measured as processes of their own are bundled as our product is, and hold nothing else. */
async function bundlePrograms() {
  const { build: bundle } = await import("esbuild"); // not before installPackages() had its chance
  const entryPoints = readdirSync(path.join(root, PROGRAMS)).map((file) => path.join(PROGRAMS, file));
  await bundle({
    entryPoints,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "esm",
    // The package of the JSON language service says "module" where it can be bundled.
    mainFields: ["module", "main"],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    outdir: ".build/bench",
    outExtension: { ".js": ".mjs" },
    logLevel: "warning",
  });
}
