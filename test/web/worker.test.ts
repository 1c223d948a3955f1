// What is true in a browser alone; all else is in test/extension, whose suites run in the browser, too.
import assert from "node:assert/strict";
import { suite, test } from "mocha";
import * as vscode from "vscode";
import { extension } from "../extension/editor.ts";

suite("In a browser", () => {
  test("the extension runs in a worker that is no Node", () => {
    assert.equal(vscode.env.uiKind, vscode.UIKind.Web);
    assert.equal(extension().extensionUri.scheme, "http");
    assert.equal("process" in globalThis && "versions" in process && "node" in process.versions, false);
  });
});
