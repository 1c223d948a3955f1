import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { directory, refuses, run } from "./support/commandLine.ts";

/** What `trace --batch` answers to one case each. */
function batch(cases: readonly object[]): readonly Record<string, unknown>[] {
  const input = cases.map((one) => `${JSON.stringify(one)}\n`).join("");
  const { out } = run(["trace", "--batch", "-", "--no-trace"], { input });
  return out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test("a batch answers line by line, and a bad line does not stop it", () => {
  const files = {
    "main.cf":
      "compatibility_level = 3.6\nmyhostname = mx.example.com\nmydestination = example.com\nlocal_recipient_maps =\n",
  };
  const message = { client_address: "203.0.113.8", client_name: null, helo: "h.example", sender: "a@example.net" };
  const lines = [
    { id: "one", files, message: { ...message, recipients: ["joe@example.com"] } },
    "not a case",
    { id: "two", files, message: { ...message, recipients: ["joe@example.org"] } },
    { id: "three", files, service: "nowhere", message: { ...message, recipients: ["joe@example.com"] } },
    {
      id: "four",
      files: { "main.cf": "mydestination = example.org\n" },
      message: { ...message, recipients: ["joe@example.com"] },
    },
  ].map((entry) => JSON.stringify(entry));
  const { status, out } = run(["trace", "--batch", "-", "--no-trace"], { input: `${lines.join("\n")}\n` });
  assert.equal(status, 2);
  const answers = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(
    answers.map(({ id, accepted }) => [id, accepted]),
    [
      ["one", [true]],
      [undefined, undefined],
      ["two", [false]],
      ["three", undefined],
      ["four", [false]],
    ],
  );
  assert.match(String(answers[1]?.["error"]), /JSON object/);
  assert.match(String(answers[3]?.["error"]), /nowhere/);
  assert.ok(!("trace" in (answers[0] ?? {})));
});

test("what a case may not mean is said", () => {
  const message = { client_address: "203.0.113.8", sasl_user: "joe" };
  const [answer] = batch([{ files: { "main.cf": "" }, message, host: "a.example" }]);
  assert.deepEqual(answer?.["notes"], [
    "`host` is no field of a case, so it has no effect",
    "`message.sasl_user` is no field of a case, so it has no effect",
  ]);
});

test("cases are UTF-8, with a byte order mark or without", () => {
  const root = directory({ "marked.jsonl": '\u{feff}{"id": 1, "message": {}}\n' });
  writeFileSync(path.join(root, "latin.jsonl"), Buffer.from('{"id": "\u00e9"}\n', "latin1"));
  const errors = (name: string): readonly string[] =>
    run(["trace", "--batch", path.join(root, name)])
      .out.trimEnd()
      .split("\n")
      .map((line) => String((JSON.parse(line) as { readonly error: unknown }).error).replace(/^.*jsonl:/, ""));
  assert.deepEqual(errors("marked.jsonl"), ['1: the message needs a "client_address" string']);
  assert.deepEqual(errors("latin.jsonl"), ["1: not UTF-8"]);
  refuses(["trace", "--case", path.join(root, "latin.jsonl")], /latin\.jsonl: not UTF-8$/m);
  refuses(["trace", "--case", root], /: is a directory$/m);
  refuses(["trace", "--batch", root], /: is a directory$/m);
});

test("a case says itself where its configuration and which its service is", () => {
  const named = directory({ "main.cf": "compatibility_level = 3.6\nmyhostname = named.example\n" });
  const optional = directory({ "main.cf": "compatibility_level = 3.6\nmyhostname = optional.example\n" });
  const message = { client_address: "203.0.113.8" };
  const input = `${JSON.stringify({ config: named, message })}\n${JSON.stringify({ message })}\n`;
  const { out } = run(["trace", "--batch", "-", "--config", optional, "--no-trace"], { input });
  assert.deepEqual(out.match(/\w+\.example(?= ESMTP Postfix","raw)/g), ["named.example", "optional.example"]);
});

test("--expect means every case of a batch", () => {
  const files = { "main.cf": "compatibility_level = 3.6\nmydestination = example.com\nlocal_recipient_maps =\n" };
  const message = { client_address: "203.0.113.8", helo: "h", sender: "" };
  const to = (recipient: string): string =>
    `${JSON.stringify({ files, message: { ...message, recipients: [recipient] } })}\n`;
  const status = (input: string): number | null =>
    run(["trace", "--batch", "-", "--expect", "accept"], { input }).status;
  assert.equal(status(to("a@example.com") + to("b@example.com")), 0);
  assert.equal(status(to("a@example.org") + to("b@example.com")), 1);
  assert.equal(status(`${to("a@example.org")}{}\n`), 2);
});

test("a case of the wrong shape is refused, with its id and the field", () => {
  const message = { client_address: "203.0.113.8", recipients: ["joe@example.com"] };
  const files = { "main.cf": "" };
  const wrong: readonly (readonly [given: object, complaint: string])[] = [
    [{ files }, 'a case needs a "message" object'],
    [{ files, message: {} }, 'the message needs a "client_address" string'],
    [{ files, message: { ...message, recipients: "joe@example.com" } }, '"recipients" has to be a list of strings'],
    [{ files, message: { ...message, encrypted: "yes" } }, '"encrypted" has to be true or false'],
    [{ files: { "main.cf": 5 }, message }, '"files" has to be an object: texts by name'],
    [{ files, message, policy: {} }, '"policy" has to be a list of objects with `listen` and `action`'],
    [{ files, message, tables: { "ldap:x": [] } }, '"tables" has to be an object: texts by key or null, by table'],
    [{ files, message, interfaces: "all" }, '"interfaces" has to be a list of strings'],
    [{ config: 5, message }, '"config" has to be a string'],
    [{ files, message: { ...message, client_address: "here" } }, '"client_address" has to be an IPv4 or IPv6 address'],
    [{ files, message: { ...message, protocol: "HTTP" } }, '"protocol" has to be ESMTP or SMTP'],
    [{ files, message, hosts: { "a.example": { A: {} } } }, '"hosts" has to be an object: records by type, by name'],
    [
      { files, message: { ...message, client_certificate: {} } },
      '"client_certificate" has to be an object with a `fingerprint`',
    ],
  ];
  const answers = batch(wrong.map(([one], id) => ({ id: String(id), ...one })));
  assert.deepEqual(
    answers.map(({ id, error }) => [id, String(error).replace(/^-:\d+: /, "")]),
    wrong.map(([, complaint], id) => [String(id), complaint]),
  );
  const [nulls] = batch([{ files, service: null, hosts: null, message: { ...message, sender: null, data: null } }]);
  assert.equal(nulls?.["error"], undefined);
});

test("a name that every JavaScript object has is nothing special in a configuration", () => {
  const main = `compatibility_level = 3.6
mydestination = example.com
local_recipient_maps =
smtpd_recipient_restrictions = check_recipient_access ldap:users, reject_rbl_client bl.example
default_rbl_reply = 554 $constructor
`;
  const [answer] = batch([
    {
      files: { "main.cf": main },
      message: { client_address: "203.0.113.8", sender: "", recipients: ["constructor@example.com"] },
      tables: { "ldap:users": { x: "OK" } },
      hosts: { "8.113.0.203.bl.example": { A: ["127.0.0.2"] } },
    },
  ]);
  assert.deepEqual(answer?.["warnings"], [
    'unknown macro name "constructor" in expansion request',
    "fatal: rbl_reject_reply: bad default rbl reply template: 554 $constructor",
  ]);
});
