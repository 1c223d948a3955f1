// What a person sees in a VS Code without a server: what is seen on a machine, and that there is no git.
import assert from "node:assert/strict";
import { testInWorkbench } from "../ui/inWorkbench.mjs";
import { debugIntern, launch, withLaunch } from "../ui/launch.mjs";

const EXAMPLE = "restricted-senders";
const TESTS = `${EXAMPLE}.mailflow.yaml`;
const OUTSIDE = "someone@example.org";

const prepare = withLaunch(launch("An intern writes to the outside", OUTSIDE));
const IN_BROWSER = { example: EXAMPLE, prepare, web: true };

testInWorkbench("findings, a trace that follows an edit, tests, no git", IN_BROWSER, async (workbench) => {
  await workbench.openFile("main.cf");
  await workbench.lens("closed to strangers");
  assert.match(await workbench.hover("reject_unauth_destination"), /strangers cannot relay/);
  await workbench.passTests(TESTS);

  await workbench.command("View: Toggle Primary Side Bar Visibility");
  await workbench.command("Postfix: Trace a Message");
  const view = await workbench.webview("form");
  const status = view.getByRole("status");
  await view.getByLabel("Preset").selectOption("stranger → my user");
  await status.getByText(/^Accepted: 250/).waitFor();
  assert.equal(await view.locator("form").evaluate((form) => form.computedStyleMap().get("display").value), "grid");
  await workbench.typeAtEndOfLine(12, ", reject");
  await status.getByText(/^Rejected: 554 .*was 250, now 554/).waitFor();
  await workbench.decoration("reject REJECT");
  await workbench.checkAccessibility(view);
  await workbench.typeAtEndOfLine(12, ", rejekt");
  await workbench.problem("`reject` comes first");
  await workbench.squiggle("warning");
  await workbench.screenshot("web-trace");

  await workbench.command("Postfix: Compare Mail Flow with HEAD");
  await workbench.told("There is no Git in this editor to compare with.");
  await workbench.screenshot("web-no-git");
});

testInWorkbench("the debugger without a server", IN_BROWSER, async (workbench) => {
  await debugIntern(workbench);
  await workbench.stoppedAt("intern@example.com — REJECT");
  await workbench.step("Step Into");
  await workbench.stoppedAt("local_only — REJECT");
  await workbench.step("Step Back");
  await workbench.stoppedAt("intern@example.com — REJECT");
  await workbench.screenshot("web-debugger");
  await workbench.step("Continue");
  await workbench.debuggingEnded();
});

testInWorkbench("the picture and the explorer without a server", IN_BROWSER, async (workbench) => {
  await workbench.openFile("restricted_senders");
  await workbench.language("Postfix table");
  await workbench.openTree("Postfix Restrictions");
  await workbench.expand("smtpd_recipient_restrictions");
  await workbench.treeShows("check_sender_access hash:/etc/postfix/restricted_senders");

  await workbench.command("Postfix: Show Mail Flow");
  const picture = await workbench.webview("#stage svg");
  await picture.getByLabel("Message").selectOption("stranger → outside");
  await picture.locator(".row.refuses.decides").first().waitFor();
  await workbench.screenshot("web-picture");

  await workbench.saves(() => picture.getByRole("button", { name: "PNG" }).click());
  await workbench.saves(() => picture.getByRole("button", { name: "Mermaid" }).click());
  await workbench.openFile("mail-flow-smtp.mmd");
  await workbench.editorShows("flowchart");
  await workbench.openFile("mail-flow-smtp.png");
});
