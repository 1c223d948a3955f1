import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { TestList, TestRun } from "../../server/src/lsp/protocol.ts";
import { Editor } from "./editor.ts";

const DIRECTORY = "examples/restricted-senders";
const TEST_FILE = "restricted-senders.mailflow.yaml";
const NAMES = ["main.cf", "restricted_senders", "local_domains", TEST_FILE];

test("mail-flow tests are listed and run against what stands in the editor", { timeout: 60_000 }, async () => {
  const files = Object.fromEntries(NAMES.map((name) => [name, readFileSync(`${DIRECTORY}/${name}`, "utf8")]));
  const text = files[TEST_FILE] ?? "";
  const editor = new Editor(files);
  await editor.start();
  const params = { uri: editor.uri(TEST_FILE), text };
  const list = await editor.connection.sendRequest<TestList>("postfixMailflow/tests", params);
  assert.deepEqual(list.problems, []);
  assert.deepEqual(
    list.tests.map(({ parents, name }) => [...parents, name].join(" › ")),
    [
      "Restricted users write to local domains only › to a colleague",
      "Restricted users write to local domains only › to the outside",
      "Everybody else in the network writes where they want",
      "A stranger may not relay",
    ],
  );
  const run = (): Promise<TestRun> => editor.connection.sendRequest<TestRun>("postfixMailflow/runTests", params);
  const saved = await run();
  assert.deepEqual(
    saved.results.map(({ result }) => result),
    ["passed", "passed", "passed", "passed"],
  );
  const table = saved.coverage.find(({ uri }) => uri === editor.uri("local_domains"));
  assert.deepEqual(
    table?.places.map(({ count }) => count > 0),
    [true, false],
  );

  // An edit that is not saved counts.
  await editor.open("main.cf", "postfix-main", files["main.cf"] ?? "");
  await editor.type("main.cf", "192.0.2.0/24", "203.0.113.0/24");
  const edited = (await run()).results.at(-1);
  assert.equal(edited?.result, "failed");
  assert.equal(edited.expected, "defer");
  assert.match(edited.messages.at(-1) ?? "", /^decided by /);

  const elsewhere = await editor.connection.sendRequest<TestRun>("postfixMailflow/runTests", {
    ...params,
    text: `config: nowhere\n${text}`,
  });
  assert.match(elsewhere.error ?? "", /no main.cf of Postfix at .*nowhere/);
  assert.equal(await editor.stop(), 0);
});
