// npm run conformance [-- --live N [--seed S]]: how often our answers are those of the real Postfix.
import { installPackages, runProgram } from "./steps.mjs";

installPackages();
process.exitCode = await runProgram("test/conformance/conformance.ts");
