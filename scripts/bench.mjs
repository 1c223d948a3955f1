// npm run bench [-- --json]: how fast we are, beside a real Postfix and the JSON language service of VS Code.
import { mkdirSync, rmSync } from "node:fs";
import { build, installPackages, runProgram } from "./steps.mjs";

const PROGRAMS = "test/bench/programs";
const BUNDLES = ".build/bench";

installPackages();
build("--minify");
await bundlePrograms();
process.exitCode = await runProgram("test/bench/bench.ts");

/**
 * Those that are measured as processes of their own are bundled as our product is, and hold nothing else. Those that are
 * measured from their start also begin as our product does: its starter keeps compiled code for them, too; and as other
 * programs do: one file.
 */
async function bundlePrograms() {
  // Not before installPackages() had its chance.
  const [esbuild, product] = await Promise.all([import("esbuild"), import("./programs.mjs")]);
  const options = {
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    // The package of the JSON language service says "module" where it can be bundled.
    mainFields: ["module", "main"],
    logLevel: "warning",
  };
  const program = (name) => `${PROGRAMS}/${name}.ts`;
  rmSync(BUNDLES, { recursive: true, force: true });
  mkdirSync(BUNDLES, { recursive: true });
  const started = { jsonServer: program("jsonServer"), jsonCheck: program("jsonCheck") };
  await product.bundlePrograms(started, BUNDLES, options);
  await esbuild.build({ ...options, entryPoints: started, format: "cjs", outdir: `${BUNDLES}/oneFile` });
  await esbuild.build({
    ...options,
    entryPoints: ["jsonEditor", "ourEditor"].map(program),
    format: "esm",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    outdir: BUNDLES,
    outExtension: { ".js": ".mjs" },
  });
}
