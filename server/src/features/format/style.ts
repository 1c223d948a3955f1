/** How the editor wants indentation. */
export interface Style {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

/** One step of indentation: never empty, since white space at the start of a line continues the one above. */
export function indentOf({ tabSize, insertSpaces }: Style): string {
  return insertSpaces ? " ".repeat(widthOf(tabSize)) : "\t";
}

/** White space from one column to another behind it. With tabs, `to` has to be a tab stop. */
export function padding(from: number, to: number, { tabSize, insertSpaces }: Style): string {
  if (insertSpaces) return " ".repeat(to - from);
  const width = widthOf(tabSize);
  return "\t".repeat(Math.ceil(to / width) - Math.floor(from / width));
}

/** The column where the values of a block begin whose longest key has this length. */
export function valueColumn(longest: number, { tabSize, insertSpaces }: Style): number {
  if (insertSpaces) return longest + 2;
  const width = widthOf(tabSize);
  return (Math.floor(longest / width) + 1) * width;
}

/** Editors send whole numbers; anything else must not make an endless text. */
function widthOf(tabSize: number): number {
  return Number.isInteger(tabSize) && tabSize >= 1 && tabSize <= 16 ? tabSize : 4;
}
