import { spawnSync } from "node:child_process";
import { editorFiles } from "./editorFiles.ts";
import type { EditorAnswer, EditorQuestion } from "./editorWork.ts";
import type { Cell, Table } from "./table.ts";

type Situation = Pick<EditorQuestion, "lines" | "edited" | "open">;

const SITUATIONS: readonly Situation[] = [
  ...[1_000, 10_000, 100_000].map((lines) => ({ lines, edited: "main.cf", open: true }) as const),
  { lines: 1_000_000, edited: "main.cf", open: false },
  ...[1_000, 10_000, 100_000, 1_000_000].map((lines) => ({ lines, edited: "table", open: true }) as const),
];

/** From an edit to its diagnostics, beside the JSON language service of VS Code with a file of as many bytes. */
export function editorSpeed(): Table {
  const rows: Cell[][] = [];
  for (const situation of SITUATIONS) {
    const { mainCf, table } = editorFiles(situation.lines);
    const bytes = situation.edited === "table" ? table.length : mainCf.length + table.length;
    const ours = answerTo({ ...situation, bytes, who: "we" });
    const json = answerTo({ ...situation, bytes, who: "json" });
    const name = `${situation.edited}, table of ${situation.lines.toLocaleString("en")} lines ${situation.open ? "open" : "on disk"}`;
    rows.push([name, bytes / 1e6, ...cells(ours)], ["  JSON", bytes / 1e6, ...cells(json)], ratios(ours, json));
  }
  return {
    title:
      "An edit in a main.cf of 2,000 lines or in its table, to the diagnostics of all files; each in a new process",
    columns: ["", "MB", "first ms", "edit ms", "hover ms", "heap MB", "resident MB", "peak MB"],
    rows,
    notes: ["JSON: vscode-json-languageservice parses, validates and hovers over one file of as many bytes."],
  };
}

function answerTo(question: EditorQuestion): EditorAnswer {
  const program = process.argv[1] ?? "";
  const values = ["--expose-gc", "--enable-source-maps", program, "--editor", JSON.stringify(question)];
  const { status, stdout, stderr } = spawnSync(process.execPath, values, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as EditorAnswer;
}

function cells({ first, edit, hover, heap, resident, peak }: EditorAnswer): readonly number[] {
  return [first, edit, hover, heap, resident, peak];
}

function ratios(ours: EditorAnswer, json: EditorAnswer): Cell[] {
  const others = cells(json);
  return ["  we need", undefined, ...cells(ours).map((cell, at) => `${(cell / (others[at] ?? 0)).toPrecision(2)} x`)];
}
