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
  const before = items[items.indexOf(moved) - 1];
  const [from, to, left] = [written(project, moved), written(project, target), before && written(project, before)];
  if (!from || !to || left?.file !== from.file || to.file !== from.file) return undefined;
  const between = { file: from.file, span: { start: left.span.end, end: from.span.start } };
  const separator = textAt(project, between);
  const text = textAt(project, from);
  if (separator === undefined || text === undefined || !/^[\s,]+$/.test(separator)) return undefined;
  const edits = [
    { span: { start: to.span.start, end: to.span.start }, newText: text + separator },
    { span: { start: left.span.end, end: from.span.end }, newText: "" },
  ];
  return { title: `Move \`${moved.text}\` before \`${target.text}\``, edits: [{ file: from.file, edits }] };
}

/** Where an item with its argument stands, if the words stand there as they are. */
function written(project: Project, { word, argument }: ListItem): Location | undefined {
  const last = argument ?? word;
  const [start, end] = [word.at, last.at];
  if (!start || end?.file !== start.file || end.span.end < start.span.end) return undefined;
  if (textAt(project, start) !== word.text || textAt(project, end) !== last.text) return undefined;
  return { file: start.file, span: { start: start.span.start, end: end.span.end } };
}
