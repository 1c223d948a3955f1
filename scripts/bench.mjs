// npm run bench [-- --json]: how fast we are, beside a real Postfix where there is one.
import { build as bundle } from "esbuild";
import { build, installPackages, runNode } from "./steps.mjs";

installPackages();
build();
const program = ".build/bench.mjs";
await bundle({
  entryPoints: ["test/bench/bench.ts"],
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
