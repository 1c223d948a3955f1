// npm run conformance [-- --live N [--seed S]]: how often our answers are those of the real Postfix.
import { build } from "esbuild";
import { installPackages, runNode } from "./steps.mjs";

installPackages();
const program = ".build/conformance.mjs";
await build({
  entryPoints: ["test/conformance/conformance.ts"],
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  outfile: program,
  sourcemap: "inline",
  logLevel: "warning",
});
process.exitCode = runNode(["--enable-source-maps", program, ...process.argv.slice(2)]);
