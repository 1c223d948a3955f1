import { restrictionList } from "../../config/restrictionList.ts";
import type { Assignment, MainCf } from "../../syntax/mainCf.ts";
import { splitWords } from "../../syntax/words.ts";
import type { TextEdit } from "../../text/edit.ts";
import { emptied, physicalLines, replaced, type PhysicalLine } from "./physicalLines.ts";
import { indentOf, type Style } from "./style.ts";
import type { ValueKinds } from "./valueKinds.ts";

/**
 * Lays out main.cf: ` = `, lists indented by one step and the arguments that stand on lines of their own by two, no white
 * space at the ends of lines. White space inside a value is touched only where the value is a list.
 */
export function* mainCfEdits(
  { text, nodes }: MainCf,
  kinds: ValueKinds,
  style: Style,
): Generator<TextEdit, void, undefined> {
  for (const node of nodes) {
    if (node.kind === "blank") yield* emptied(text, node.span);
    else if (node.kind === "assignment") yield* assignmentEdits(text, node, { kinds, style });
  }
}

interface Context {
  readonly kinds: ValueKinds;
  readonly style: Style;
}

function* assignmentEdits(text: string, node: Assignment, context: Context): Generator<TextEdit, void, undefined> {
  // What stands behind a NUL is not part of the value.
  if (text.slice(node.span.start, node.span.end).includes("\0")) return;
  const equalsEnd = yield* equalsEdit(text, node);
  const layout = layoutOf(node, context);
  const { line, valueStart, value } = node;
  const isLoose = ({ kind, trailStart }: PhysicalLine): boolean => {
    const at = trailStart - valueStart;
    return kind === "blank" || (kind === "text" && (at >= value.length || layout.isFree(at)));
  };
  for (const physical of physicalLines(text, line)) {
    const { lead, trail } = physical;
    const newLead = lead.end > lead.start ? layout.lead(physical) : undefined;
    if (newLead !== undefined) yield* replaced(text, lead, newLead);
    if (trail.start >= equalsEnd && isLoose(physical)) yield* replaced(text, trail, "");
  }
}

/** One space on both sides of the `=`, none behind it where nothing follows in its line. Answers with where that ends. */
function* equalsEdit(text: string, { nameSpan }: Assignment): Generator<TextEdit, number, undefined> {
  const equals = /[ \t]*=[ \t]*/y;
  equals.lastIndex = nameSpan.end;
  if (!equals.test(text)) return nameSpan.end;
  const end = equals.lastIndex;
  const isLast = /\r?(?:\n|$)/y;
  isLast.lastIndex = end;
  yield* replaced(text, { start: nameSpan.end, end }, isLast.test(text) ? " =" : " = ");
  return end;
}

interface Layout {
  /** The indentation of a line; undefined: as it is. */
  lead(line: PhysicalLine): string | undefined;
  /** Whether white space at an offset of the value may be changed. */
  isFree(offset: number): boolean;
}

function layoutOf({ name, value, valueStart }: Assignment, { kinds, style }: Context): Layout {
  const indent = indentOf(style);
  const kind = kinds(name);
  const words = kind === "text" ? [] : splitWords(value);
  const argumentStarts = kind === "restrictions" ? argumentsIn(value) : new Set<number>();
  const isFree = (offset: number): boolean =>
    offset <= 0 || (kind !== "text" && !words.some(({ start, end }) => start < offset && offset < end));
  return {
    isFree,
    lead: (line) => {
      const offset = line.leadEnd - valueStart;
      if (line.kind === "blank" || (line.kind === "comment" && kind === "text")) return undefined;
      if (!isFree(offset)) return undefined;
      return line.kind === "text" && argumentStarts.has(offset) ? indent + indent : indent;
    },
  };
}

/** Where the arguments of restrictions begin. */
function argumentsIn(value: string): ReadonlySet<number> {
  const words = splitWords(value).map((word) => ({ ...word, at: undefined, via: [] }));
  const { items } = restrictionList("", words, () => false);
  const used = new Set(items.map(({ argument }) => argument));
  return new Set(words.filter((word) => used.has(word)).map(({ start }) => start));
}
