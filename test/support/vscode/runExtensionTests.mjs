// Runs the suites of test/extension inside a real VS Code: `node runExtensionTests.mjs [RESULTS_FILE]`.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runTests } from "@vscode/test-electron";
import { desktopCanShowVsCode, NAMED_VSCODE } from "./available.mjs";
import { tellResults } from "./results.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const results = process.argv[2] ?? path.join(mkdtempSync(path.join(tmpdir(), "mailflow-")), "results.jsonl");

const standIn = path.join(import.meta.dirname, "executable.mjs");
const vscodeExecutablePath = NAMED_VSCODE || (desktopCanShowVsCode() ? undefined : standIn);

let failed = false;
try {
  await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, "test/support/vscode/mochaRunner.cjs"),
    extensionTestsEnv: { POSTFIX_MAILFLOW_RESULTS: results },
    launchArgs: [path.join(root, "test/extension/workspace")],
    ...(vscodeExecutablePath && { vscodeExecutablePath }), // else the newest VS Code, downloaded
  });
} catch (error) {
  console.error(String(error));
  failed = true;
}
process.exit(tellResults(results, failed));
