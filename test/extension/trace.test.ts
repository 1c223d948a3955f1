import assert from "node:assert/strict";
import { suite, test } from "mocha";
import * as vscode from "vscode";
import { openAs } from "./editor.ts";

suite("A trace", () => {
  test("is a document with links to the lines that were asked", async () => {
    const { uri } = await openAs("postfix-main", "mail/main.cf");
    const message = { client_address: "203.0.113.8", sender: "x@a.example", recipients: ["y@b.example"] };
    const query = JSON.stringify({ uri: uri.toString(), message });
    const trace = vscode.Uri.from({ scheme: "postfix-mailflow-trace", path: "/a.trace", query });
    const document = await vscode.workspace.openTextDocument(trace);
    assert.match(document.getText(), /RCPT TO:<y@b\.example>/);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", trace);
    const targets = links.map(({ target }) => target?.with({ fragment: "" }).toString());
    assert.ok(targets.includes(uri.toString()), `links to ${targets.join(", ")}`);
  });
});
