import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { directory, refuses, run } from "./support/commandLine.ts";

const STRANGER = ["--client-address", "203.0.113.8", "--helo", "a.example", "--sender", "x@example.net"];

test("every command has help, and wrong calls are answered in one line", () => {
  for (const args of [
    ["--help"],
    ["check", "--help"],
    ["trace", "--help"],
    ["relay", "--help"],
    ["diff", "--help"],
    ["test", "--help"],
    ["graph", "--help"],
    ["explain", "--help"],
    ["server", "--help"],
  ]) {
    const { status, out } = run(args);
    assert.equal(status, 0);
    assert.match(out, /^postfix-mailflow[^]*--postfix-version/);
  }
  refuses(["frobnicate"], /unknown command `frobnicate`/);
  refuses(["constructor"], /unknown command `constructor`/);
  refuses(["explain", "constructor"], /nothing is known by the name/);
  refuses(["trace", "--batch", "nowhere"], /^postfix-mailflow: nowhere: no such file or directory$/m);
  refuses(["test", "nowhere"], /nowhere: no such file or directory/);
  refuses(["diff", "/nowhere", "examples"], /`\/nowhere` is no directory, and git says: /);
  refuses(["trace", "--client-address", "192.0.2", "--recipient", "a@example.com"], /takes an IPv4 or IPv6 address/);
  refuses(["check", "--wrong"], /Unknown option '--wrong'/);
  refuses(["trace", "--sender", "-x"], /use '--sender=-XYZ'$/m);
  refuses(["check", "--rule", "undefined-class=info=x"], /takes =error, =warning, =info, =hint or =off/);
  refuses(["check", "--postfix-version", "3.7x"], /unknown Postfix release `3\.7x`/);
  refuses(
    ["diff", "examples", "examples", "--json", "--format", "text"],
    /--json and --format text exclude each other/,
  );
  refuses(["check", "--format", "xml"], /--format takes text, json/);
  refuses(["check", "nowhere"], /nowhere: no such file or directory/);
  refuses(["trace", "--config", "examples/protected-list"], /--client-address/);
  refuses(["trace", "--postfix-version", "2.1"], /unknown Postfix release `2.1`/);
  refuses(["explain"], /explain takes one name/);
  refuses(["explain", "nothing_of_the_kind"], /nothing is known by the name/);
  refuses(["server"], /--stdio/);
  refuses(["server", "--stdio", "main.cf"], /server takes no argument `main\.cf`/);
  refuses(["server", "--stdio", "--wrong"], /Unknown option '--wrong'/);
  refuses(["server", "--stdio", "--postfix-version", "2.1"], /unknown Postfix release `2\.1`/);
});

test("trace shows the dialogue and the steps", () => {
  const { status, out } = run([
    "trace",
    "--config",
    "examples/protected-list",
    ...STRANGER,
    "--recipient",
    "all@example.com",
  ]);
  assert.equal(status, 0);
  assert.match(
    out,
    /^C: RCPT TO:<all@example\.com>\nS: 554 5\.7\.1 <all@example\.com>: Recipient address rejected: Access denied$/m,
  );
  assert.match(out, /looked up: all@example\.com {2}\[access:2\]/);
});

test("trace as JSON has what others rely on", () => {
  const { out } = run([
    "trace",
    "--json",
    "--config",
    "examples/protected-list",
    ...STRANGER,
    "--recipient",
    "all@example.com",
  ]);
  const answer = JSON.parse(out) as Record<string, unknown>;
  for (const name of ["stages", "accepted", "fatal", "log", "warnings", "alternatives", "trace"])
    assert.ok(name in answer, name);
  assert.deepEqual(answer["accepted"], [false]);
  const { rcpt } = answer["stages"] as { rcpt: { by: { restriction: string; file: string } }[] };
  assert.equal(rcpt[0]?.by.restriction, "reject");
});

test("--no-trace leaves the steps out of text, Markdown and JSON", () => {
  const args = [...PROTECTED, ...STRANGER, "--recipient", "all@example.com", "--no-trace", "--format"];
  for (const format of ["text", "markdown"]) {
    const { out } = run([...args, format]);
    assert.match(out, /^S: 554 5\.7\.1 /m);
    assert.ok(!out.includes("check_recipient_access"), format);
  }
  assert.ok(!("trace" in (JSON.parse(run([...args, "json"]).out) as object)));
});

test("--expect sets the exit status", () => {
  const args = [
    "trace",
    "--config",
    "examples/protected-list",
    ...STRANGER,
    "--recipient",
    "all@example.com",
    "--expect",
  ];
  assert.equal(run([...args, "reject"]).status, 0);
  assert.equal(run([...args, "accept"]).status, 1);
});

const PROTECTED = ["trace", "--config", "examples/protected-list"];
const LOG_LINE =
  "Nov 21 20:55:00 mx postfix/smtpd[9]: NOQUEUE: reject: RCPT from mail.example.net[203.0.113.8]: 554 5.7.1 " +
  "<all@example.com>: Recipient address rejected: Access denied; " +
  "from=<news@example.net> to=<all@example.com> proto=ESMTP helo=<mail.example.net>";

test("a log line is traced and compared with the trace", () => {
  const { status, out } = run([...PROTECTED, "--log-line", LOG_LINE, "--expect", "reject"]);
  assert.equal(status, 0);
  assert.match(out, /^\(mail\.example\.net \[203\.0\.113\.8\] connects\)$/m);
  assert.match(out, /^The log agrees: `554 5\.7\.1 <all@example\.com>: .*` at RCPT$/m);
  const { logged } = JSON.parse(run([...PROTECTED, "--json", "--log-line", LOG_LINE]).out) as {
    logged: Record<string, unknown>;
  };
  assert.deepEqual(Object.keys(logged), ["line", "action", "stage", "text", "verdict", "because"]);
  assert.equal(logged["verdict"], "agrees");
});

test("options win over what an input says, and a name stays with its address", () => {
  const { out } = run([
    ...PROTECTED,
    "--log-line",
    LOG_LINE,
    "--client-address",
    "127.0.0.1",
    "--sasl-username",
    "joe",
  ]);
  assert.match(out, /^\(127\.0\.0\.1 connects\)$/m);
  assert.match(out, /belongs to another address and is left out/);
  assert.match(out, /^The log says otherwise: /m);
  assert.ok(!out.includes("names no login"));
});

test("a mail is read from a file or from the standard input", () => {
  const mail =
    "Return-Path: <news@example.net>\nReceived: from h (unknown [203.0.113.8])\n\tby mx (Postfix) with ESMTP id A\n" +
    "\tfor <all@example.com>; date\n\nbody\n";
  const { status, out } = run([...PROTECTED, "--eml", "-", "--expect", "reject"], { input: mail });
  assert.equal(status, 0);
  assert.match(out, /^Notes:\n {2}the message is taken from Received header 1 of 1/m);
  const root = directory({ "a.eml": mail });
  assert.match(run([...PROTECTED, "--eml", path.join(root, "a.eml")]).out, /^C: EHLO h$/m);
});

test("a swaks command line needs a client address besides", () => {
  const args = [...PROTECTED, "--swaks", "swaks --to all@example.com --from a@example.net --ehlo h"];
  refuses(args, /the message needs --client-address: what it is read from does not tell the client address/);
  assert.equal(run([...args, "--client-address", "203.0.113.8", "--expect", "reject"]).status, 0);
});

test("inputs that cannot be read, or do not go together, are wrong calls", () => {
  refuses([...PROTECTED, "--log-line", "hello"], /--log-line: no line tells about an SMTP session/);
  refuses([...PROTECTED, "--log-line", LOG_LINE, "--swaks", "swaks"], /--log-line and --swaks exclude each other/);
  refuses(["trace", "--case", "x.json", "--swaks", "swaks"], /--swaks and --case exclude each other/);
  refuses(["trace", "--case", "x.json", "--sender", "a@example.com"], /--sender and --case exclude each other/);
  refuses(["trace", "--case", "x.json", "--batch", "-"], /--batch and --case exclude each other/);
  refuses(["trace", "--batch", "-", "--format", "text"], /--batch answers in JSON, not as text/);
  refuses([...PROTECTED, "--swaks", "swaks 'x"], /--swaks: the quote ' is not closed/);
  refuses([...PROTECTED, "--log-line", "connect from h.example[203.0.113.8]"], /the message needs --recipient/);
  refuses([...PROTECTED, ...STRANGER, "--received", "2"], /--received goes with --eml/);
  refuses([...PROTECTED, "--eml", "examples/README", "--received", "0"], /--received takes a number from 1/);
  refuses([...PROTECTED, "--json", "--format", "markdown"], /--json and --format markdown exclude each other/);
});

test("trace as Markdown", () => {
  const { status, out } = run([...PROTECTED, "--format", "markdown", "--log-line", LOG_LINE]);
  assert.equal(status, 0);
  assert.match(out, /^### Postfix 3\.\d+: `554 5\.7\.1 /);
  assert.match(out, /^\| Client name \| `mail\.example\.net` \|$/m);
  assert.match(out, /^ {6}- looked up \*\*`all@example\.com`\*\* \(`access:2`\)$/m);
  assert.match(out, /^The log agrees: /m);
});

test("--pin fixes what is not known", () => {
  const root = directory({
    "main.cf":
      "compatibility_level = 3.6\nmydestination = example.com\nlocal_recipient_maps =\n" +
      "smtpd_recipient_restrictions = reject_unauth_destination, reject_rbl_client bl.example\n",
  });
  const args = ["trace", "--config", root, ...STRANGER, "--recipient", "joe@example.com"];
  assert.equal(run([...args, "--pin", "bl.example=listed", "--expect", "reject"]).status, 0);
  assert.equal(run([...args, "--pin", "dns A 8.113.0.203.bl.example=not listed", "--expect", "accept"]).status, 0);
  const { out } = run([...args, "--json", "--no-trace", "--pin", "bl.example=listed"]);
  assert.deepEqual((JSON.parse(out) as { pinned: unknown }).pinned, [
    { ask: "dns A 8.113.0.203.bl.example", answer: "listed" },
  ]);
  refuses([...args, "--pin", "bl.example=maybe"], /cannot be `maybe`; it may be `not listed`, `listed`, `fails`/);
  refuses([...args, "--pin", "bl.example"], /--pin takes QUESTION=ANSWER/);
});

test("the service of master.cf decides which settings hold", () => {
  const root = directory({
    "main.cf": "compatibility_level = 3.6\nmydestination = example.com\nlocal_recipient_maps =\n",
    "master.cf": "smtp inet n - y - - smtpd\nsubmission inet n - y - - smtpd\n  -o smtpd_client_restrictions=reject\n",
  });
  const args = ["trace", "--config", root, ...STRANGER, "--recipient", "joe@example.com"];
  assert.match(run(args).out, /^S: 250 2\.1\.5 Ok$/m);
  assert.match(run([...args, "--service", "587"]).out, /^S: 554 5\.7\.1 .*Client host rejected: Access denied$/m);
  refuses([...args, "--service", "nntp"], /no smtpd service `nntp` in master\.cf; there are: smtp, submission/);
});

test("explain documents parameters, restrictions, actions, map types and rules", () => {
  const names = {
    mynetworks: /parameter/,
    reject_unauth_destination: /Relay access denied/,
    DUNNO: /action of an access table/,
    cidr: /map type/,
    "undefined-class": /rule/,
  };
  for (const [name, expected] of Object.entries(names)) assert.match(run(["explain", name]).out, expected);
});

test("relay says closed, open or depends, with a witness that trace takes", () => {
  const list = "mydestination = example.com\nsmtpd_relay_restrictions =\nsmtpd_recipient_restrictions =";
  const closed = directory({ "main.cf": "mydestination = example.com\n" });
  assert.equal(run(["relay", "--config", closed]).status, 0);
  const open = directory({ "main.cf": `${list} check_helo_access inline:{friend=OK}, reject_unauth_destination\n` });
  const { status, out } = run(["relay", "--config", open]);
  assert.equal(status, 1);
  assert.match(out, /^smtp: open\n {2}main\.cf:3:32: anyone who says HELO friend may relay: HELO friend, MAIL FROM/);
  const { services } = JSON.parse(run(["relay", "--config", open, "--json"]).out) as {
    services: { verdict: string; witnesses: { case: object; by: { file: string } }[] }[];
  };
  const [witness] = services[0]?.witnesses ?? [];
  assert.equal(witness?.by.file, "main.cf");
  const traced = run(["trace", "--case", "-", "--expect", "accept", "--json"], { input: JSON.stringify(witness.case) });
  assert.equal(traced.status, 0);
  const depends = directory({ "main.cf": `${list} check_sender_access mysql:/x.cf, reject_unauth_destination\n` });
  assert.equal(run(["relay", "--config", depends]).status, 3);
  refuses(["relay", "--config", "nowhere"], /no main\.cf/);
  refuses(["relay", "--config", closed, "--service", "submission"], /no smtpd service/);
  refuses(["relay", closed], /takes no argument/);
});
