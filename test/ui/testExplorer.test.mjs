// The Test Explorer: a mail-flow test file is run, and a test that fails shows what was expected and what decided.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { testInWorkbench } from "./inWorkbench.mjs";

const FILE = "restricted-senders.mailflow.yaml";
const FAILING = "to a colleague";

/** One test of the file expects too little. */
async function prepare(folder) {
  const file = path.join(folder, FILE);
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replace("recipient: bar@example.com, expect: accept", "recipient: bar@example.com, expect: reject"),
  );
}

testInWorkbench("tests in the Test Explorer", { example: "restricted-senders", prepare }, async (workbench) => {
  await workbench.openFile(FILE);
  await workbench.runTests(FILE);
  await workbench.testFailed(FILE);
  await workbench.openTest(FILE);
  await workbench.testPassed("Everybody else in the network");
  await workbench.openTest("Restricted users write to local domains only");
  await workbench.testPassed("to the outside");
  await workbench.testFailed(FAILING);

  await workbench.showFailure(FAILING);
  await workbench.expected("reject");
  await workbench.actual("accept: 250 2.1.5 Ok");
  await workbench.actual("(local_domains:1)");
  await workbench.screenshot("test-explorer");

  await workbench.coverTests();
  await workbench.covered("restricted_senders", "50.00%");
  await workbench.screenshot("test-coverage");
});
