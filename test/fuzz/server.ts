import assert from "node:assert/strict";
import fc from "fast-check";
import { LogMessageNotification, MessageType, type ServerCapabilities } from "vscode-languageserver/node";
import { Editor } from "../lsp/editor.ts";
import { mainCfTexts, masterCfTexts, randomTexts, tableTexts } from "./randomTexts.ts";

const FILES = [
  ["main.cf", "postfix-main", mainCfTexts],
  ["master.cf", "postfix-master", masterCfTexts],
  ["access", "postfix-table", tableTexts],
] as const;

const step = fc.oneof(
  fc.record({
    kind: fc.constant("edit" as const),
    file: fc.nat(FILES.length - 1),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(20),
    text: randomTexts,
  }),
  fc.record({
    kind: fc.constant("request" as const),
    file: fc.nat(FILES.length - 1),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    method: fc.nat(),
  }),
);

const sequences = fc.record({
  files: fc.tuple(...FILES.map(([, , texts]) => texts)),
  steps: fc.array(step, { minLength: 5, maxLength: 30 }),
});

/** Types and asks at random, in `count` directories one after the other. No answer is an error, none is missing. */
export async function checkServer(count: number, seed: number): Promise<void> {
  for (const [index, { files, steps }] of fc.sample(sequences, { numRuns: count, seed }).entries()) {
    await checkSequence(files, steps, `directory ${index} of seed ${seed}`);
  }
}

type Step = ReturnType<typeof step.generate>["value"];

async function checkSequence(texts: readonly string[], steps: readonly Step[], what: string): Promise<void> {
  const editor = new Editor({});
  const errors: string[] = [];
  editor.connection.onNotification(LogMessageNotification.type, ({ type, message }) => {
    if (type === MessageType.Error) errors.push(message);
  });
  const capabilities = await editor.start();
  const requests = requestsFor(capabilities);
  const current = [...texts];
  for (const [index, [name, language]] of FILES.entries()) await editor.open(name, language, current[index] ?? "");
  const answers: Promise<unknown>[] = [];
  for (const one of steps) {
    const [name] = FILES[one.file] ?? FILES[0];
    const text = current[one.file] ?? "";
    const start = Math.floor(one.at * text.length);
    if (one.kind === "edit") {
      const after = text.slice(0, start) + one.text + text.slice(start + one.length);
      current[one.file] = after;
      await editor.replace(name, { start, end: Math.min(text.length, start + one.length) }, one.text);
    } else {
      const [method, params] = requests[one.method % requests.length] ?? ["textDocument/hover", {}];
      const position = editor.positionOf(name, start);
      const place = { textDocument: { uri: editor.uri(name) }, position, range: { start: position, end: position } };
      const answer = editor.connection.sendRequest(method, { ...place, positions: [position], ...params });
      answers.push(MAY_REFUSE.has(method) ? answer.catch(() => undefined) : answer);
    }
  }
  await Promise.all(answers);
  assert.equal(await editor.stop(), 0, what);
  assert.deepEqual(errors, [], what);
}

/** A rename that would break something is answered with the reason, as an error. */
const MAY_REFUSE: ReadonlySet<string> = new Set(["textDocument/prepareRename", "textDocument/rename"]);

const OPTIONS = { options: { tabSize: 4, insertSpaces: true } };

/** What a server that announces a capability can be asked, with what the request needs beside a place. */
const REQUESTS: Readonly<Record<string, readonly (readonly [string, object])[]>> = {
  hoverProvider: [["textDocument/hover", {}]],
  definitionProvider: [["textDocument/definition", {}]],
  completionProvider: [["textDocument/completion", {}]],
  signatureHelpProvider: [["textDocument/signatureHelp", {}]],
  referencesProvider: [["textDocument/references", { context: { includeDeclaration: true } }]],
  renameProvider: [
    ["textDocument/prepareRename", {}],
    ["textDocument/rename", { newName: "renamed" }],
  ],
  documentHighlightProvider: [["textDocument/documentHighlight", {}]],
  documentSymbolProvider: [["textDocument/documentSymbol", {}]],
  workspaceSymbolProvider: [["workspace/symbol", { query: "a" }]],
  documentLinkProvider: [["textDocument/documentLink", {}]],
  codeLensProvider: [["textDocument/codeLens", {}]],
  callHierarchyProvider: [["textDocument/prepareCallHierarchy", {}]],
  codeActionProvider: [["textDocument/codeAction", { context: { diagnostics: [] } }]],
  documentFormattingProvider: [["textDocument/formatting", OPTIONS]],
  documentRangeFormattingProvider: [["textDocument/rangeFormatting", OPTIONS]],
  documentOnTypeFormattingProvider: [["textDocument/onTypeFormatting", { ...OPTIONS, ch: "\n" }]],
  foldingRangeProvider: [["textDocument/foldingRange", {}]],
  selectionRangeProvider: [["textDocument/selectionRange", {}]],
  inlayHintProvider: [["textDocument/inlayHint", {}]],
  semanticTokensProvider: [
    ["textDocument/semanticTokens/full", {}],
    ["textDocument/semanticTokens/full/delta", { previousResultId: "1" }],
    ["textDocument/semanticTokens/range", {}],
  ],
};

function requestsFor(capabilities: ServerCapabilities): readonly (readonly [string, object])[] {
  const known = Object.entries(REQUESTS).filter(([name]) => name in capabilities);
  return known.flatMap(([, requests]) => requests);
}
