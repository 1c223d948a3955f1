// The debugger: a launch configuration, a breakpoint in a line of a table, steps in, out and back, and "what if".
import assert from "node:assert/strict";
import { testInWorkbench } from "./inWorkbench.mjs";
import { debugIntern, launch, withLaunch } from "./launch.mjs";

const LAUNCH = launch("An intern writes to the outside and to a colleague", "someone@example.org", "bar@example.com");

const EXAMPLE = { example: "restricted-senders", prepare: withLaunch(LAUNCH) };

/** Where the breakpoint is: the action of the line is the class. */
const STACK = [
  "intern@example.com — REJECT",
  "check_sender_access hash:/etc/postfix/restricted_senders — REJECT",
  "smtpd_recipient_restrictions — REJECT",
  "RCPT TO:<someone@example.org> — REJECT",
];

testInWorkbench("a message in the debugger", EXAMPLE, async (workbench) => {
  await debugIntern(workbench);
  await workbench.stoppedAt("intern@example.com — REJECT");
  await workbench.cursorIn(1);
  assert.deepEqual(await workbench.callStack(), STACK);
  await workbench.openScope("Step");
  await workbench.variableIs("because", "`intern@example.com` has the action `local_only`");
  await workbench.screenshot("debugger-breakpoint");

  await workbench.step("Step Into");
  await workbench.stoppedAt("local_only — REJECT");
  await workbench.step("Step Into");
  await workbench.stoppedAt("check_recipient_access hash:/etc/postfix/local_domains — DUNNO");
  await workbench.tabIsActive("main.cf");
  await workbench.cursorIn(16);
  assert.deepEqual((await workbench.callStack()).slice(1), ["local_only — REJECT", ...STACK]);
  await workbench.variableIs("key 1", "someone@example.org: not found");
  await workbench.screenshot("debugger-class");

  await workbench.step("Step Out");
  await workbench.stoppedAt("RCPT TO:<bar@example.com> — PERMIT");
  await workbench.step("Step Back");
  await workbench.stoppedAt("RCPT TO:<someone@example.org> — REJECT");
  await workbench.variableIs("reply", "554 5.7.1 <intern@example.com>: Sender address rejected: Access denied");

  await workbench.suppose("sender = bar@example.com", "RCPT TO:<someone@example.org> → 250 2.1.5 Ok");
  await workbench.stoppedAt("RCPT TO:<someone@example.org> — PERMIT");
  await workbench.consoleHasFocus(); // for the next one: main.cf is not what is meant
  await workbench.openScope("Message");
  await workbench.variableIs("sender", "bar@example.com");
  await workbench.screenshot("debugger-what-if");

  // Nothing is looked up in that line any more.
  await workbench.step("Continue");
  await workbench.debuggingEnded();
});
