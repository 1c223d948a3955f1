// Inside a real VS Code only the wiring is tested: that each feature is connected, not what it knows.
import assert from "node:assert/strict";
import { suite, test } from "mocha";
import * as vscode from "vscode";
import { codeOf, current, diagnosticsWith, extension, open, openAs, placeOf } from "./editor.ts";

suite("In the editor", () => {
  test("the extension is active in a folder with a main.cf", async () => {
    await openAs("postfix-main", "mail/main.cf");
    // VS Code activates it because of the file; this waits for the end of that, and shows its error if it has one.
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  test("a finding arrives", async () => {
    const document = await openAs("postfix-main", "mail/main.cf");
    const found = await diagnosticsWith("undefined-class", document.uri);
    const finding = found.find((diagnostic) => codeOf(diagnostic) === "undefined-class");
    assert.equal(finding?.source, "postfix-mailflow");
    assert.equal(document.getText(finding.range), "undeclared");
  });

  test("a restriction shows what it does", async () => {
    const document = await openAs("postfix-main", "mail/main.cf");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      placeOf("permit_mynetworks", document),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((part) => (part instanceof vscode.MarkdownString ? part.value : ""));
    assert.match(text.join("\n"), /mynetworks/);
  });

  test("a class in an access table leads to its definition in main.cf", async () => {
    const main = await openAs("postfix-main", "mail/main.cf");
    await diagnosticsWith("undefined-class", main.uri); // now the tables that main.cf names are known
    const table = await openAs("postfix-table", "mail/recipient_access");
    const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      "vscode.executeDefinitionProvider",
      table.uri,
      placeOf("greylisted", table),
    );
    const files = places.map((place) => ("targetUri" in place ? place.targetUri : place.uri).toString());
    assert.ok(files.includes(main.uri.toString()), `found ${files.join(", ") || "nothing"}`);
  });

  test("a main.cf that is not Postfix's is left alone", async () => {
    const other = await open("other/main.cf");
    const later = await openAs("postfix-main", "later/main.cf");
    await diagnosticsWith("undefined-class", later.uri); // by now there has been time for both
    assert.doesNotMatch(current(other.uri).languageId, /^postfix/);
    assert.deepEqual(vscode.languages.getDiagnostics(other.uri), []);
  });
});
