// What a person sees where the extension runs in the browser alone: the same as on a machine.
import assert from "node:assert/strict";
import { testInWorkbench } from "./inWorkbench.mjs";

testInWorkbench("a finding, a hover, a trace and test runs without a machine", { web: true }, async (workbench) => {
  await workbench.openFile("c-comments/main.cf");
  await workbench.squiggle("error");
  assert.match(await workbench.hover("reject_unauth_destination"), /strangers cannot relay/);
  await workbench.command("Postfix: Trace a Message");
  const view = await workbench.webview("form");
  await view.getByRole("status").getByText("Relay access denied").waitFor();
  await workbench.passTests("restricted-senders");
  await workbench.screenshot("web");
});
