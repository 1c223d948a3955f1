// npm run bench [-- --json]: how fast we are, beside a real Postfix where there is one.
import { build, installPackages, runProgram } from "./steps.mjs";

installPackages();
build();
process.exitCode = await runProgram("test/bench/bench.ts");
