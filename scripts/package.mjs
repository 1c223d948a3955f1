// npm run package [-- FILE]: the minified extension as a .vsix file, which must stay small.
import { statSync } from "node:fs";
import path from "node:path";
import { build, installPackages, must, packageFileName, root, run } from "./steps.mjs";

const LARGEST = 2_000_000;
const file = path.resolve(process.argv[2] ?? path.join(root, packageFileName()));

installPackages();
build("--minify");
must("vsce", run("npm", ["run", "--silent", "vsce", "--", "--out", file]));

const { size } = statSync(file);
if (size > LARGEST) {
  console.error(`${file} has ${size} bytes, more than the ${LARGEST} we allow.`);
  process.exit(1);
}
console.log(`${(size / 1000).toFixed(0)} kB of at most ${LARGEST / 1000} kB.`);
