import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { coverage } from "../../server/src/mailflow/coverage.ts";
import { readTestFile } from "../../server/src/mailflow/readTestFile.ts";
import { runTest } from "../../server/src/mailflow/runTest.ts";
import { serviceConfigurations } from "../../server/src/config/configurations.ts";

const FILES = {
  "main.cf": `compatibility_level = 3.6
mydestination = example.com
local_recipient_maps =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_recipient_restrictions = check_sender_access hash:/etc/postfix/senders, reject_rbl_client list.example
`,
  senders: "bad@example.net REJECT go away\ngood@example.net OK\n",
};

const STRANGER =
  "{ client_address: 203.0.113.8, helo: a.example.net, sender: x@example.net, recipient: u@example.com }";

/** Runs the tests of a file; each result is `passed`, or what is wrong. */
function results(yaml: string, files: Readonly<Record<string, string>> = FILES): readonly string[] {
  const { tests, problems } = readTestFile(yaml);
  assert.deepEqual(problems, []);
  const project = projectOfCase({ files, message: { client_address: "" } });
  return tests.map((one) => {
    const result = runTest(project, one);
    if (result.kind !== "failed") return result.kind === "passed" ? "passed" : `error: ${result.because}`;
    const { differences, if: open } = result.failure;
    const when = open.map(({ ask, answer }) => ` when ${ask} is ${answer}`).join();
    return differences.map(({ what, expected, actual }) => `${what}: ${expected} / ${actual}${when}`).join("; ");
  });
}

function single(message: string, rest: string): readonly string[] {
  return results(`hosts: {}\ntests:\n  - message: ${message}\n    ${rest}\n`);
}

test("a test passes when the fate, the replies, the log and what decides are as expected", () => {
  assert.deepEqual(single(STRANGER, "expect: accept"), ["passed"]);
  assert.deepEqual(single(STRANGER, "expect: { rcpt: 250, mail: 250 2.1.0, eod: /queued/, by: permit_nothing }"), [
    "by: permit_nothing / nothing decides",
  ]);
  const bad = STRANGER.replace("x@", "bad@");
  assert.deepEqual(
    single(
      bad,
      `expect: { fate: reject, rcpt: "554 5.7.1 <bad@example.net>: Sender address rejected: go away", by: check_sender_access, log: "go away" }`,
    ),
    ["passed"],
  );
  assert.deepEqual(single(bad, "expect: { rcpt: 554 5.7 }"), [
    "rcpt: 554 5.7 / 554 5.7.1 <bad@example.net>: Sender address rejected: go away",
  ]);
  assert.deepEqual(single(bad, "expect: { log: go home }").length, 1);
});

test("each recipient has a fate of its own", () => {
  const two = STRANGER.replace("recipient: u@example.com", "recipients: [u@example.com, v@example.org]");
  assert.deepEqual(single(two, "expect: [accept, reject]"), ["passed"]);
  assert.deepEqual(single(two, "expect: accept"), [
    "<v@example.org>: accept / reject: 554 5.7.1 <v@example.org>: Relay access denied",
  ]);
});

test("a test that depends on something unknown fails until an answer is given", () => {
  const yaml = (answers: string): string => `tests:\n  - message: ${STRANGER}\n    expect: accept\n${answers}`;
  const [open = ""] = results(yaml(""));
  assert.match(open, /554 5.7.1 .* when dns A 8.113.0.203.list.example is listed/);
  assert.deepEqual(results(yaml("    answers: { list.example: not listed }\n")), ["passed"]);
  assert.match(results(yaml("    answers: { list.example: perhaps }\n"))[0] ?? "", /error: .*cannot be `perhaps`/);
});

test("a table of cases changes the message of its test", () => {
  const yaml = `
hosts: {}
defaults: { message: ${STRANGER} }
tests:
  - name: senders
    cases:
      - { sender: bad@example.net, expect: reject }
      - { name: the good, sender: good@example.net, expect: { by: "check_sender_access hash:/etc/postfix/senders" } }
      - { helo: b.example.net, expect: reject }
`;
  assert.deepEqual(
    readTestFile(yaml).tests.map(({ parents, name }) => [...parents, name]),
    [
      ["senders", "sender bad@example.net"],
      ["senders", "the good"],
      ["senders", "helo b.example.net"],
    ],
  );
  assert.deepEqual(results(yaml), ["passed", "passed", "<u@example.com>: reject / accept: 250 2.1.5 Ok"]);
});

test("a server that does not start is expected or a failure", () => {
  const files = { "main.cf": "compatibility_level = 3.6\nsmtpd_delay_reject = perhaps\n" };
  const yaml = (expect: string): string => `tests:\n  - message: ${STRANGER}\n    expect: ${expect}\n`;
  assert.deepEqual(results(yaml("{ fatal: bad boolean }"), files), ["passed"]);
  assert.deepEqual(results(yaml("{ fatal: true }"), files), ["passed"]);
  assert.match(results(yaml("accept"), files)[0] ?? "", /^start: the server starts \/ fatal: /);
  assert.match(results(yaml("{ fatal: true }"))[0] ?? "", /the server starts/);
});

test("mistakes in the file are told where they are", () => {
  const complaints = (yaml: string): readonly string[] =>
    readTestFile(yaml).problems.map(
      ({ span, message }) => `${yaml.slice(span.start, span.end)}: ${message.split(";")[0] ?? ""}`,
    );
  assert.deepEqual(complaints("tests:\n  - mesage: {}\n"), [
    "mesage: unknown field `mesage`",
    "mesage: {}\n: `test 1` expects nothing: `expect` is missing",
    'mesage: {}\n: `test 1`: the message needs a "client_address" string',
  ]);
  assert.deepEqual(complaints(`tests:\n  - { message: ${STRANGER}, expect: maybe }\n`), [
    "maybe: expected is one of accept, reject, defer, or a mapping with replies",
  ]);
  assert.match(
    complaints(`tests:\n  - { message: ${STRANGER}, expect: { rcpt: /(/ } }\n`)[0] ?? "",
    /not a regular expression/,
  );
  assert.match(complaints("- a\n")[0] ?? "", /a mail-flow test file is a mapping/);
  assert.equal(complaints("a: [\n").length > 0, true);
});

test("whatever stands in a file, reading it does not fail", () => {
  const text = readFileSync("examples/restricted-senders/restricted-senders.mailflow.yaml", "utf8");
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(30), fc.string(), (at, length, inserted) => {
      readTestFile(text.slice(0, at) + inserted + text.slice(at + length));
    }),
    { numRuns: 300 },
  );
  assert.equal(readTestFile("tests: &a [*a]").problems.length > 0, true);
  assert.equal(readTestFile("tests: *nothing").problems.length > 0, true);
});

test("coverage counts the restrictions and table lines that messages came by", () => {
  const project = projectOfCase({ files: FILES, message: { client_address: "" } });
  const [one] = readTestFile(
    `hosts: {}\ntests: [{ message: ${STRANGER.replace("x@", "bad@")}, expect: reject }]`,
  ).tests;
  assert.ok(one);
  const result = runTest(project, one);
  assert.equal(result.kind, "passed");
  const places = coverage(serviceConfigurations(project), result.exploration.evaluation.steps);
  const shown = places.map(({ at: { file, span }, kind, count }) => {
    const text = (FILES as Readonly<Record<string, string>>)[file]?.slice(span.start, span.end) ?? "";
    return `${kind} ${text}: ${count > 0 ? "reached" : "missed"}`;
  });
  assert.deepEqual(shown, [
    "restriction permit_mynetworks: reached",
    "restriction reject_unauth_destination: reached",
    "restriction check_sender_access: reached",
    "restriction reject_rbl_client: missed",
    "entry bad@example.net REJECT go away: reached",
    "entry good@example.net OK: missed",
  ]);
});

test("the JSON schema knows the fields that are read, and no others", () => {
  const schema = JSON.parse(readFileSync("schemas/mailflow.schema.json", "utf8")) as Schema;
  const { test: one, message, expect } = schema.definitions;
  const rows = one.properties.cases.items;
  const fieldsIn = (yaml: string): readonly string[] => {
    const [problem] = readTestFile(yaml).problems.filter(({ message: text }) =>
      text.startsWith("unknown field `nothing`"),
    );
    return (problem?.message.split("there are: ")[1] ?? "").split(", ").sort();
  };
  const keys = (value: { readonly properties: object }): readonly string[] => Object.keys(value.properties).sort();
  assert.deepEqual(keys(schema), fieldsIn("nothing: 1"));
  assert.deepEqual(keys(schema.properties.defaults), fieldsIn("defaults: { nothing: 1 }"));
  assert.deepEqual(keys(one), fieldsIn("tests: [{ nothing: 1 }]"));
  assert.deepEqual(keys(rows), fieldsIn("tests: [{ cases: [{ nothing: 1 }] }]"));
  assert.deepEqual(keys(message), fieldsIn("defaults: { message: { nothing: 1 } }"));
  assert.deepEqual(keys(expect.anyOf[2]), fieldsIn(`tests: [{ message: ${STRANGER}, expect: { nothing: 1 } }]`));
});

interface Properties {
  readonly properties: object;
}

interface Schema {
  readonly properties: { readonly defaults: Properties };
  readonly definitions: {
    readonly message: Properties;
    readonly expect: { readonly anyOf: readonly [object, object, Properties] };
    readonly test: { readonly properties: { readonly cases: { readonly items: Properties } } };
  };
}
