import { restriction } from "../../postfix/restrictions.ts";
import { splitWords } from "../../syntax/words.ts";
import { tableLine } from "../tableLine.ts";
import { holdsList } from "../target.ts";
import { answerOffers, answersParameter } from "./answers.ts";
import type { Offer, Offers } from "./offer.ts";
import { awaitingArgument } from "./restrictions.ts";
import { rightHandSideOffers } from "./rightHandSides.ts";
import { wordAtCursor, type ValueCursor } from "./valueCursor.ts";

/** The words before the cursor on a right-hand side of an access map that is written into its list; undefined: it is elsewhere. */
export function wordsOfInlineSide(cursor: ValueCursor): readonly string[] | undefined {
  return sideAtCursor(cursor)?.before;
}

/** What may stand at a cursor on a right-hand side of a table that is written into a value. */
export function inlineOffers(cursor: ValueCursor): Offers | undefined {
  const side = sideAtCursor(cursor);
  const offers = side && sideOffers(cursor, side);
  return offers && { span: cursor.spanOf(side.start, wordAtCursor(cursor).end), offers };
}

function sideOffers(cursor: ValueCursor, { before: words, start }: Side): readonly Offer[] | undefined {
  const { configuration, groups, parameter } = cursor;
  if (answersParameter(parameter)) {
    const typed = cursor.value.slice(start, cursor.at);
    return answerOffers(configuration.project, [parameter], words.join(" "), typed);
  }
  if (!holdsList(parameter, configuration)) return undefined;
  const list = groups.find(({ head }) => head === undefined)?.before ?? [];
  const check = awaitingArgument({ configuration, parameter: undefined, before: list });
  const mayPermit = check === undefined || restriction(check).can.includes("OK");
  return rightHandSideOffers(configuration, mayPermit, words);
}

/** A right-hand side up to the cursor. */
interface Side {
  /** Its words before the one at the cursor. */
  readonly before: readonly string[];
  /** Where the word at the cursor begins. */
  readonly start: number;
}

const TABLE = /^(?:(?:proxy|debug):)*(inline|static|randmap|regexp|pcre|cidr):$/;

function sideAtCursor(cursor: ValueCursor): Side | undefined {
  const [inner, outer] = cursor.groups;
  const braces = inner.head === "" ? "inner" : "outer";
  const type = TABLE.exec((braces === "inner" ? outer?.head : inner.head) ?? "")?.[1];
  return type === undefined ? undefined : SIDES[`${type} ${braces}`]?.(cursor, inner.before);
}

type FindSide = (cursor: ValueCursor, words: readonly string[]) => Side | undefined;

/** All words up to the cursor, from the one of this number on. */
function fromWord(number: number): FindSide {
  return (cursor, words) =>
    words.length < number ? undefined : { before: words.slice(number), start: wordAtCursor(cursor).start };
}

/** By type, in its own braces or in those of one entry. See dict_inline.c, dict_static.c, dict_random.c, dict_stream.c. */
const SIDES: Readonly<Partial<Record<string, FindSide>>> = {
  "inline outer": (cursor) => afterEquals(cursor, []),
  "inline inner": afterEquals,
  "static outer": fromWord(0),
  "randmap outer": (cursor) => fromWord(0)(cursor, []),
  "regexp inner": (cursor) => behindPattern(cursor, "regexp"),
  "pcre inner": (cursor) => behindPattern(cursor, "pcre"),
  "cidr inner": fromWord(1),
};

/** A pattern may hold blanks. */
function behindPattern(cursor: ValueCursor, type: "regexp" | "pcre"): Side | undefined {
  const { value, at, groups } = cursor;
  const { start } = wordAtCursor(cursor);
  const rule = value.slice(groups[0].from, at).trimStart();
  // What is typed may be nothing yet.
  const side = tableLine({ text: `${rule}x` }, type).value;
  if (!side) return undefined;
  const before = value.slice(at - rule.length + side.start, Math.max(start, at - rule.length + side.start));
  return { before: splitWords(before).map(({ text }) => text), start };
}

/** Behind the `=` of a pair, which may have blanks around it. */
function afterEquals(cursor: ValueCursor, words: readonly string[]): Side | undefined {
  const { typed, start } = wordAtCursor(cursor);
  const index = words.findIndex((word) => word.includes("="));
  if (index >= 0) {
    const [, first = ""] = /=(.*)$/.exec(words[index] ?? "") ?? [];
    return { before: [...(first === "" ? [] : [first]), ...words.slice(index + 1)], start };
  }
  const equals = typed.indexOf("=");
  return equals < 0 ? undefined : { before: [], start: start + equals + 1 };
}
