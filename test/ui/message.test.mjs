// Messages that stand in a log or a mail: what is selected is read in whole, lines and folded headers.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { testInWorkbench } from "./inWorkbench.mjs";

const COMMAND = "Trace the Message of This Log Line or Mail";
const LOG = `Nov 21 10:00:00 mx postfix/smtpd[9]: connect from desk.example.com[192.0.2.7]
Nov 21 10:00:01 mx postfix/smtpd[9]: 4A1B2C: client=desk.example.com[192.0.2.7]
Nov 21 10:00:02 mx postfix/qmgr[7]: 4A1B2C: from=<intern@example.com>, size=500, nrcpt=1 (queue active)
Nov 21 10:00:03 mx postfix/smtp[8]: 4A1B2C: to=<someone@example.org>, relay=none, delay=1, dsn=4.4.1, status=deferred (no)
Nov 21 10:00:09 mx postfix/smtpd[5]: connect from other.example[203.0.113.9]
`;
const MAIL = `Received: from inner.example.com (inner.example.com [192.0.2.9])
\tby mail.example.com (Postfix) with ESMTP id 2
\tfor <bar@example.com>; Sat, 21 Nov 2026 10:00:01 +0000
Received: from desk.example.com (desk.example.com [192.0.2.7])
\tby inner.example.com (Postfix) with ESMTP id 1
\tfor <joe@example.com>; Sat, 21 Nov 2026 10:00:00 +0000
Subject: hello

Hello.
`;

async function prepare(folder) {
  await writeFile(path.join(folder, "mail.log"), LOG);
  await writeFile(path.join(folder, "hello.eml"), MAIL);
}

testInWorkbench("messages in a log and a mail", { example: "restricted-senders", prepare }, async (workbench) => {
  const traced = async (recipient, fields, ask = () => workbench.command(`Postfix: ${COMMAND}`)) => {
    await ask();
    const view = await workbench.webview("form");
    await view.getByRole("list", { name: "Dialogue" }).getByText(`RCPT TO:<${recipient}>`).waitFor();
    for (const [label, value] of Object.entries(fields)) {
      assert.equal(await view.getByLabel(label).inputValue(), value, label);
    }
  };

  await workbench.openFile("mail.log");
  await workbench.select({ from: 1, to: 4 });
  await traced("someone@example.org", { "Client address": "192.0.2.7", Sender: "intern@example.com" });
  await workbench.screenshot("message-of-log-lines");

  await workbench.goTo(5); // nothing is selected any more
  // One line alone is enough: the lines of its session are read, too.
  await traced("someone@example.org", { "Client address": "192.0.2.7", Sender: "intern@example.com" }, () =>
    workbench.chooseForLine("4A1B2C: client=", COMMAND),
  );
  await (await workbench.webview("form")).getByText("read from the lines of one session: 1–4").waitFor();
  await workbench.screenshot("message-of-a-session");

  await traced("bar@example.com", { "Client address": "192.0.2.9" }, () =>
    workbench.chooseForFile("hello.eml", COMMAND),
  );
  await workbench.goTo(1); // beside the view
  await workbench.openFile("hello.eml");

  // The middle of the second Received header.
  await workbench.select({ from: 5, to: 5 });
  await traced("joe@example.com", { "Client address": "192.0.2.7", HELO: "desk.example.com" });

  await workbench.goTo(1); // the mail as a whole again
  await traced("bar@example.com", { "Client address": "192.0.2.9" }, () =>
    workbench.chooseForLine("Subject: hello", COMMAND),
  );
});
