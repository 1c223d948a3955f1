/** The lines of two texts that only one of them has; when they have the same lines in another order, those moved. */
export function changedLines(before: string, after: string): readonly string[] {
  if (before === after) return [];
  const [first, second] = [linesOf(before), linesOf(after)];
  const start = sharedStart(first, second);
  const end = sharedStart(first.slice(start).toReversed(), second.slice(start).toReversed());
  const [old, fresh] = [first.slice(start, first.length - end), second.slice(start, second.length - end)];
  const [inOld, inFresh] = [new Set(old), new Set(fresh)];
  const changed = [...fresh.filter((line) => !inOld.has(line)), ...old.filter((line) => !inFresh.has(line))];
  return changed.length > 0 ? changed : fresh;
}

/** Comments, empty lines and the space around a line change nothing. */
function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trimEnd())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

function sharedStart(first: readonly string[], second: readonly string[]): number {
  const at = first.findIndex((line, index) => line !== second[index]);
  return at < 0 ? first.length : at;
}
