// What a person sees where the extension runs in the browser alone: the same as on a machine.
import assert from "node:assert/strict";
import path from "node:path";
import { testInWorkbench } from "./inWorkbench.mjs";
import { written } from "./written.mjs";

testInWorkbench("a finding, a hover, a trace and test runs without a machine", { web: true }, async (workbench) => {
  await workbench.openFile("c-comments/main.cf");
  await workbench.squiggle("error");
  assert.match(await workbench.hover("reject_unauth_destination"), /strangers cannot relay/);
  await workbench.command("Postfix: Trace a Message");
  const view = await workbench.webview("form");
  await view.getByRole("status").getByText("Relay access denied").waitFor();
  await workbench.checkAccessibility(view);
  assert.equal(await view.locator("form").evaluate((form) => form.computedStyleMap().get("display").value), "grid");
  await workbench.passTests("restricted-senders");
  await workbench.screenshot("web");
});

const IN_BROWSER = { example: "restricted-senders", web: true };

testInWorkbench("the picture and the explorer without a machine", IN_BROWSER, async (workbench, folder) => {
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
  for (const [button, start] of [
    ["SVG", "<svg"],
    ["PNG", "\x89PNG"],
  ]) {
    await workbench.saves(() => picture.getByRole("button", { name: button }).click());
    const file = path.join(folder, `mail-flow-smtp.${button.toLowerCase()}`);
    assert.ok((await written(file)).toString("latin1").startsWith(start), `the saved file is ${button}`);
  }
});
