// The debugger beside an editor: steps over, back and out, conditions, watch and hover, and an edit that is not saved.
import assert from "node:assert/strict";
import { testInWorkbench } from "./inWorkbench.mjs";
import { launch, withLaunch } from "./launch.mjs";

const LAUNCH = { ...launch("An intern writes to the outside", "someone@example.org"), stopOnEntry: true };
const STAGE = "RCPT TO:<someone@example.org>";
const settings = { "files.autoSave": "off" }; // as it is at a desk

const EXAMPLE = { example: "restricted-senders", prepare: withLaunch(LAUNCH), settings };

testInWorkbench("the debugger beside an edit", EXAMPLE, async (workbench) => {
  await workbench.openFile("main.cf");
  await workbench.language("Postfix main.cf");
  await workbench.goTo(10);
  await workbench.breakHereIf("sender = somebody@else.example");
  await workbench.goTo(16);
  await workbench.breakHereIf("sender ~ intern");
  await workbench.startDebugging();
  await workbench.markedLine(9);
  await workbench.command("View: Show Run and Debug");
  await workbench.stoppedAt(`${STAGE} — REJECT`);
  await workbench.watch("sender");
  await workbench.watched("sender", "intern@example.com");

  await workbench.step("Step Into");
  await workbench.stoppedAt("smtpd_relay_restrictions — PERMIT");
  await workbench.step("Step Over");
  await workbench.stoppedAt("smtpd_recipient_restrictions — REJECT");
  await workbench.step("Step Back");
  await workbench.stoppedAt("smtpd_relay_restrictions — PERMIT");

  // Lines above: the breakpoint has moved with its own, although the editor has not told so yet.
  await workbench.typeAtEndOfLine(1, "\n# one\n# two");
  await workbench.step("Continue");
  await workbench.stoppedAt("check_recipient_access hash:/etc/postfix/local_domains — DUNNO");
  await workbench.cursorIn(18);
  await workbench.markedLine(18);
  const told = await workbench.pointedAt("check_sender_access", /^sender =intern@example.com/);
  assert.match(told, /REJECT: `intern@example.com` has the action `local_only`/);
  await workbench.screenshot("debugger-hover");
  await workbench.step("Step Out");
  await workbench.debuggingEnded();

  await workbench.startDebugging();
  await workbench.stoppedAt(`${STAGE} — REJECT`);
  await workbench.typeAtEndOfLine(11, "\npermit");
  await workbench.consoleSays(`${STAGE} → 250 2.1.5 Ok`);
  await workbench.stoppedAt(`${STAGE} — PERMIT`);
  await workbench.cursorIn(12); // where it was typed
  await workbench.screenshot("debugger-edited");
  await workbench.suppose("recipient = bar@example.com", "RCPT TO:<bar@example.com> → 250 2.1.5 Ok");
});
