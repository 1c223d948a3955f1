import assert from "node:assert/strict";
import { suite, test } from "mocha";
import * as vscode from "vscode";
import { openAs } from "./editor.ts";

suite("The debugger", () => {
  test("walks a message through the configuration of the open file", async () => {
    const document = await openAs("postfix-main", "mail/main.cf");
    const stopped = new Promise<vscode.DebugStackFrame>((resolve) => {
      const subscription = vscode.debug.onDidChangeActiveStackItem((item) => {
        if (!(item instanceof vscode.DebugStackFrame)) return;
        subscription.dispose();
        resolve(item);
      });
    });
    const message = {
      client_address: "203.0.113.8",
      helo: "a.example",
      sender: "x@a.example",
      recipients: ["y@b.example"],
    };
    const configuration = { type: "postfix-mailflow", request: "launch", name: "test", message };
    assert.equal(await vscode.debug.startDebugging(undefined, configuration), true);
    const { session } = await stopped;
    const { stackFrames } = (await session.customRequest("stackTrace", { threadId: 1 })) as {
      readonly stackFrames: readonly { readonly name: string; readonly source?: { readonly path: string } }[];
    };
    assert.match(stackFrames[0]?.name ?? "", /^RCPT TO:<y@b.example>/);
    // A remote host names it by a URI.
    assert.ok(stackFrames[0]?.source?.path.endsWith(document.uri.path));
    await vscode.debug.stopDebugging(session);
  });
});
