// Which lines of a log a line belongs to: `>` marks where the cursor is, `+` the lines that are read with it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sessionAround } from "../../server/src/evaluate/inputs/logSession.ts";

const DESK = "desk.example.com[192.0.2.7]";
const OTHER = "other.example[203.0.113.9]";
const REJECT = "reject: RCPT from desk.example.com[192.0.2.7]: 554 5.7.1 <x@other.example>: Relay access denied;";

/** Each line: the mark, the program with its process, the text. */
function check(title: string, ...marked: readonly string[]): void {
  const lines = marked.map((line) => line.slice(1).replace(/^(\w+)\[/, "Nov 21 10:00:00 mx postfix/$1["));
  const expected = [...marked.keys()].filter((index) => !marked[index]?.startsWith(" "));
  const at = marked.findIndex((line) => line.startsWith(">"));
  test(`the session of a log line: ${title}`, () => {
    assert.deepEqual(sessionAround(lines, at), expected);
  });
}

check(
  "`client=`, with what the queue manager says",
  `+smtpd[9]: connect from ${DESK}`,
  ` smtpd[5]: connect from ${OTHER}`,
  ` smtpd[9]: NOQUEUE: ${REJECT}`,
  `>smtpd[9]: 4A1B2C: client=${DESK}`,
  "+qmgr[7]: 4A1B2C: from=<me@example.com>, size=500, nrcpt=1 (queue active)",
  " qmgr[7]: 5B1B2C: from=<you@example.com>, size=500, nrcpt=1 (queue active)",
  "+smtp[8]: 4A1B2C: to=<x@other.example>, relay=none, delay=1, dsn=4.4.1, status=deferred (no)",
  ` smtpd[9]: 6C1B2C: client=${DESK}`,
  " smtp[8]: 6C1B2C: to=<y@other.example>, relay=none, delay=1, dsn=4.4.1, status=deferred (no)",
  `+smtpd[9]: disconnect from ${DESK} ehlo=1 mail=2`,
  ` smtpd[9]: connect from ${DESK}`,
);

check(
  "`connect from`, and what the server said of the name before",
  ` smtpd[9]: disconnect from ${DESK}`,
  "+smtpd[9]: warning: hostname desk.example.com does not resolve to address 192.0.2.7",
  ">smtpd[9]: connect from unknown[192.0.2.7]",
  "+smtpd[9]: 4A1B2C: client=unknown[192.0.2.7]",
  "+qmgr[7]: 4A1B2C: from=<me@example.com>, size=500, nrcpt=1 (queue active)",
  "+smtpd[9]: disconnect from unknown[192.0.2.7]",
  " smtpd[9]: warning: hostname desk.example.com does not resolve to address 192.0.2.7",
  " smtpd[9]: connect from unknown[192.0.2.7]",
);

check(
  "the queue manager's, of a queue ID that was used before",
  ` smtpd[9]: 4A1B2C: client=${OTHER}`,
  " qmgr[7]: 4A1B2C: from=<old@example.com>, size=500, nrcpt=1 (queue active)",
  `+smtpd[9]: connect from ${DESK}`,
  `+smtpd[9]: 4A1B2C: client=${DESK}`,
  ">qmgr[7]: 4A1B2C: from=<me@example.com>, size=500, nrcpt=1 (queue active)",
  `+smtpd[9]: disconnect from ${DESK}`,
);

check(
  "`reject:`, one of two",
  `+smtpd[9]: connect from ${DESK}`,
  `>smtpd[9]: NOQUEUE: ${REJECT}`,
  ` smtpd[9]: NOQUEUE: ${REJECT}`,
  `+smtpd[9]: disconnect from ${DESK}`,
);

check(
  "postscreen's, which talks to many at once",
  "+postscreen[3]: CONNECT from [192.0.2.7]:4711 to [192.0.2.1]:25",
  " postscreen[3]: CONNECT from [203.0.113.9]:4712 to [192.0.2.1]:25",
  ">postscreen[3]: NOQUEUE: reject: RCPT from [192.0.2.7]:4711: 550 5.7.1 Service unavailable; client [192.0.2.7] blocked; from=<a@b.example>, to=<c@d.example>, proto=ESMTP, helo=<b.example>",
);

check("no process is named", ` ${DESK}`, `>NOQUEUE: ${REJECT}`, ` NOQUEUE: ${REJECT}`);

check("no line of a log", " hello", ">swaks --to user@example.com", " bye");
