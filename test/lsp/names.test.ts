import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyOutgoingCallsRequest,
  CallHierarchyPrepareRequest,
  CodeLensRequest,
  CodeLensResolveRequest,
  DefinitionRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  WorkspaceSymbolRequest,
  type CodeLens,
  type Location,
  type WorkspaceEdit,
  type WorkspaceEditClientCapabilities,
} from "vscode-languageserver/node";
import { Editor } from "./editor.ts";

const MAIN = `smtpd_restriction_classes = insiders
insiders = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access hash:/etc/postfix/people, permit
content_filter = scan:[127.0.0.1]:10024
`;
const MASTER = "scan unix - - n - - lmtp\nsmtp inet n - n - - smtpd -o smtpd_helo_restrictions=insiders\n";
const PEOPLE = "a@example.com insiders\n";

/** An editor with the three files, of which main.cf is open. */
async function start(options?: unknown, workspaceEdit: WorkspaceEditClientCapabilities = {}): Promise<Editor> {
  const editor = new Editor({ "main.cf": MAIN, "master.cf": MASTER, people: PEOPLE });
  const textDocument = { documentSymbol: { hierarchicalDocumentSymbolSupport: true } };
  await editor.start(options, { workspace: { workspaceEdit }, textDocument });
  await editor.open("main.cf", "postfix-main", MAIN);
  return editor;
}

function at(editor: Editor, text: string): { textDocument: { uri: string }; position: object } {
  return { textDocument: { uri: editor.uri("main.cf") }, position: editor.placeOf("main.cf", text) };
}

const LIMIT = { timeout: 20_000 };

suite("Names over stdio, in an editor that knows nothing of us", LIMIT, () => {
  let editor: Editor;
  before(async () => (editor = await start()));
  after(() => editor.stop());

  const ask = <Answer>(method: string, params: object): Promise<Answer> =>
    editor.connection.sendRequest(method, params);
  const shown = ({ uri, range: { start } }: Location): string =>
    `${uri.slice(uri.lastIndexOf("/") + 1)}:${start.line}:${start.character}`;

  test("definition of a service", async () => {
    const places = await ask<Location[]>(DefinitionRequest.method, at(editor, "scan"));
    assert.deepEqual(places.map(shown), ["master.cf:0:0"]);
  });

  test("references, in files that are not open, too", async () => {
    const params = { ...at(editor, "insiders = "), context: { includeDeclaration: false } };
    const places = await ask<Location[]>(ReferencesRequest.method, params);
    assert.deepEqual(places.map(shown), ["master.cf:1:53", "people:0:14"]);
    const all = { ...params, context: { includeDeclaration: true } };
    assert.equal((await ask<Location[]>(ReferencesRequest.method, all)).length, 4);
  });

  test("highlights", async () => {
    const found = await ask<{ kind: number }[]>(DocumentHighlightRequest.method, at(editor, "insiders = "));
    assert.deepEqual(
      found.map(({ kind }) => kind),
      [3, 3],
    );
  });

  test("rename of a class changes all files, and refuses with words", async () => {
    const prepared = await ask<{ placeholder: string }>(PrepareRenameRequest.method, at(editor, "insiders = "));
    assert.equal(prepared.placeholder, "insiders");
    const params = { ...at(editor, "insiders = "), newName: "locals" };
    const { changes = {} } = await ask<WorkspaceEdit>(RenameRequest.method, params);
    assert.deepEqual(
      ["main.cf", "master.cf", "people"].map((name) => changes[editor.uri(name)]?.map(({ newText }) => newText)),
      [["locals", "locals"], ["locals"], ["locals"]],
    );
    await assert.rejects(ask(RenameRequest.method, { ...params, newName: "reject" }), /is a restriction of Postfix/);
    await assert.rejects(ask(PrepareRenameRequest.method, at(editor, "content_filter")), /is a parameter of Postfix/);
    assert.equal(await ask(PrepareRenameRequest.method, at(editor, "permit\n")), null);
  });

  test("rename of a table, for an editor that renames no files, changes the references alone", async () => {
    const params = { ...at(editor, "people"), newName: "persons" };
    const edit = await ask<WorkspaceEdit>(RenameRequest.method, params);
    assert.deepEqual([Object.keys(edit), Object.keys(edit.changes ?? {})], [["changes"], [editor.uri("main.cf")]]);
  });

  test("outline and workspace symbols", async () => {
    const textDocument = { uri: editor.uri("main.cf") };
    const outline = await ask<{ name: string }[]>(DocumentSymbolRequest.method, { textDocument });
    assert.equal(outline.length, 4);
    const symbols = await ask<{ location: Location }[]>(WorkspaceSymbolRequest.method, { query: "people" });
    assert.deepEqual(
      symbols.map(({ location }) => shown(location)),
      ["people:0:0"],
    );
  });

  test("links", async () => {
    const textDocument = { uri: editor.uri("main.cf") };
    const links = await ask<{ target: string }[]>(DocumentLinkRequest.method, { textDocument });
    assert.deepEqual(
      links.map(({ target }) => target),
      [editor.uri("people")],
    );
  });

  test("code lenses have words, but no commands", async () => {
    assert.deepEqual(await lenses(editor), [
      ["2 restrictions", ""],
      ["Used by smtpd_helo_restrictions, 1 entry of people", ""],
      ["closed to strangers", ""],
    ]);
  });

  test("call hierarchy from a class upward and from a list downward", async () => {
    const [item] = await ask<object[]>(CallHierarchyPrepareRequest.method, at(editor, "insiders = "));
    const incoming = await ask<{ from: { name: string } }[]>(CallHierarchyIncomingCallsRequest.method, { item });
    assert.deepEqual(
      incoming.map(({ from }) => from.name),
      ["smtpd_helo_restrictions", "people"],
    );
    const [list] = await ask<object[]>(CallHierarchyPrepareRequest.method, at(editor, "smtpd_recipient"));
    const outgoing = await ask<{ to: { uri: string } }[]>(CallHierarchyOutgoingCallsRequest.method, { item: list });
    assert.deepEqual(
      outgoing.map(({ to }) => to.uri),
      [editor.uri("people")],
    );
  });
});

/** The title and the command of each lens of main.cf. */
async function lenses(editor: Editor): Promise<unknown[]> {
  const textDocument = { uri: editor.uri("main.cf") };
  const found = await editor.connection.sendRequest<CodeLens[]>(CodeLensRequest.method, { textDocument });
  const resolved = await Promise.all(
    found.map((lens) => editor.connection.sendRequest<CodeLens>(CodeLensResolveRequest.method, lens)),
  );
  return resolved.map(({ command }) => [command?.title, command?.command]);
}

test("an editor that has our commands and renames files gets both", LIMIT, async () => {
  const editor = await start(
    { commands: ["postfixMailflow.trace", "postfixMailflow.showReferences"] },
    { documentChanges: true, resourceOperations: ["rename"] },
  );
  assert.deepEqual(await lenses(editor), [
    ["2 restrictions", ""],
    ["Used by smtpd_helo_restrictions, 1 entry of people", "postfixMailflow.showReferences"],
    ["closed to strangers", ""],
    ["Trace a message", "postfixMailflow.trace"],
    ["Trace a message", "postfixMailflow.trace"],
  ]);
  const params = { ...at(editor, "people"), newName: "persons" };
  const { documentChanges = [] } = await editor.connection.sendRequest<WorkspaceEdit>(RenameRequest.method, params);
  assert.deepEqual(documentChanges.at(-1), {
    kind: "rename",
    oldUri: editor.uri("people"),
    newUri: editor.uri("persons"),
  });
  assert.equal(await editor.stop(), 0);
});
