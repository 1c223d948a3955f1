import assert from "node:assert/strict";
import type {
  CallHierarchyItem,
  CodeLens,
  CompletionList,
  DocumentSymbol,
  Location,
  Position,
  Range,
  SelectionRange,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver/node";
import { lineIndex, positionAt } from "../../server/src/text/lineIndex.ts";
import type { Editor } from "./editor.ts";

/** A file that is open in the editor. */
export interface Opened {
  readonly name: string;
  readonly text: string;
}

/** The lines of the open files. */
type Files = ReadonlyMap<string, readonly string[]>;

/** The places to ask about: where words begin, in them and behind them; at most `most`, spread over the file. */
export function placesIn(text: string, most: number): readonly Position[] {
  const index = lineIndex(text);
  const words = [...text.matchAll(/[^\s,{}()=]+/g)].flatMap(({ index: start, 0: { length } }) => [
    start,
    start + (length >> 1),
    start + length,
  ]);
  const step = Math.max(1, words.length / most);
  const chosen = Array.from({ length: Math.min(most, words.length) }, (_, at) => words[Math.floor(at * step)] ?? 0);
  return [...new Set([0, ...chosen, text.length])].map((offset) => positionAt(index, offset));
}

/** Asks everything about a file and its places; answers how many answers said something. */
export async function walk(editor: Editor, opened: readonly Opened[], file: Opened, most: number): Promise<number> {
  const files = new Map(opened.map(({ name, text }) => [editor.uri(name), text.split("\n")]));
  const asker = new Asker(editor, files, file);
  await asker.wholeFile();
  for (const position of placesIn(file.text, most)) await asker.place(position);
  return asker.said;
}

class Asker {
  said = 0;
  readonly #editor: Editor;
  readonly #files: Files;
  readonly #document: { readonly uri: string };
  readonly #whole: Range;

  constructor(editor: Editor, files: Files, { name, text }: Opened) {
    this.#editor = editor;
    this.#files = files;
    this.#document = { uri: editor.uri(name) };
    this.#whole = { start: { line: 0, character: 0 }, end: positionAt(lineIndex(text), text.length) };
  }

  async wholeFile(): Promise<void> {
    this.#edits(await this.#list<TextEdit>("formatting", { options: OPTIONS }));
    this.#symbols(await this.#list<DocumentSymbol>("documentSymbol"), this.#whole);
    for (const { range } of await this.#list<{ range: Range }>("documentLink")) this.#range(range);
    for (const { position } of await this.#list<{ position: Position }>("inlayHint", { range: this.#whole })) {
      this.#range({ start: position, end: position });
    }
    const tokens = await this.#ask<{ data: number[] }>("semanticTokens/full");
    this.#tokens(tokens?.data ?? []);
    for (const { startLine, endLine } of await this.#list<{ startLine: number; endLine: number }>("foldingRange")) {
      assert.ok(startLine < endLine && endLine <= this.#whole.end.line, `fold ${startLine} to ${endLine}`);
    }
    for (const lens of await this.#list<CodeLens>("codeLens")) {
      this.#range(lens.range);
      const resolved = await this.#editor.connection.sendRequest<CodeLens>("codeLens/resolve", lens);
      assert.ok(resolved.command?.title, "a lens without a title");
    }
  }

  async place(position: Position): Promise<void> {
    await this.#hover(position);
    await this.#names(position);
    const [selection] = await this.#list<SelectionRange>("selectionRange", { positions: [position] });
    this.#selection(selection, position);
    await this.#completion(position);
    await this.#calls(position);
    await this.#rename(position);
    await this.#actions(position);
    this.#edits(await this.#list<TextEdit>("onTypeFormatting", { position, ch: "\n", options: OPTIONS }));
  }

  async #hover(position: Position): Promise<void> {
    const hover = await this.#ask<{ contents: { value: string }; range?: Range }>("hover", { position });
    if (hover) assert.ok(hover.contents.value.trim(), "an empty hover");
    if (hover?.range) this.#around(hover.range, position);
    const help = await this.#ask<{ signatures: { label: string }[] }>("signatureHelp", { position });
    if (help) assert.ok(help.signatures.every(({ label }) => label));
  }

  async #names(position: Position): Promise<void> {
    const definition = await this.#ask<Location[] | Location>("definition", { position });
    const context = { includeDeclaration: true };
    const references = await this.#list<Location>("references", { position, context });
    for (const { uri, range } of [definition ?? [], references].flat()) this.#range(range, uri);
    const highlights = await this.#list<{ range: Range }>("documentHighlight", { position });
    for (const { range } of highlights) this.#range(range);
    if (references.length > 0) assert.ok(highlights.length > 0, "references without a highlight");
  }

  async #actions(position: Position): Promise<void> {
    const range = { start: position, end: position };
    const context = { diagnostics: [] };
    for (const { title, edit } of await this.#list<{ title: string; edit?: WorkspaceEdit }>("codeAction", {
      range,
      context,
    })) {
      assert.ok(title);
      this.#workspaceEdit(edit);
    }
  }

  async #completion(position: Position): Promise<void> {
    const list = await this.#ask<CompletionList>("completion", { position });
    for (const { label, textEdit, additionalTextEdits } of list?.items ?? []) {
      assert.ok(label, "a completion without a label");
      if (!textEdit) continue;
      const ranges = "range" in textEdit ? [textEdit.range] : [textEdit.insert, textEdit.replace];
      for (const range of ranges) {
        this.#around(range, position);
        assert.equal(range.start.line, range.end.line);
      }
      this.#edits(additionalTextEdits ?? []);
    }
  }

  async #calls(position: Position): Promise<void> {
    const items = await this.#ask<CallHierarchyItem[]>("prepareCallHierarchy", { position });
    for (const item of items ?? []) {
      this.#range(item.range, item.uri);
      for (const [method, end] of [
        ["incomingCalls", "from"],
        ["outgoingCalls", "to"],
      ] as const) {
        type Calls = Record<string, CallHierarchyItem>[] | null;
        const calls = await this.#editor.connection.sendRequest<Calls>(`callHierarchy/${method}`, { item });
        for (const { [end]: other } of calls ?? []) if (other) this.#range(other.range, other.uri);
      }
    }
  }

  /** What can be renamed is renamed; a refusal comes as an error with a reason. */
  async #rename(position: Position): Promise<void> {
    const at = { textDocument: this.#document, position };
    const target = await this.#editor.connection
      .sendRequest<{ range: Range; placeholder: string } | null>("textDocument/prepareRename", at)
      .catch((error: unknown) => {
        assert.match(String(error), /\w+ \w+/);
        return null;
      });
    if (!target) return;
    // Of `type:path` the last part is renamed, wherever the cursor is in it. VS Code wants it on the same line.
    this.#range(target.range);
    assert.ok(target.range.start.line <= position.line && position.line <= target.range.end.line);
    const edit = await this.#editor.connection
      .sendRequest<WorkspaceEdit | null>("textDocument/rename", { ...at, newName: `${target.placeholder}_2` })
      .catch(() => null);
    this.#workspaceEdit(edit ?? undefined);
  }

  async #ask<Answer>(method: string, params: object = {}): Promise<Answer | null> {
    const all = { textDocument: this.#document, ...params };
    const answer = await this.#editor.connection.sendRequest<Answer | null>(`textDocument/${method}`, all);
    if (answer !== null && !(Array.isArray(answer) && answer.length === 0)) this.said += 1;
    return answer;
  }

  async #list<Item>(method: string, params: object = {}): Promise<readonly Item[]> {
    return (await this.#ask<Item[]>(method, params)) ?? [];
  }

  #range({ start, end }: Range, uri = this.#document.uri): void {
    const lines = this.#files.get(uri);
    assert.ok(before(start, end), `${JSON.stringify(start)} is behind ${JSON.stringify(end)}`);
    if (!lines) return;
    for (const { line, character } of [start, end]) {
      const text = lines[line];
      assert.ok(text !== undefined, `${uri} has no line ${line}`);
      assert.ok(character <= text.length, `${uri} has no character ${character} in line ${line}`);
    }
  }

  #around(range: Range, position: Position): void {
    this.#range(range);
    assert.ok(
      before(range.start, position) && before(position, range.end),
      `${text(range)} is not at ${text({ start: position, end: position })}`,
    );
  }

  #selection(selection: SelectionRange | undefined, position: Position): void {
    let inner: Range = { start: position, end: position };
    for (let one = selection; one; one = one.parent) {
      this.#range(one.range);
      assert.ok(
        before(one.range.start, inner.start) && before(inner.end, one.range.end),
        `${text(one.range)} does not hold ${text(inner)}`,
      );
      inner = one.range;
    }
  }

  #symbols(symbols: readonly DocumentSymbol[], within: Range): void {
    for (const { name, range, selectionRange, children } of symbols) {
      assert.ok(name.trim(), "a symbol without a name");
      this.#range(range);
      assert.ok(before(range.start, selectionRange.start) && before(selectionRange.end, range.end), name);
      assert.ok(before(within.start, range.start) && before(range.end, within.end), name);
      this.#symbols(children ?? [], range);
    }
  }

  #tokens(data: readonly number[]): void {
    assert.equal(data.length % 5, 0);
    let [line, character, end] = [0, 0, 0];
    for (let at = 0; at < data.length; at += 5) {
      const [down = 0, right = 0, length = 0] = data.slice(at, at + 3);
      line += down;
      character = down > 0 ? right : character + right;
      assert.ok(length > 0 && (down > 0 || at === 0 || character >= end), "a token over another");
      end = character + length;
      this.#range({ start: { line, character }, end: { line, character: end } });
    }
  }

  #workspaceEdit(edit: WorkspaceEdit | undefined): void {
    for (const [uri, edits] of Object.entries(edit?.changes ?? {})) this.#edits(edits, uri);
  }

  /** Inside the document, and none over another. */
  #edits(edits: readonly TextEdit[], uri = this.#document.uri): void {
    const sorted = [...edits].sort((a, b) => compare(a.range.start, b.range.start));
    for (const [at, { range }] of sorted.entries()) {
      this.#range(range, uri);
      const next = sorted[at + 1];
      if (next) assert.ok(before(range.end, next.range.start), "an edit over another");
    }
  }
}

const OPTIONS = { tabSize: 4, insertSpaces: true };

function text({ start, end }: Range): string {
  return `${start.line}:${start.character}-${end.line}:${end.character}`;
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

function before(a: Position, b: Position): boolean {
  return compare(a, b) <= 0;
}
