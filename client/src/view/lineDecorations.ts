import {
  MarkdownString,
  Range,
  ThemeColor,
  Uri,
  window,
  type DecorationOptions,
  type DecorationRenderOptions,
  type Disposable,
  type TextEditor,
  type TextEditorDecorationType,
} from "vscode";
import type { TraceResult } from "../../../server/src/lsp/protocol.ts";
import { lineMarks, type LineMark, type MarkKind } from "./lineMarks.ts";

/** Shows in all open files which lines a message has met, with each outcome at the end of its line. */
export class LineDecorations implements Disposable {
  readonly #types: Readonly<Record<MarkKind, TextEditorDecorationType>>;
  readonly #opened: Disposable;
  /** The marks of each file, by its URI. */
  #marks: ReadonlyMap<string, readonly LineMark[]> = new Map();

  constructor() {
    const type = (style: DecorationRenderOptions): TextEditorDecorationType =>
      window.createTextEditorDecorationType({ isWholeLine: true, ...style });
    this.#types = {
      decided: type({
        backgroundColor: new ThemeColor("diffEditor.removedLineBackground"),
        overviewRulerColor: new ThemeColor("errorForeground"),
        gutterIconSize: "contain",
        light: { gutterIconPath: pointer("#a1260d") },
        dark: { gutterIconPath: pointer("#f48771") },
      }),
      permitted: type({ backgroundColor: new ThemeColor("diffEditor.insertedLineBackground") }),
      passed: type({}),
      unreached: type({ opacity: "0.6" }),
    };
    this.#opened = window.onDidChangeVisibleTextEditors((editors) => {
      editors.forEach((editor) => {
        this.#decorate(editor);
      });
    });
  }

  /** Shows the marks of this trace; undefined: of none. */
  show(trace: TraceResult | undefined): void {
    const marks = lineMarks(trace?.json?.trace?.steps ?? []);
    this.#marks = new Map(
      [...marks].flatMap(([file, lines]) => {
        const uri = trace?.files[file];
        return uri === undefined ? [] : [[Uri.parse(uri).toString(), lines]];
      }),
    );
    for (const editor of window.visibleTextEditors) this.#decorate(editor);
  }

  dispose(): void {
    this.#opened.dispose();
    for (const type of Object.values(this.#types)) type.dispose();
  }

  #decorate(editor: TextEditor): void {
    const marks = this.#marks.get(editor.document.uri.toString()) ?? [];
    for (const [kind, type] of Object.entries(this.#types)) {
      editor.setDecorations(type, marks.filter((mark) => mark.kind === kind).map(optionsOf));
    }
  }
}

/** A sign before the line: the one behind it may be out of sight. No colour of a theme reaches a picture. */
function pointer(color: string): Uri {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="${color}" d="M5 3v10l7-5z"/></svg>`;
  return Uri.parse(`data:image/svg+xml,${encodeURIComponent(svg)}`);
}

/** Colours alone do not tell: each kind has a sign. */
const SIGNS: Readonly<Record<MarkKind, string>> = { decided: "◀ ", permitted: "✓ ", passed: "→ ", unreached: "" };

function optionsOf({ line, kind, text, details }: LineMark): DecorationOptions {
  const hover = new MarkdownString();
  details.forEach((detail) => hover.appendText(detail).appendMarkdown("\n\n"));
  return {
    range: new Range(line, 0, line, Number.MAX_SAFE_INTEGER),
    ...(details.length > 0 && { hoverMessage: hover }),
    renderOptions: {
      after: {
        contentText: `${SIGNS[kind]}${text}`,
        color: new ThemeColor(kind === "decided" ? "errorForeground" : "descriptionForeground"),
        margin: "0 0 0 3ch",
        fontStyle: "italic",
      },
    },
  };
}
