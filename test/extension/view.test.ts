import assert from "node:assert/strict";
import { suite, test } from "mocha";
import * as vscode from "vscode";
import { eventually, openAs } from "./editor.ts";

const LOG_LINE =
  "Nov 21 10:00:00 mx postfix/smtpd[1]: NOQUEUE: reject: RCPT from a.example[192.0.2.7]: 554 5.7.1 <x@example.org>: " +
  "Relay access denied; from=<y@a.example> to=<x@example.org> proto=ESMTP helo=<a.example>\n";

/** Waits until these webviews are open and no others: tabs are told of a little later. */
function webviews(...titles: readonly string[]): Promise<true> {
  return eventually(vscode.window.tabGroups.onDidChangeTabs, () => {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const open = tabs.filter(({ input }) => input instanceof vscode.TabInputWebview).map(({ label }) => label);
    return open.join() === titles.join() ? true : undefined;
  });
}

async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

suite("The Mail Flow view", () => {
  test("opens beside the file, once", async () => {
    const { uri } = await openAs("postfix-main", "mail/main.cf");
    await vscode.commands.executeCommand("postfixMailflow.trace");
    assert.ok(await webviews("Mail Flow: Trace"));
    await vscode.commands.executeCommand("postfixMailflow.trace", { uri: uri.toString() });
    assert.ok(await webviews("Mail Flow: Trace"));
    await closeEditors();
    assert.ok(await webviews());
  });

  test("takes the message from a line of the log", async () => {
    const main = await openAs("postfix-main", "mail/main.cf");
    await vscode.commands.executeCommand("postfixMailflow.trace", { uri: main.uri.toString() });
    const log = await vscode.workspace.openTextDocument({ content: LOG_LINE });
    await vscode.window.showTextDocument(log, vscode.ViewColumn.One);
    // The configuration that is shown is meant: nothing is asked.
    await vscode.commands.executeCommand("postfixMailflow.traceText");
    assert.ok(await webviews("Mail Flow: Trace"));
    await closeEditors();
  });
});
