// What an edit changes: Postfix: Compare Mail Flow with HEAD, in a git repository with an edit that is not saved.
import { execFileSync } from "node:child_process";
import { testInWorkbench } from "./inWorkbench.mjs";

const settings = { "git.enabled": true };

function prepare(folder) {
  const git = (...args) => execFileSync("git", args, { cwd: folder });
  git("init", "--quiet");
  git("add", "--all");
  git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message=start");
}

testInWorkbench("what an edit changes", { example: "restricted-senders", prepare, settings }, async (workbench) => {
  await workbench.openFile("restricted_senders");
  await workbench.language("Postfix table");
  await workbench.typeAtEndOfLine(2, "\nbar@example.com local_only");
  await workbench.command("Postfix: Compare Mail Flow with HEAD");
  const page = await workbench.webview("h3");
  await page.getByText("Relay for strangers: closed, as before.").waitFor();
  await page
    .getByRole("heading", { name: /^1\. Accepted before, refused now: .* to other servers' recipients$/ })
    .waitFor();
  await page.getByRole("row", { name: /^before 250 2\.0\.0 Ok/ }).waitFor();
  await page.getByRole("row", { name: /^now 554 5\.7\.1 .*restricted_senders:3/ }).waitFor();
  await workbench.screenshot("compare");
});
