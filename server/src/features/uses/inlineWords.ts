import { parseReference } from "../../config/tables/reference.ts";
import { splitNameValue, unbrace } from "../../syntax/tokens.ts";
import { splitWords, type ValueWord } from "../../syntax/words.ts";
import { restrictionWords } from "./restrictionWords.ts";

/** The words at the places of restrictions in a table that stands in its own name, by offset in the reference. */
export function inlineWords(reference: string): readonly ValueWord[] {
  return inlineValues(reference).flatMap(({ text, start }) =>
    restrictionWords(text).map((word) => ({ ...word, start: start + word.start, end: start + word.end })),
  );
}

/** The right-hand sides in a table that stands in its own name, by offset in the reference. */
export function inlineValues(reference: string): readonly Value[] {
  const parsed = parseReference(reference);
  if (!parsed || !HOLDS_VALUES.has(parsed.type)) return [];
  const base = reference.length - parsed.name.length;
  const values = parsed.type === "static" ? [staticValue(parsed.name)] : bracedValues(parsed.name, parsed.type);
  return values.map(({ text, start }) => ({ text, start: base + start }));
}

const HOLDS_VALUES: ReadonlySet<string> = new Set(["inline", "static", "randmap"]);

interface Value {
  readonly text: string;
  readonly start: number;
}

function staticValue(name: string): Value {
  return unbraced({ text: name, start: 0 });
}

function bracedValues(name: string, type: string): readonly Value[] {
  const inside = { text: name.slice(1, -1), start: 1 };
  if (!name.startsWith("{") || !name.endsWith("}")) return [];
  return splitWords(inside.text).flatMap(({ text, start }) => {
    const word = { text, start: inside.start + start };
    if (type === "randmap") return [word];
    const pair = unbraced(word);
    const parts = splitNameValue(pair.text);
    if (parts.kind !== "pair") return [];
    return [{ text: parts.value, start: pair.start + pair.text.trimEnd().length - parts.value.length }];
  });
}

/** What stands in the braces, if there are any. */
function unbraced({ text, start }: Value): Value {
  const inside = text.startsWith("{") ? unbrace(text) : undefined;
  if (inside?.kind !== "text") return { text, start };
  return { text: text.slice(inside.span.start, inside.span.end), start: start + inside.span.start };
}
