import { PARAMETERS } from "../../postfix/parameters.ts";
import { restrictionNamed } from "../../postfix/restrictions.ts";
import { transportParameter } from "../../postfix/transportParameters.ts";
import { splitNames } from "../../syntax/words.ts";
import type { Offer } from "./offer.ts";
import type { ValueCursor } from "./valueCursor.ts";

/** The names that may be declared as classes: those with a value that Postfix does not know, not declared yet. */
export function classNameOffers({ configuration, value, at }: ValueCursor): readonly Offer[] {
  const others = new Set(
    splitNames(value)
      .filter(({ start, end }) => at < start || end < at)
      .map(({ text }) => text),
  );
  return [...configuration.parameters.writtenNames()]
    .filter((name) => isFree(name) && !others.has(name))
    .map((name) => ({
      label: name,
      kind: "class",
      detail: configuration.parameters.written(name)?.text.replace(/\s+/g, " ").slice(0, LONGEST_DETAIL),
      about: { kind: "class", name },
    }));
}

const LONGEST_DETAIL = 80;

function isFree(name: string): boolean {
  return !PARAMETERS.has(name) && restrictionNamed(name) === undefined && !transportParameter(name);
}
