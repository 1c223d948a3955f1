export type Cell = string | number | undefined;

/** One table of results: for people as columns of text, for machines as it is. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly notes?: readonly string[];
}

export function tableText({ title, columns, rows, notes = [] }: Table): string {
  const cells = [columns, ...rows.map((row) => row.map(cellText))];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => (row[at] ?? "").length)));
  const isNumber = columns.map((_, at) => rows.some((row) => typeof row[at] === "number"));
  const lines = cells.map((row) =>
    row.map((cell, at) => (isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join("  "),
  );
  return ["", title, ...lines.map((line) => `  ${line.trimEnd()}`), ...notes.map((note) => `  ${note}`), ""].join("\n");
}

/** Three digits say enough. */
function cellText(cell: Cell): string {
  if (typeof cell !== "number") return cell ?? "";
  if (cell === 0 || Number.isInteger(cell) || cell >= 100) return Math.round(cell).toLocaleString("en");
  return cell.toPrecision(Math.max(2, Math.min(3, 3 + Math.floor(Math.log10(cell)))));
}

/** How much greater each number is than the one before it. */
export function growth(numbers: readonly number[]): readonly Cell[] {
  return numbers.map((number, at) => {
    const before = numbers[at - 1];
    return before === undefined ? "" : `${(number / before).toFixed(2)} x`;
  });
}
