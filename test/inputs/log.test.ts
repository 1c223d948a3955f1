import assert from "node:assert/strict";
import { test } from "node:test";
import { eventOf, parseLogLine } from "../../server/src/evaluate/inputs/logLine.ts";
import { inputFromLog } from "../../server/src/evaluate/inputs/logLines.ts";
import type { Message } from "../../server/src/evaluate/message.ts";
import { readRecording } from "../conformance/recording.ts";
import { complains, gives, NO_NAME, type Expected } from "./gives.ts";

const REJECT =
  "NOQUEUE: reject: RCPT from mail.example.net[203.0.113.8]: 554 5.7.1 <x@other.example>: Relay access denied; " +
  "from=<news@example.net> to=<x@other.example> proto=ESMTP helo=<mail.example.net>";
const REJECTED: Partial<Message> = {
  client_address: "203.0.113.8",
  client_name: "mail.example.net",
  reverse_client_name: "mail.example.net",
  helo: "mail.example.net",
  sender: "news@example.net",
  recipients: ["x@other.example"],
  protocol: "ESMTP",
};
const NO_TLS = /whether the connection was encrypted/;
const NO_LOGIN = /no login, which Postfix before 3\.12 leaves out/;

const PREFIXES: readonly (readonly [prefix: string, logName: string | undefined, program: string | undefined])[] = [
  ["", undefined, undefined],
  ["Nov  1 20:55:00 mx postfix/smtpd[123]: ", "postfix", "smtpd"],
  ["Nov 21 20:55:00 mx.example.com postfix/submission/smtpd[123]: ", "postfix/submission", "smtpd"],
  ["2024-11-21T20:55:00.123456+01:00 mx postfix-out/smtpd[7]: ", "postfix-out", "smtpd"],
  ["<22>1 2024-11-21T20:55:00.003Z mx postfix/smtps/smtpd 123 - - ", "postfix/smtps", "smtpd"],
  ['<22>1 2024-11-21T20:55:00Z mx postfix/smtpd 123 ID47 [meta sequenceId="1"] ', "postfix", "smtpd"],
  ["Nov 21 20:55:00 mx postfix/smtpd[123]: [ID 197553 mail.info] ", "postfix", "smtpd"],
  ["Nov 21 20:55:00 mx mail-in/25/smtpd[123]: ", "mail-in/25", "smtpd"],
  ["Nov 21 20:55:00 mx smtpd[123]: ", undefined, undefined],
  ["mx  | 2024-11-21 20:55:00 INFO ", undefined, undefined],
];

for (const [prefix, logName, program] of PREFIXES) {
  test(`log: the prefix \`${prefix}\``, () => {
    const parsed = parseLogLine(prefix + REJECT);
    assert.deepEqual([parsed.logName, parsed.program, parsed.event.kind], [logName, program, "decision"]);
    gives(inputFromLog(prefix + REJECT), {
      message: REJECTED,
      ...(logName !== undefined && { hint: { logName } }),
      notes: [NO_TLS, NO_LOGIN],
    });
  });
}

const UNKNOWN_CLIENT: Partial<Message> = { client_address: "203.0.113.8", client_name: null };

const LOGS: Readonly<Record<string, readonly [lines: string, expected: Expected]>> = {
  "an unknown client, its port, a null sender and plain SMTP": [
    "NOQUEUE: reject: RCPT from unknown[203.0.113.8]:49152: 450 4.7.25 Client host rejected: cannot find your hostname, [203.0.113.8]; from=<> to=<a@b.example> proto=SMTP helo=<[203.0.113.8]>",
    {
      message: {
        ...UNKNOWN_CLIENT,
        helo: "[203.0.113.8]",
        sender: "",
        recipients: ["a@b.example"],
        protocol: "SMTP",
      },
      notes: [NO_NAME, NO_TLS, NO_LOGIN],
    },
  ],
  IPv6: [
    REJECT.replace("203.0.113.8", "2001:db8::8"),
    { message: { ...REJECTED, client_address: "2001:db8::8" }, notes: [NO_TLS, NO_LOGIN] },
  ],
  "the login of 3.12": [
    `${REJECT} sasl_method=PLAIN sasl_username=joe doe sasl_sender=x`,
    { message: { ...REJECTED, sasl_username: "joe doe" }, notes: [NO_TLS] },
  ],
  "the login that the reply names": [
    REJECT.replace(
      /: 554 .*?; /,
      ": 553 5.7.1 <news@example.net>: Sender address rejected: not owned by user joe doe; ",
    ),
    { message: { ...REJECTED, sasl_username: "joe doe" }, notes: [NO_TLS] },
  ],
  "a reply that says there is no login": [
    REJECT.replace(/: 554 .*?; /, ": 553 5.7.1 <news@example.net>: Sender address rejected: not logged in; "),
    { message: { ...REJECTED, sasl_username: null }, notes: [NO_TLS] },
  ],
  "addresses that look like attributes": [
    REJECT.replaceAll("x@other.example", '"a; from=<b> to=<c"@other.example'),
    { message: { ...REJECTED, recipients: ['"a; from=<b> to=<c"@other.example'] }, notes: [NO_TLS, NO_LOGIN] },
  ],
  "addresses without their quotes": [
    REJECT.replaceAll("x@other.example", "a>b@other.example"),
    { message: { ...REJECTED, recipients: ["a>b@other.example"] }, notes: [NO_TLS, NO_LOGIN] },
  ],
  "a client refused at connect says nothing more": [
    "NOQUEUE: reject: CONNECT from unknown[203.0.113.8]: 554 5.7.1 <unknown[203.0.113.8]>: Client host rejected: Access denied; proto=SMTP",
    { message: { ...UNKNOWN_CLIENT, helo: null, sender: null, recipients: [] }, notes: [NO_NAME, NO_TLS] },
  ],
  "EHLO is ESMTP, whatever the line says": [
    "NOQUEUE: reject: EHLO from unknown[203.0.113.8]: 504 5.5.2 <h>: Helo command rejected: need fully-qualified hostname; proto=SMTP helo=<h>",
    {
      message: { ...UNKNOWN_CLIENT, helo: "h", protocol: "ESMTP", sender: null, recipients: [] },
      notes: [NO_NAME, NO_TLS],
    },
  ],
  "MAIL FROM without HELO": [
    "NOQUEUE: reject: MAIL from unknown[203.0.113.8]: 450 4.1.8 <a@b.example>: Sender address rejected: Domain not found; from=<a@b.example> proto=SMTP",
    {
      message: { ...UNKNOWN_CLIENT, helo: null, sender: "a@b.example", recipients: [] },
      notes: [NO_NAME, NO_TLS, NO_LOGIN],
    },
  ],
  "ETRN names its domain in the text": [
    "NOQUEUE: reject: ETRN from unknown[203.0.113.8]: 554 5.7.1 <b.example>: Etrn command rejected: Access denied; proto=ESMTP helo=<h>",
    {
      message: {
        ...UNKNOWN_CLIENT,
        helo: "h",
        protocol: "ESMTP",
        sender: null,
        recipients: [],
        etrn: "b.example",
      },
      notes: [NO_NAME, NO_TLS],
    },
  ],
  "a long queue ID: an earlier recipient was accepted": [
    REJECT.replace("NOQUEUE", "4XvTnK1b9Dz3mq"),
    { message: REJECTED, notes: [NO_TLS, NO_LOGIN, /an earlier recipient/] },
  ],
  "DATA with several recipients": [
    "3F2A1B4C5D: reject: DATA from mail.example.net[203.0.113.8]: 554 5.7.1 <DATA>: Data command rejected: Access denied; from=<a@b.example> proto=ESMTP helo=<h>",
    {
      message: {
        client_address: "203.0.113.8",
        client_name: "mail.example.net",
        reverse_client_name: "mail.example.net",
        helo: "h",
        sender: "a@b.example",
        protocol: "ESMTP",
      },
      notes: [NO_TLS, NO_LOGIN, /at DATA the line names no recipient/],
    },
  ],
  "a milter that has the login in brackets": [
    "4F2A1B4C5D: milter-reject: END-OF-MESSAGE from mail.example.net[203.0.113.8]: 5.7.1 Blocked; from=<news@example.net> to=<x@other.example> proto=ESMTP helo=<mail.example.net> sasl_username=<joe>",
    { message: { ...REJECTED, sasl_username: "joe" }, notes: [NO_TLS] },
  ],
  "postscreen, with commas and without a client name": [
    "Nov 21 20:55:00 mx postfix/postscreen[1]: NOQUEUE: reject: RCPT from [203.0.113.8]:4711: 550 5.7.1 Service unavailable; client [203.0.113.8] blocked using zen.spamhaus.org; from=<a@b.example>, to=<c@d.example>, proto=ESMTP, helo=<h>",
    {
      message: {
        client_address: "203.0.113.8",
        helo: "h",
        sender: "a@b.example",
        recipients: ["c@d.example"],
        protocol: "ESMTP",
      },
      hint: { logName: "postfix" },
      notes: [/postscreen does not look it up/, NO_TLS, NO_LOGIN],
    },
  ],
  "connect, TLS, client= and then a reject": [
    [
      "postfix/smtpd[1]: connect from mail.example.net[203.0.113.8]",
      "postfix/smtpd[1]: Anonymous TLS connection established from mail.example.net[203.0.113.8]: TLSv1.3 with cipher X (256/256 bits)",
      "postfix/smtpd[1]: 4F2A1B4C5D: client=mail.example.net[203.0.113.8], sasl_method=PLAIN, sasl_username=joe",
      `postfix/smtpd[1]: ${REJECT.replace("NOQUEUE", "4F2A1B4C5D")}`,
      "postfix/smtpd[2]: connect from other.example[198.51.100.7]",
    ].join("\n"),
    {
      message: { ...REJECTED, encrypted: true, sasl_username: "joe" },
      hint: { logName: "postfix" },
      notes: [/an earlier recipient/, /one line is about another session/],
    },
  ],
  "client= with the lines of the queue": [
    [
      "postfix/smtpd[1]: warning: hostname forged.example does not resolve to address 203.0.113.8: Name or service not known",
      "postfix/smtpd[1]: connect from unknown[203.0.113.8]",
      "postfix/smtpd[1]: 4F2A1B4C5D: client=unknown[203.0.113.8]",
      "postfix/cleanup[2]: 4F2A1B4C5D: message-id=<1@b.example>",
      "postfix/qmgr[3]: 4F2A1B4C5D: from=<a@b.example>, size=400, nrcpt=1 (queue active)",
      "postfix/local[4]: 4F2A1B4C5D: to=<joe@mx.example.com>, orig_to=<info@example.com>, relay=local, status=sent",
      "postfix/smtpd[1]: disconnect from unknown[203.0.113.8] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5",
    ].join("\n"),
    {
      message: {
        ...UNKNOWN_CLIENT,
        reverse_client_name: "forged.example",
        encrypted: false,
        sasl_username: null,
        sender: "a@b.example",
        recipients: ["info@example.com"],
      },
      hint: { logName: "postfix" },
      notes: [/HELO name/],
    },
  ],
  "a reverse name that could not be looked up for a moment, IPv6": [
    [
      "warning: hostname h.example does not resolve to address 2001:db8::8: Temporary failure in name resolution",
      "connect from unknown[2001:db8::8]",
    ].join("\n"),
    {
      message: {
        client_address: "2001:db8::8",
        client_name: null,
        reverse_client_name: "h.example",
        client_name_status: "temp",
      },
      notes: [NO_TLS, /HELO name/, /sender/, /recipients/],
    },
  ],
  "a client that hung up before its address was known": [
    "connect from unknown[unknown]",
    { message: { client_name: null }, notes: [/client address/, NO_NAME, NO_TLS, /HELO/, /sender/, /recipients/] },
  ],
};

for (const [title, [lines, expected]] of Object.entries(LOGS)) {
  test(`log: ${title}`, () => {
    gives(inputFromLog(lines), expected);
  });
}

test("log: every action is read, and text with semicolons stays whole", () => {
  const actions = "reject_warning hold filter discard redirect prepend bcc warn info permit milter-hold hangup".split(
    " ",
  );
  for (const action of actions) {
    const event = eventOf(REJECT.replace("reject", action).replace("554 5.7.1 ", "one; two; "));
    assert.ok(event.kind === "decision", action);
    assert.deepEqual([event.action, event.text], [action, "one; two; <x@other.example>: Relay access denied"]);
  }
});

test("log: whatever the real Postfix wrote is read", () => {
  const lines = readRecording().flatMap(({ message, answer }) => answer.log.map((line) => ({ line, message })));
  assert.ok(lines.length > 100);
  for (const { line, message } of lines) {
    const input = inputFromLog(line);
    assert.ok(typeof input === "object", line);
    assert.equal(input.message.client_address, message.client_address, line);
    // Once EHLO is accepted, what could confuse a reader of the log is a question mark. See smtpd.h, NEUTER_CHARACTERS.
    const neutered = (helo: string | null | undefined): string | undefined => helo?.replace(/[ <>()\\";@]/g, "?");
    if (input.message.helo != null) assert.equal(neutered(input.message.helo), neutered(message.helo), line);
  }
});

test("log: lines that tell nothing are no message", () => {
  for (const line of ["", "postfix/qmgr[1]: ABC: removed", "postfix/smtpd[1]: warning: no such thing", "sshd[1]: x"]) {
    complains(inputFromLog(line), /no line tells about an SMTP session/);
  }
});

test("log: an IPv6 address is the same in all the forms that logs have", () => {
  for (const address of ["2001:db8::8", "IPv6:2001:db8::8", "ipv6:2001:DB8:0:0:0:0:0:8", "2001:db8::8%eth0"]) {
    const event = eventOf(REJECT.replace("203.0.113.8", address));
    assert.equal(event.kind === "decision" ? event.client.address : undefined, "2001:db8::8", address);
  }
  const forged = eventOf("warning: hostname a.example does not resolve to address IPv6:2001:DB8::8: Name or service");
  assert.equal(forged.kind === "forged" ? forged.address : undefined, "2001:db8::8");
});
