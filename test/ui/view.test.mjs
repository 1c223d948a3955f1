// The Mail Flow view: a preset, its reply, an edit that changes it, and what the editor shows beside it.
import assert from "node:assert/strict";
import path from "node:path";
import { testInWorkbench } from "./inWorkbench.mjs";

const SEEN = {
  file: "protected-list-insiders/main.cf",
  preset: "stranger → my user",
  accepted: /^Accepted: 250 2\.0\.0 Ok/,
  /** The line of reject_unauth_destination, and what is added to it. */
  line: 13,
  unknown: ", reject_rbl_client list.example",
  question: "dns A 8.113.0.203.list.example",
  listed: /^Rejected: 554 5\.7\.1 Service unavailable/,
  edit: ", reject",
  rejected: /^Rejected: 554 5\.7\.1 .*\(was 250, now 554\)/,
  decoration: "reject REJECT",
  tests: "protected-list-insiders/protected-list-insiders.mailflow.yaml",
};

testInWorkbench("the Mail Flow view follows an edit", {}, async (workbench) => {
  await workbench.openFile(SEEN.file);
  await workbench.language("Postfix main.cf");
  await workbench.command("View: Toggle Primary Side Bar Visibility");
  await workbench.command("Postfix: Trace a Message");
  const view = await workbench.webview("form");
  const status = view.getByRole("status");
  await status.getByText("Relay access denied").waitFor();

  await view.getByLabel("Preset").selectOption(SEEN.preset);
  await status.getByText(SEEN.accepted).waitFor();
  await workbench.checkAccessibility(view);
  await workbench.decoration("DUNNO");
  await workbench.screenshot("view-accepted");

  await workbench.typeAtEndOfLine(SEEN.line, SEEN.unknown);
  const question = view.getByLabel(SEEN.question);
  await workbench.fitsNarrowWindow(view);
  await question.selectOption("listed");
  await status.getByText(SEEN.listed).waitFor();
  await workbench.screenshot("view-question");
  await question.selectOption("not listed");
  await status.getByText(SEEN.accepted).waitFor();

  await workbench.typeAtEndOfLine(SEEN.line, SEEN.edit);
  await status.getByText(SEEN.rejected).waitFor();
  await view.getByRole("heading", { name: "What the edit changed" }).waitFor();
  await workbench.decoration(SEEN.decoration);
  for (const theme of ["Dark Modern", "Light Modern", "Dark High Contrast", "Light High Contrast"]) {
    await workbench.theme(theme);
    await workbench.checkAccessibility(view);
    await workbench.screenshot(`view-${theme.toLowerCase().replaceAll(" ", "-")}`);
  }

  await view.getByLabel("Preset").focus();
  for (const reached of ["#recipients", "button.primary", "#question-0", "[role=treeitem]", "#preset"]) {
    await workbench.tabTo(view, reached);
  }
  const steps = view.getByRole("tree", { name: "Steps" });
  const first = steps.getByRole("treeitem").first();
  await first.focus();
  await first.press("ArrowLeft");
  assert.equal(await steps.getByRole("treeitem").count(), 1, "the tree is closed with the keyboard");
  await first.press("ArrowRight");
  await steps.getByText("◀ decides").click();
  await workbench.cursorIn(SEEN.line);
  await workbench.screenshot("view-steps");
  await workbench.goBackTo(steps.locator(":focus").getByText("◀ decides"));

  await view.getByRole("button", { name: "Save this trace as a test" }).click();
  await workbench.answer("strangers are refused");
  await workbench.tabIsActive(path.basename(SEEN.tests));
  await workbench.editorShows("strangers are refused");

  await view.getByRole("button", { name: "Debug this message" }).click();
  await workbench.debugging();
  await workbench.screenshot("view-debugging");
});
