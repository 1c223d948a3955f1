// The window is loaded anew: the Mail Flow view comes back with its message, and the picture with the way of its own.
import assert from "node:assert/strict";
import { testInWorkbench } from "./inWorkbench.mjs";

const SENDER = "intern@example.com";
const PRESET = "localhost → outside";

testInWorkbench("view and picture after a reload", { example: "restricted-senders" }, async (workbench) => {
  await workbench.openFile("main.cf");
  await workbench.command("Postfix: Trace a Message");
  const view = await workbench.webview("form");
  await view.getByLabel("Preset").selectOption(PRESET);
  await view.getByRole("status").getByText("Accepted").waitFor();
  await view.getByLabel("Sender").fill(SENDER);
  await view.getByLabel("Sender").press("Enter");
  await view.getByRole("status").getByText("Sender address rejected").waitFor();

  await workbench.goTo(9);
  await workbench.command("Postfix: Show Mail Flow");
  const picture = await workbench.webview("#stage svg");
  await picture.getByLabel("Message").selectOption(PRESET);
  await picture.locator(".row.permits").first().waitFor();

  await workbench.reload();
  const pictureAgain = await workbench.webview("#stage svg");
  await pictureAgain.locator(".row.permits").first().waitFor();
  assert.equal(await pictureAgain.getByLabel("Message").inputValue(), PRESET);

  await workbench.openTab("Mail Flow: Trace");
  const viewAgain = await workbench.webview("form");
  await viewAgain.getByRole("status").getByText("Sender address rejected").waitFor();
  assert.equal(await viewAgain.getByLabel("Sender").inputValue(), SENDER);
  await workbench.decoration("REJECT");
  await workbench.screenshot("view-after-reload");
});
