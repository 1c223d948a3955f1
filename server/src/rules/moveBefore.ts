import { textAt, type Project } from "../config/project.ts";
import type { ListItem, RestrictionList } from "../config/restrictionList.ts";
import type { Location } from "../text/location.ts";
import type { Fix } from "./rule.ts";

/** Moves an item of a list before an earlier or later one; undefined when they do not all stand as written in one file. */
export function moveBefore(
  project: Project,
  { items }: RestrictionList,
  moved: ListItem,
  target: ListItem,
): Fix | undefined {
  const [from, to] = [takenOut(project, items, moved), written(project, target)];
  if (!from || to?.file !== from.file) return undefined;
  const edits = [
    { span: { start: to.span.start, end: to.span.start }, newText: from.text + from.separator },
    { span: from.span, newText: "" },
  ];
  return { title: `Move \`${moved.text}\` before \`${target.text}\``, edits: [{ file: from.file, edits }] };
}

/** Removes an item of a list; undefined when it and the one before it do not stand as written in one file. */
export function removeItem(project: Project, { items }: RestrictionList, item: ListItem): Fix | undefined {
  const from = takenOut(project, items, item);
  if (!from) return undefined;
  const edits = [{ span: from.span, newText: "" }];
  return { title: `Remove the second \`${item.text}\``, edits: [{ file: from.file, edits }] };
}

interface TakenOut extends Location {
  readonly text: string;
  /** What stands between it and the item before. */
  readonly separator: string;
}

/** An item with what separates it from the item before. */
function takenOut(project: Project, items: readonly ListItem[], item: ListItem): TakenOut | undefined {
  const before = items[items.indexOf(item) - 1];
  const [from, left] = [written(project, item), before && written(project, before)];
  if (!from || left?.file !== from.file) return undefined;
  const separator = textAt(project, { file: from.file, span: { start: left.span.end, end: from.span.start } });
  const text = textAt(project, from);
  if (separator === undefined || text === undefined || !/^[\s,]+$/.test(separator)) return undefined;
  return { file: from.file, span: { start: left.span.end, end: from.span.end }, text, separator };
}

/** Where an item with its argument stands, if the words stand there as they are. */
function written(project: Project, { word, argument }: ListItem): Location | undefined {
  const last = argument ?? word;
  const [start, end] = [word.at, last.at];
  if (!start || end?.file !== start.file || end.span.end < start.span.end) return undefined;
  if (textAt(project, start) !== word.text || textAt(project, end) !== last.text) return undefined;
  return { file: start.file, span: { start: start.span.start, end: end.span.end } };
}
