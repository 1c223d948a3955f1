import { configurations } from "../../config/configurations.ts";
import { makeProject, type Project } from "../../config/project.ts";
import type { MapTypeName } from "../../postfix/mapTypes.ts";
import type { LogicalLine } from "../../syntax/logicalLines.ts";
import { splitNames, splitWords } from "../../syntax/words.ts";
import type { Span } from "../../text/span.ts";
import { tableLines } from "./tableLines.ts";
import { valueKinds, type ValueKinds } from "./valueKinds.ts";

/** Whether Postfix reads the same from `text` as from a file of the project: both are parsed, and every value compared. */
export function sameMeaning(project: Project, file: string, text: string): boolean {
  const changed = withText(project, file, text);
  const kinds = valueKinds(project);
  return (
    same(lines(project, file), lines(changed, file)) &&
    same(settings(project, kinds), settings(changed, kinds)) &&
    same(values(project, kinds), values(changed, kinds))
  );
}

/** The same for a table of this type. */
export function sameTable(before: string, after: string, type: MapTypeName): boolean {
  return same(entries(before, type), entries(after, type));
}

function withText(project: Project, file: string, text: string): Project {
  const files = new Map(project.files).set(file, { kind: "text", text });
  return makeProject({ ...project, files });
}

/** Both are read to their ends, side by side: a table may have a million lines. */
function same(before: Iterable<string>, after: Iterable<string>): boolean {
  const [left, right] = [before[Symbol.iterator](), after[Symbol.iterator]()];
  for (;;) {
    const [a, b] = [left.next(), right.next()];
    if (a.done || b.done) return a.done === b.done;
    if (a.value !== b.value) return false;
  }
}

/** The comments and what Postfix takes no value from, as they are written; of the others, that they are there. */
function* lines(project: Project, file: string): Generator<string, void, undefined> {
  const source = file === "main.cf" ? project.mainCf : project.masterCf;
  if (!source) return;
  for (const node of source.nodes) {
    if (node.kind === "assignment" || node.kind === "service") yield* commentsIn(source.text, node.line);
    else if (node.kind !== "blank") yield part(source.text, node.span);
  }
}

function commentsIn(text: string, { comments }: LogicalLine): readonly string[] {
  return comments.map((span) => part(text, span));
}

/** Every setting as it is written, in its order. */
function* settings({ mainCf, masterCf }: Project, kinds: ValueKinds): Generator<string, void, undefined> {
  for (const node of mainCf?.nodes ?? []) {
    if (node.kind === "assignment") yield `${node.name}=${content(kinds, node.name, node.value)}`;
  }
  for (const node of masterCf?.nodes ?? []) {
    if (node.kind === "service") yield [...node.columns, ...node.arguments].map(({ text }) => text).join("\n");
  }
}

/** What every setting comes to, for every service. */
function* values(project: Project, kinds: ValueKinds): Generator<string, void, undefined> {
  for (const { parameters } of configurations(project)) {
    for (const name of parameters.writtenNames()) yield content(kinds, name, parameters.value(name));
  }
}

function content(kinds: ValueKinds, name: string, value: string): string {
  if (kinds(name) === "text") return value;
  // With braces kept together and without: some lists are split in the one way, some in the other.
  return [...splitWords(value), ...splitNames(value)].map(({ text }) => text).join("\n");
}

function* entries(text: string, type: MapTypeName): Generator<string, void, undefined> {
  for (const { kind, span, valueSpan } of tableLines(text, type) ?? []) {
    if (kind === "entry" && valueSpan) {
      const key = part(text, { start: span.start, end: valueSpan.start });
      yield `${key.trimEnd()}\n${part(text, valueSpan)}`;
    } else if (kind === "condition") yield part(text, span).trimEnd();
    else if (kind !== "blank") yield part(text, span);
  }
}

function part(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}
