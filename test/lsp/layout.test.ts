import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import {
  CodeActionRequest,
  DiagnosticRefreshRequest,
  DocumentDiagnosticRequest,
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  FoldingRangeRequest,
  InlayHintRequest,
  InlayHintResolveRequest,
  SelectionRangeRequest,
  SemanticTokensDeltaRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  WorkspaceDiagnosticRequest,
} from "vscode-languageserver/node";
import { Editor } from "./editor.ts";

const LIMIT = { timeout: 60_000 };
const OPTIONS = { tabSize: 4, insertSpaces: true };
const MAIN = "mynetworks=::1,\n 127.0.0.1\nsmtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n";

suite("Layout over the protocol", LIMIT, () => {
  let editor: Editor;
  const textDocument = (): { uri: string } => ({ uri: editor.uri("main.cf") });
  const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

  before(async () => {
    editor = new Editor({});
    await editor.start({ inlayHints: { references: false } });
    await editor.open("main.cf", "postfix-main", MAIN);
  });

  after(async () => {
    assert.equal(await editor.stop(), 0);
  });

  test("formatting of a file, a range, and while typing", async () => {
    const { connection } = editor;
    const edits = await connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: textDocument(),
      options: OPTIONS,
    });
    assert.deepEqual(
      edits?.map(({ newText }) => newText),
      [" = ", "    "],
    );
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } };
    const some = await connection.sendRequest(DocumentRangeFormattingRequest.type, {
      textDocument: textDocument(),
      range,
      options: OPTIONS,
    });
    assert.deepEqual(
      some?.map(({ newText }) => newText),
      ["    "],
    );
    const typed = await connection.sendRequest(DocumentOnTypeFormattingRequest.type, {
      textDocument: textDocument(),
      position: { line: 1, character: 0 },
      ch: "\n",
      options: OPTIONS,
    });
    assert.deepEqual(
      typed?.map(({ newText }) => newText),
      [" = ", "    "],
    );
  });

  test("folding and selection", async () => {
    const { connection } = editor;
    const folds = await connection.sendRequest(FoldingRangeRequest.type, { textDocument: textDocument() });
    assert.deepEqual(folds, [{ startLine: 0, endLine: 1 }]);
    const positions = [{ line: 2, character: 30 }];
    const selections = await connection.sendRequest(SelectionRangeRequest.type, {
      textDocument: textDocument(),
      positions,
    });
    assert.deepEqual(selections?.[0]?.range, { start: { line: 2, character: 27 }, end: { line: 2, character: 44 } });
  });

  test("semantic tokens, the difference after a change, and those of a range", async () => {
    const { connection } = editor;
    const full = await connection.sendRequest(SemanticTokensRequest.type, { textDocument: textDocument() });
    assert.ok(full?.resultId !== undefined && full.data.length === 6 * 5);
    await editor.type("main.cf", "permit_mynetworks, ", "");
    const delta = await connection.sendRequest(SemanticTokensDeltaRequest.type, {
      textDocument: textDocument(),
      previousResultId: full.resultId,
    });
    assert.ok(delta && "edits" in delta && delta.edits.length === 1);
    const [{ start, deleteCount, data = [] } = { start: 0, deleteCount: 0 }] = delta.edits;
    const now = await connection.sendRequest(SemanticTokensRequest.type, { textDocument: textDocument() });
    assert.deepEqual(full.data.toSpliced(start, deleteCount, ...data), now?.data);
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } };
    const some = await connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument: textDocument(), range });
    assert.equal(some?.data.length, 5);
    await editor.type("main.cf", "= reject_unauth", "= permit_mynetworks, reject_unauth");
  });

  test("inlay hints as the settings want them, and their tooltips", async () => {
    const { connection } = editor;
    await editor.type("main.cf", "mynetworks=", "smtpd_timeout = 5\nmyorigin = $mydomain\nmynetworks=");
    const hints = await connection.sendRequest(InlayHintRequest.type, { textDocument: textDocument(), range: whole });
    assert.deepEqual(
      hints?.map(({ label }) => label),
      ["seconds"],
    );
    const hint = hints[0];
    assert.ok(hint);
    const { tooltip } = await connection.sendRequest(InlayHintResolveRequest.type, hint);
    assert.match(JSON.stringify(tooltip), /`smtpd_timeout` is in seconds/);
  });

  test("everything is fixed at once", async () => {
    await editor.type("main.cf", "smtpd_timeout = 5", "mydestination = a # my own\nmydomain = b # as well");
    const actions = await editor.connection.sendRequest(CodeActionRequest.type, {
      textDocument: textDocument(),
      range: whole,
      context: { diagnostics: [], only: ["source.fixAll.postfixMailflow"] },
    });
    assert.deepEqual(
      actions?.map(({ title }) => title),
      ["Fix all that can be fixed"],
    );
  });
});

test("an editor that asks for findings gets them no other way", LIMIT, async () => {
  const editor = new Editor({ clients: "192.0.2.1 no_such_class\n" });
  let refreshes = 0;
  let refreshed = (): void => undefined;
  editor.connection.onRequest(DiagnosticRefreshRequest.type, () => {
    refreshes++;
    refreshed();
  });
  const nextRefresh = (): Promise<void> => new Promise((resolve) => (refreshed = resolve));
  await editor.start(undefined, {
    textDocument: { diagnostic: {} },
    workspace: { diagnostics: { refreshSupport: true } },
  });
  const first = nextRefresh();
  const text = "smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients, reject\n";
  await editor.open(
    "main.cf",
    "postfix-main",
    `compatibility_level = 3.6\n${text}smtpd_relay_restrictions = mine, reject_unauth_destination\n`,
  );
  const textDocument = { uri: editor.uri("main.cf") };
  const ask = (previousResultId?: string): Promise<unknown> =>
    editor.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument,
      ...(previousResultId !== undefined && { previousResultId }),
    });
  const report = (await ask()) as { kind: string; resultId: string; items: { code: string }[] };
  assert.deepEqual([report.kind, report.items.map(({ code }) => code)], ["full", ["undefined-class"]]);
  assert.deepEqual(await ask(report.resultId), { kind: "unchanged", resultId: report.resultId });

  await first; // the table has a finding that nobody has asked for
  const all = await editor.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
  const found = all.items.map((item) => [item.uri, item.kind === "full" && item.items.map(({ code }) => code)]);
  assert.deepEqual(new Map(found as [string, unknown][]).get(editor.uri("clients")), ["undefined-class"]);

  const second = nextRefresh();
  await editor.type("main.cf", "mine, ", "");
  await second;
  const again = (await ask(report.resultId)) as { items: unknown[] };
  assert.deepEqual(again.items, []);
  assert.equal(refreshes, 2);
  assert.equal(editor.published, 0);
  assert.equal(await editor.stop(), 0);
});
