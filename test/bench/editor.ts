import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { editorFiles, jsonOfSize } from "./editorFiles.ts";
import type { EditorAnswer, EditorQuestion } from "./editorWork.ts";
import { benchProgram } from "./program.ts";
import { growth, type Cell, type Table } from "./table.ts";

type Situation = Omit<EditorQuestion, "directory">;

const IN_MAIN: Situation = { edited: "main.cf", open: true };
const ON_DISK: Situation = { edited: "main.cf", open: false };
const IN_TABLE: Situation = { edited: "table", open: true };

/** What is done with tables of how many lines. */
const SIZES: readonly (readonly [lines: number, situations: readonly Situation[]])[] = [
  [1_000, [IN_MAIN]],
  [10_000, [ON_DISK, IN_TABLE]],
  [100_000, [IN_MAIN, ON_DISK, IN_TABLE]],
  [1_000_000, [ON_DISK, IN_TABLE]],
];

interface Measured {
  readonly name: string;
  readonly lines: number;
  readonly bytes: number;
  readonly answer: EditorAnswer;
}

/** From an edit to its diagnostics, beside the JSON language service of VS Code with a file of as many bytes. */
export function editorSpeed(): readonly Table[] {
  const measured = SIZES.flatMap(([lines, situations]) =>
    inDirectory((directory) => answers(directory, lines, situations)),
  );
  return [comparison(measured), growths(measured)];
}

function answers(directory: string, lines: number, situations: readonly Situation[]): readonly Measured[] {
  const { mainCf, table } = editorFiles(lines);
  const bytes = mainCf.length + table.length;
  const json = path.join(directory, "table.json");
  writeFileSync(path.join(directory, "main.cf"), mainCf);
  writeFileSync(path.join(directory, "table"), table);
  writeFileSync(json, jsonOfSize(bytes));
  return [
    { name: JSON_NAME, lines, bytes, answer: answerOf("jsonEditor.mjs", json) },
    ...situations.map((situation) => ({
      name: `edit in ${situation.edited}, table ${situation.open ? "open" : "on disk"}`,
      lines,
      bytes,
      answer: answerOf("ourEditor.mjs", JSON.stringify({ ...situation, directory })),
    })),
  ];
}

function answerOf(program: string, argument: string): EditorAnswer {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", benchProgram(program), argument], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as EditorAnswer;
}

const JSON_NAME = "JSON of as many bytes";

function comparison(measured: readonly Measured[]): Table {
  return {
    title: "main.cf of 2,000 lines and its table: from an edit to the diagnostics of all files; each in a new process",
    columns: [
      "lines of the table",
      "MB",
      "",
      "first ms",
      "edit ms",
      "processor ms",
      "hover ms",
      "resident MB",
      "peak MB",
    ],
    rows: measured.flatMap(({ name, lines, bytes, answer }) => {
      const json = measured.find((other) => other.name === JSON_NAME && other.lines === lines);
      const row: Cell[] = [lines, bytes / 1e6, name, ...cells(answer)];
      if (!json || name === JSON_NAME) return [row];
      return [row, [undefined, undefined, "  of what JSON needs", ...ratios(answer, json.answer)]];
    }),
    notes: [
      "JSON: vscode-json-languageservice parses, validates and hovers over one file.",
      "first: from the opened files to their diagnostics, reading what is on the disk included; processor: of an edit.",
    ],
  };
}

/** What ten times as many lines cost: up to 10 x is linear. */
function growths(measured: readonly Measured[]): Table {
  const names = [...new Set(measured.map(({ name }) => name))];
  const rows = names.flatMap((name) => {
    const same = measured.filter((one) => one.name === name && one.lines >= 10_000);
    const columns = ["first", "processor", "peak"].map((key) =>
      growth(same.map(({ answer }) => answer[key as keyof EditorAnswer])),
    );
    return same.slice(1).map(({ lines }, at): Cell[] => {
      const before = same[at]?.lines ?? lines;
      return [
        name,
        `${before.toLocaleString("en")} to ${lines.toLocaleString("en")}`,
        ...columns.map((one) => one[at + 1]),
      ];
    });
  });
  return {
    title: "Growth with ten times as many lines: 10 x is linear",
    columns: ["", "lines", "first", "edit, by processor time", "peak memory"],
    rows,
  };
}

function cells({ first, edit, processor, hover, resident, peak }: EditorAnswer): readonly number[] {
  return [first, edit, processor, hover, resident, peak];
}

function ratios(ours: EditorAnswer, json: EditorAnswer): readonly Cell[] {
  const others = cells(json);
  return cells(ours).map((cell, at) => `${(cell / (others[at] ?? 0)).toPrecision(2)} x`);
}

function inDirectory<Result>(work: (directory: string) => Result): Result {
  const directory = mkdtempSync(path.join(tmpdir(), "mailflow-bench-"));
  try {
    return work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
