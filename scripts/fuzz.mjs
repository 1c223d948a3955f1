// npm run fuzz [-- CASES [SEED]]: random configurations through everything, and random edits and requests through the server.
import { build, installPackages, runProgram } from "./steps.mjs";

installPackages();
build();
process.exitCode = await runProgram("test/fuzz/fuzz.ts");
