// The window is loaded anew: the view comes back with its message and those saved, the picture with the way of its own.
// The view then follows an edit of a table.
import assert from "node:assert/strict";
import { testInWorkbench } from "./inWorkbench.mjs";

const SENDER = "intern@example.com";
const SAVED = "the intern";
const PRESET = "localhost → outside";

const EXAMPLE = { example: "restricted-senders", settings: { "files.autoSave": "off" } }; // as it is at a desk

testInWorkbench("view and picture after a reload", EXAMPLE, async (workbench) => {
  await workbench.openFile("main.cf");
  await workbench.command("Postfix: Trace a Message");
  const view = await workbench.webview("form");
  await view.getByLabel("Preset").selectOption(PRESET);
  await view.getByRole("status").getByText("Accepted").waitFor();
  await view.getByLabel("Sender").fill(SENDER);
  await view.getByLabel("Sender").press("Enter");
  await view.getByRole("status").getByText("Sender address rejected").waitFor();
  const save = view.getByRole("button", { name: "Save message…" });
  await save.press("Enter");
  await workbench.answer(SAVED);
  await save.and(view.locator(":focus")).waitFor(); // nobody has to find the way there again

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
  assert.equal(await viewAgain.getByLabel("Saved message").inputValue(), SAVED);
  await workbench.decoration("REJECT");
  await workbench.screenshot("view-after-reload");

  // An edit of a table that is not saved.
  await workbench.goTo(1);
  await workbench.openFile("local_domains");
  await workbench.language("Postfix table");
  await workbench.typeAtEndOfLine(2, "\nexample.org OK");
  await viewAgain.getByRole("status").getByText("(was 554, now 250)").waitFor();
  await workbench.decoration("✓ PERMIT");
  await workbench.screenshot("view-after-edit-of-table");
});
