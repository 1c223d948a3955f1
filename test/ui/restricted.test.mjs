// A folder that nobody trusts: what only reads works, and what needs trust says so.
import { execFileSync } from "node:child_process";
import { testInWorkbench } from "./inWorkbench.mjs";

const settings = { "git.enabled": true };

function prepare(folder) {
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
}

const UNTRUSTED = { example: "restricted-senders", prepare, settings, restricted: true };

testInWorkbench("a folder that is not trusted", UNTRUSTED, async (workbench) => {
  await workbench.openFile("main.cf");
  await workbench.restrictedMode();
  await workbench.lens("closed to strangers");
  await workbench.command("Postfix: Trace a Message");
  const view = await workbench.webview("form");
  await view.getByLabel("Preset").selectOption("stranger → my user");
  await view.getByRole("status").getByText("Accepted: 250").waitFor();
  await workbench.goTo(1);
  await workbench.command("Postfix: Show Mail Flow");
  await workbench.webview("#stage svg");
  await workbench.goTo(1);
  await workbench.command("Postfix: Compare Mail Flow with HEAD");
  await workbench.told("Git runs only in folders that you trust");
  await workbench.screenshot("restricted");
});
