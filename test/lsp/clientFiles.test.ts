// Workspaces that are on no disk: the editor reads the files for the server.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import {
  DefinitionRequest,
  DidOpenTextDocumentNotification,
  DocumentSymbolRequest,
  type DocumentSymbol,
  type Location,
} from "vscode-languageserver/node";
import type { FileContent } from "../../server/src/config/files.ts";
import { LIST_DIRECTORY, READ_FILE, type FileParams } from "../../server/src/lsp/protocol.ts";
import { Editor } from "./editor.ts";

const DIRECTORY = "memfs://laptop/postfix";
const MAIN = "content_filter = scan:[127.0.0.1]:10024\n";
const FILES: Readonly<Record<string, string>> = { "main.cf": MAIN, "master.cf": "scan unix - - n - - lmtp\n" };

suite("Files of an editor", { timeout: 20_000 }, () => {
  test("the server asks the editor for files that are on no disk", async () => {
    const editor = new Editor({});
    const asked: string[] = [];
    editor.connection.onRequest<FileContent, unknown>(READ_FILE, ({ directory, name }: FileParams) => {
      asked.push(`${directory}/${name}`);
      const text = FILES[name];
      return text === undefined ? { kind: "missing" } : { kind: "text", text };
    });
    editor.connection.onRequest(LIST_DIRECTORY, () => Object.keys(FILES));
    await editor.start();
    assert.deepEqual(await definitionOfScan(editor), [`${DIRECTORY}/master.cf`]);
    assert.ok(asked.includes(`${DIRECTORY}/master.cf`));
    assert.ok(asked.every((file) => file.startsWith(`${DIRECTORY}/`)));
    assert.equal(await editor.stop(), 0);
  });

  test("an editor that reads no files for the server has none there", async () => {
    const editor = new Editor({});
    await editor.start();
    assert.deepEqual(await definitionOfScan(editor), []);
    assert.equal(await editor.stop(), 0);
  });

  test("nor has one that answers null", async () => {
    const editor = new Editor({});
    for (const request of [READ_FILE, LIST_DIRECTORY]) editor.connection.onRequest(request, () => null);
    await editor.start();
    assert.deepEqual(await definitionOfScan(editor), []);
    const document = { textDocument: { uri: `${DIRECTORY}/main.cf` } };
    const symbols = await editor.connection.sendRequest<DocumentSymbol[] | null>(
      DocumentSymbolRequest.method,
      document,
    );
    assert.deepEqual(
      symbols?.map(({ name }) => name),
      ["content_filter"],
    );
    assert.equal(await editor.stop(), 0);
  });
});

async function definitionOfScan({ connection }: Editor): Promise<readonly string[]> {
  const uri = `${DIRECTORY}/main.cf`;
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: "postfix-main", version: 1, text: MAIN },
  });
  const position = { line: 0, character: MAIN.indexOf("scan") };
  const places = await connection.sendRequest<Location[] | null>(DefinitionRequest.method, {
    textDocument: { uri },
    position,
  });
  return (places ?? []).map((place) => place.uri);
}
