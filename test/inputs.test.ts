import assert from "node:assert/strict";
import { test } from "node:test";
import { makeConfiguration } from "../server/src/config/configuration.ts";
import type { Project } from "../server/src/config/project.ts";
import { findService } from "../server/src/config/services.ts";
import { projectOfCase } from "../server/src/evaluate/caseProject.ts";
import { explore, type Exploration, type Pins } from "../server/src/evaluate/explore.ts";
import { agreement, type Agreement } from "../server/src/evaluate/inputs/agreement.ts";
import { eventOf, parseLogLine } from "../server/src/evaluate/inputs/logLine.ts";
import { inputFromLog } from "../server/src/evaluate/inputs/logLines.ts";
import { inputFromMail } from "../server/src/evaluate/inputs/mail.ts";
import type { MessageInput } from "../server/src/evaluate/inputs/messageInput.ts";
import { pinFrom, pinQuestions, type Pinned } from "../server/src/evaluate/inputs/pins.ts";
import { hintedService } from "../server/src/evaluate/inputs/service.ts";
import { shellWords } from "../server/src/evaluate/inputs/shellWords.ts";
import { inputFromSwaks } from "../server/src/evaluate/inputs/swaks.ts";
import { knownWorld } from "../server/src/evaluate/knownWorld.ts";
import type { Message } from "../server/src/evaluate/message.ts";
import { proseMarkdown, traceMarkdown } from "../server/src/evaluate/traceMarkdown.ts";

interface Expected {
  readonly message: Partial<Message>;
  readonly hint?: MessageInput["hint"];
  /** What the notes have to speak of, one by one. */
  readonly notes?: readonly RegExp[];
}

/** An input gives this message, and says what is missing. */
function gives(input: MessageInput | string, { message, hint, notes = [] }: Expected): void {
  assert.ok(typeof input === "object", String(input));
  assert.deepEqual(input.message, message);
  assert.deepEqual(input.hint, hint);
  assert.equal(input.notes.length, notes.length, input.notes.join("\n"));
  notes.forEach((note, at) => {
    assert.match(input.notes[at] ?? "", note);
  });
}

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
const NO_NAME = /no verified name/;

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
  "an address that looks like more": [
    REJECT.replace("to=<x@other.example>", 'to=<"a; from=<b> to=<c"@other.example>'),
    { message: { ...REJECTED, recipients: ['c"@other.example'], sender: "b" }, notes: [NO_TLS, NO_LOGIN] },
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

test("log: lines that tell nothing are no message", () => {
  for (const line of ["", "postfix/qmgr[1]: ABC: removed", "postfix/smtpd[1]: warning: no such thing", "sshd[1]: x"]) {
    assert.match(String(inputFromLog(line)), /no line tells about an SMTP session/);
  }
});

const MAIN =
  "compatibility_level = 3.6\nmyhostname = mx.example.com\nmydestination = example.com\nlocal_recipient_maps =\n";
const MASTER = [
  "smtp inet n - y - - smtpd",
  "submission inet n - y - - smtpd",
  "465 inet n - y - - smtpd",
  "  -o syslog_name=$mail/smtps",
  "10025 inet n - y - - smtpd",
  "  -o syslog_name=postfix-after",
].join("\n");

test("the service of a log line or a port", () => {
  const project = projectOfCase(
    { files: { "main.cf": `${MAIN}mail = mta\n`, "master.cf": MASTER }, message: CLIENT },
    "3.7",
  );
  const named = (hint: NonNullable<MessageInput["hint"]>): readonly unknown[] => {
    const { service, notes } = hintedService(project, hint);
    return [service?.name, notes.length];
  };
  assert.deepEqual(named({ logName: "postfix" }), ["smtp", 0]);
  assert.deepEqual(named({ logName: "postfix/submission" }), ["submission", 0]);
  assert.deepEqual(named({ logName: "mta/smtps" }), ["465", 0]);
  assert.deepEqual(named({ logName: "postfix/submissions" }), ["465", 0]);
  assert.deepEqual(named({ logName: "postfix-after" }), ["10025", 0]);
  assert.deepEqual(named({ logName: "postfix/other" }), ["smtp", 1]);
  assert.deepEqual(named({ port: "587" }), ["submission", 0]);
  assert.deepEqual(named({ port: "2525" }), ["smtp", 1]);
});

const CLIENT: Message = {
  client_address: "203.0.113.8",
  client_name: null,
  helo: "h",
  sender: "a@b.example",
  recipients: ["joe@example.com"],
};

function exploration(main: string, pins?: Pins): { readonly project: Project; readonly exploration: Exploration } {
  const project = projectOfCase({ files: { "main.cf": MAIN + main }, message: CLIENT }, "3.7");
  const service = findService(project, undefined);
  assert.ok(service);
  const configuration = makeConfiguration(project, service);
  return { project, exploration: explore(configuration, CLIENT, knownWorld({}), pins) };
}

/** What a log line and a configuration have to say to each other. */
function compared(main: string, line: string): Agreement {
  const input = inputFromLog(line);
  assert.ok(typeof input === "object" && input.logged);
  return agreement(input.logged, exploration(main).exploration);
}

const FROM_TO = "from=<a@b.example> to=<joe@example.com> proto=ESMTP helo=<h>";
const DENIED = `NOQUEUE: reject: RCPT from unknown[203.0.113.8]: 554 5.7.1 <joe@example.com>: Recipient address rejected: Access denied; ${FROM_TO}`;
const LISTED = `NOQUEUE: reject: RCPT from unknown[203.0.113.8]: 554 5.7.1 Service unavailable; Client host [203.0.113.8] blocked using bl.example; https://bl.example/?203.0.113.8; ${FROM_TO}`;

test("the log agrees, agrees under a condition, differs, or cannot be compared", () => {
  const reject = "smtpd_recipient_restrictions = reject\n";
  assert.equal(compared(reject, DENIED).verdict, "agrees");
  assert.match(compared("", DENIED).because, /it says `554 .*` at RCPT; the trace says `250 2\.0\.0 Ok: queued/);
  assert.equal(compared("", DENIED).verdict, "differs");
  assert.equal(compared(reject, DENIED.replace("reject:", "reject_warning:")).verdict, "differs");
  assert.equal(
    compared(
      `smtpd_recipient_restrictions = warn_if_reject ${"reject"}, reject_unauth_destination\n`,
      DENIED.replace("reject:", "reject_warning:"),
    ).verdict,
    "agrees",
  );
  assert.equal(compared("", "4F2A1B4C5D: client=unknown[203.0.113.8]").verdict, "agrees");
  assert.equal(compared(reject, "4F2A1B4C5D: client=unknown[203.0.113.8]").verdict, "differs");
  const list = compared(
    "smtpd_recipient_restrictions = reject_rbl_client bl.example, reject_unauth_destination\n",
    LISTED,
  );
  assert.equal(list.verdict, "depends");
  assert.deepEqual(list.if, [{ ask: "dns A 8.113.0.203.bl.example", answer: "listed" }]);
  assert.equal(compared("", DENIED.replace("reject:", "milter-reject:")).verdict, "cannot tell");
  assert.equal(compared("", `postfix/postscreen[1]: ${DENIED}`).verdict, "cannot tell");
  const policy =
    "smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:10031, reject_unauth_destination\n";
  assert.match(
    compared(policy, DENIED.replace("554 5.7.1", "450 4.7.1")).because,
    /another answer of `policy inet:127\.0\.0\.1:10031` may explain it$/,
  );
  assert.match(
    compared("smtpd_relay_restrictions = permit\nsmtpd_recipient_restrictions = permit\n", DENIED).because,
    /does not start/,
  );
});

const MAIL = [
  "Return-Path: <News@Example.Net>",
  "X-Original-To: info@example.com",
  "Delivered-To: joe@example.com",
  "Received: from helo.example (mail.example.net [203.0.113.8])",
  "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)",
  "\t key-exchange X25519 server-signature RSA-PSS (2048 bits))",
  "\t(No client certificate requested)",
  "\t(Authenticated sender: joe (home))",
  "\tby mx.example.com (Postfix) with ESMTPSA id 4XvTnK1b9Dz3mq",
  "\tfor <all@example.com>; Thu, 21 Nov 2024 20:55:00 +0100 (CET)",
  "received: from by (unknown [IPv6:2001:db8::8]) by mx2.example.net (Postfix) with ESMTP id A;",
  " Thu, 21 Nov 2024 20:54:00 +0100",
  "Received: by pc.example.net (Postfix, from userid 1000) id B; Thu, 21 Nov 2024 20:53:00 +0100",
  "From: somebody@else.example",
  "",
  "Received: from nowhere ([192.0.2.1]) by body",
];

test("a mail: the topmost Received header, folded, with TLS, login and recipient", () => {
  for (const end of ["\n", "\r\n"]) {
    gives(inputFromMail(MAIL.join(end)), {
      message: {
        client_address: "203.0.113.8",
        client_name: "mail.example.net",
        reverse_client_name: "mail.example.net",
        helo: "helo.example",
        protocol: "ESMTP",
        encrypted: true,
        sasl_username: "joe (home)",
        sender: "News@Example.Net",
        recipients: ["all@example.com"],
      },
      notes: [/Received header 1 of 3, added by mx\.example\.com,/],
    });
  }
});

test("a mail: another Received header, an unknown client, the recipient from another header", () => {
  gives(inputFromMail(MAIL.join("\n"), 2), {
    message: {
      client_address: "2001:db8::8",
      client_name: null,
      helo: "by",
      protocol: "ESMTP",
      encrypted: false,
      sasl_username: null,
      sender: "News@Example.Net",
      recipients: ["info@example.com"],
    },
    notes: [/header 2 of 3/, NO_NAME, /X-Original-To/],
  });
  gives(inputFromMail(MAIL.join("\n"), 3), {
    message: { sender: "News@Example.Net", recipients: ["info@example.com"] },
    notes: [
      /header 3 of 3/,
      /header 1 is the topmost one that names a client/,
      /sendmail\(1\)/,
      /no protocol/,
      /X-Orig/,
    ],
  });
  assert.match(String(inputFromMail(MAIL.join("\n"), 4)), /only 3 Received headers/);
  assert.match(String(inputFromMail("Subject: x\n\nReceived: no")), /no Received header/);
});

const RECEIVED: Readonly<Record<string, readonly [header: string, expected: Expected]>> = {
  "the null sender, plain SMTP, a mailbox line": [
    "From MAILER-DAEMON Thu Nov 21\nReturn-Path: <>\nReceived: from h (n.example [203.0.113.8]) by mx (Postfix) with SMTP id A for <a@b.example>; date",
    {
      message: {
        client_address: "203.0.113.8",
        client_name: "n.example",
        reverse_client_name: "n.example",
        helo: "h",
        protocol: "SMTP",
        sender: "",
        recipients: ["a@b.example"],
      },
      notes: [/header 1 of 1/, /`with SMTP` does not tell/],
    },
  ],
  "a login without a name, SMTPUTF8": [
    "Return-Path: <a@b.example>\nDelivered-To: c@d.example\nReceived: from h (n.example [203.0.113.8]) by mx (Postfix) with UTF8SMTPSA id A; date",
    {
      message: {
        client_address: "203.0.113.8",
        client_name: "n.example",
        reverse_client_name: "n.example",
        helo: "h",
        protocol: "ESMTP",
        mail_params: " SMTPUTF8",
        encrypted: true,
        sender: "a@b.example",
        recipients: ["c@d.example"],
      },
      notes: [/header 1/, /does not name the login/, /Delivered-To/],
    },
  ],
  "behind a content filter, with nothing else": [
    "Received: from localhost (localhost [127.0.0.1]) by mx (Postfix) with ESMTP id A; date\nReceived: from h (n.example [203.0.113.8]) by mx (Postfix) with ESMTP id B; date",
    {
      message: {
        client_address: "127.0.0.1",
        client_name: "localhost",
        reverse_client_name: "localhost",
        helo: "localhost",
        protocol: "ESMTP",
        encrypted: false,
        sasl_username: null,
      },
      notes: [
        /header 1 of 2/,
        /header 2 is the topmost/,
        /said none/,
        /no Return-Path/,
        /no header names the recipient/,
      ],
    },
  ],
  "a session that the server hides": [
    "Return-Path: <a@b.example>\nReceived: by mx (Postfix) id A for <c@d.example>; date",
    {
      message: { sender: "a@b.example", recipients: ["c@d.example"] },
      notes: [/header 1/, /does not name the client address/, /HELO/, /no protocol/],
    },
  ],
};

for (const [title, [header, expected]] of Object.entries(RECEIVED)) {
  test(`a mail: ${title}`, () => {
    gives(inputFromMail(`${header}\n\nbody\n`), expected);
  });
}

test("a command line is split as a shell does", () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    "a  b\tc": ["a", "b", "c"],
    [String.raw`'a b' "c \"d\" \x" e\ f g''h ''`]: ["a b", String.raw`c "d" \x`, "e f", "gh", ""],
    "a \\\n  b": ["a", "b"],
    "a 'b\nc'": ["a", "b\nc"],
    "a#b #c": ["a#b"],
    "a <> b": ["a", "<>", "b"],
    "a 2>&1 | b": ["a"],
    "a; b": ["a"],
    "a\nb": ["a"],
  };
  for (const [text, words] of Object.entries(cases)) {
    const split = shellWords(text);
    assert.deepEqual(typeof split === "string" ? split : split.words, words, text);
  }
  for (const text of ["a 'b", 'a"b']) assert.match(String(shellWords(text)), /is not closed/);
});

const NO_ADDRESS = /does not tell the client address/;
const ESMTP: Partial<Message> = { protocol: "ESMTP", encrypted: false, sasl_username: null };

const SWAKS: Readonly<Record<string, Expected>> = {
  "swaks --to a@b.example,c@d.example --cc e@f.example -f '<>' --ehlo h.example --server mx.example.com": {
    message: { ...ESMTP, helo: "h.example", sender: "", recipients: ["a@b.example", "c@d.example", "e@f.example"] },
    notes: [NO_ADDRESS],
  },
  swaks: {
    message: ESMTP,
    notes: [NO_ADDRESS, /without --helo/, /without --from/, /without --to/],
  },
  "FOO=1 /usr/bin/swaks -t a@b.example --from=c@d.example -h h -tls -a -au joe -ap 'pass word' -p 587 -li 203.0.113.8:0":
    {
      message: {
        client_address: "203.0.113.8",
        helo: "h",
        sender: "c@d.example",
        recipients: ["a@b.example"],
        protocol: "ESMTP",
        encrypted: true,
        sasl_username: "joe",
      },
      hint: { port: "587" },
      notes: [/--local-interface/, /client name/],
    },
  "swaks -t a@b.example -f c@d.example --helo h --tls-on-connect --no-tls --auth-optional --auth-user joe -q RCPT": {
    message: {
      ...ESMTP,
      helo: "h",
      sender: "c@d.example",
      recipients: ["a@b.example"],
      encrypted: true,
      sasl_username: "joe",
      data: false,
    },
    hint: { port: "465" },
    notes: [NO_ADDRESS, /--auth-optional/],
  },
  "swaks -t a@b.example -f c@d.example --helo h --protocol SMTPS -s [mx.example.com]:2465 --auth": {
    message: { helo: "h", sender: "c@d.example", recipients: ["a@b.example"], protocol: "SMTP", encrypted: true },
    hint: { port: "2465" },
    notes: [NO_ADDRESS, /does not say as whom/],
  },
  "swaks -t a@b.example -f c@d.example --helo h --tlso --xclient-addr IPV6:2001:db8::8 --xclient-name [UNAVAILABLE] --xclient 'LOGIN=joe REVERSE_NAME=r.example'":
    {
      message: {
        client_address: "2001:db8::8",
        client_name: null,
        reverse_client_name: "r.example",
        helo: "h",
        sender: "c@d.example",
        recipients: ["a@b.example"],
        protocol: "ESMTP",
        sasl_username: "joe",
      },
      notes: [/XCLIENT/, /--tls-optional/],
    },
  'swaks --to "$RCPT" --header-Subject "x y" --h-X-Test: 1 --body - --from a@b.example --helo h --quit-after MAIL > log':
    {
      message: { ...ESMTP, helo: "h", sender: "a@b.example", recipients: ["$RCPT"], data: false },
      notes: [/taken as they are/, /ends at `>`/, NO_ADDRESS, /stops after MAIL/],
    },
};

for (const [commandLine, expected] of Object.entries(SWAKS)) {
  test(`swaks: ${commandLine}`, () => {
    gives(inputFromSwaks(commandLine), expected);
  });
}

test("swaks: what is no swaks command line is said", () => {
  assert.match(String(inputFromSwaks("swaks --frobnicate")), /no option `--frobnicate`/);
  assert.match(String(inputFromSwaks("swaks to a@b")), /`to` is no option/);
  assert.match(String(inputFromSwaks("swaks --protocol")), /needs an argument/);
  assert.match(String(inputFromSwaks("sendmail a@b")), /`sendmail` is no swaks command line/);
  assert.match(String(inputFromSwaks("swaks --to 'a")), /not closed/);
  assert.match(String(inputFromSwaks("swaks --protocol LMTP")), /LMTP/);
});

const LISTS = [
  "smtpd_recipient_restrictions = reject_unauth_destination, reject_rbl_client bl.example,",
  "  reject_rhsbl_sender dbl.bl.example, check_policy_service inet:127.0.0.1:10031",
  "",
].join("\n");

function pinned(...texts: readonly string[]): Pinned | string {
  const pins = texts.map((text) => {
    const pin = pinFrom(text);
    assert.ok(pin, text);
    return pin;
  });
  return pinQuestions(pins, (fixed) => exploration(LISTS, fixed).exploration);
}

test("a pin fixes a question, every name below a domain, or whatever a service is asked", () => {
  const one = pinned("dns A 8.113.0.203.bl.example=listed");
  assert.ok(typeof one === "object");
  assert.deepEqual(one.pinned, [{ ask: "dns A 8.113.0.203.bl.example", answer: "listed" }]);
  const [first] = one.exploration.evaluation.rcpt;
  assert.match(first && "raw" in first ? first.raw : "", /^554 5\.7\.1 Service unavailable; Client host/);
  const all = pinned("bl.example=Not Listed", "policy inet:127.0.0.1:10031=REJECT", "other.example=listed");
  assert.ok(typeof all === "object");
  assert.deepEqual(all.pinned.map(({ ask }) => ask).sort(), [
    "dns A 8.113.0.203.bl.example",
    "dns A b.example.dbl.bl.example",
    "policy inet:127.0.0.1:10031",
  ]);
  assert.deepEqual(all.exploration.alternatives, []);
  assert.deepEqual(all.unused, [{ name: "other.example", answer: "listed" }]);
});

test("a pin with an answer that does not exist names those that do", () => {
  assert.equal(pinned("bl.example=maybe"), "`bl.example` cannot be `maybe`; it may be `not listed`, `listed`, `fails`");
  assert.match(String(pinned("policy inet:127.0.0.1:10031=HOLD")), /`DUNNO`, `OK`, `REJECT`, `no answer`/);
  assert.equal(pinFrom("no answer"), undefined);
  assert.deepEqual(pinFrom("ldap:x a=b@c=OK"), { name: "ldap:x a=b@c", answer: "OK" });
});

test("Markdown keeps its shape, whatever the message holds", () => {
  assert.equal(proseMarkdown("`a_b` has *this* [x](y) <z>"), "`a_b` has \\*this\\* `[x]`(y) \\<z\\>");
  assert.equal(proseMarkdown("joe@example.com is in smtpd_x, #12."), "`joe@example.com` is in smtpd_x, `#12`.");
  assert.equal(proseMarkdown("a ` alone"), "a \\` alone");
  const { project, exploration: explored } = exploration(`${LISTS}access = x\n`);
  const text = traceMarkdown(project, { ...CLIENT, helo: "a|`b``c" }, explored);
  assert.match(text, /^\| EHLO \| ```a\\\|`b``c``` \|$/m);
  assert.match(text, /^ {2}- \*\*DUNNO\*\* `smtpd_recipient_restrictions`: .* \(`main\.cf:5`\)$/m);
  assert.match(text, /^- `dns A 8\.113\.0\.203\.bl\.example`: not listed$/m);
  assert.match(text, /^- `policy inet:127\.0\.0\.1:10031`: REJECT → `554 5\.7\.1 /m);
  assert.match(text, /^```text\n\(203\.0\.113\.8 connects\)\nS: 220 /m);
});
