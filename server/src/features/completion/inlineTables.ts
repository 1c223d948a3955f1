import { restriction } from "../../postfix/restrictions.ts";
import { holdsList } from "../target.ts";
import type { Offers } from "./offer.ts";
import { awaitingArgument } from "./restrictions.ts";
import { rightHandSideOffers } from "./rightHandSides.ts";
import { wordAtCursor, type ValueCursor } from "./valueCursor.ts";

/** What may stand at a cursor on a right-hand side of an access map that is written into its list. */
export function inlineOffers(cursor: ValueCursor): Offers | undefined {
  const side = holdsList(cursor.parameter, cursor.configuration) ? sideAtCursor(cursor) : undefined;
  if (!side) return undefined;
  const { configuration, groups } = cursor;
  const list = groups.find(({ head }) => head === undefined)?.before ?? [];
  const check = awaitingArgument({ configuration, parameter: undefined, before: list });
  const mayPermit = check === undefined || restriction(check).can.includes("OK");
  const offers = rightHandSideOffers(configuration, mayPermit, side.before);
  return offers && { span: cursor.spanOf(side.start, wordAtCursor(cursor).end), offers };
}

/** A right-hand side up to the cursor. */
interface Side {
  /** Its words before the one at the cursor. */
  readonly before: readonly string[];
  /** Where the word at the cursor begins. */
  readonly start: number;
}

const TABLE = /^(?:(?:proxy|debug):)*(inline|static|randmap|regexp|pcre|cidr):$/;

/** See dict_inline.c, dict_static.c, dict_random.c and dict_stream.c for the braces of each type. */
function sideAtCursor(cursor: ValueCursor): Side | undefined {
  const [inner, outer] = cursor.groups;
  const isNested = inner.head === "";
  const type = TABLE.exec((isNested ? outer?.head : inner.head) ?? "")?.[1];
  const { start } = wordAtCursor(cursor);
  switch (type) {
    case "inline":
      return afterEquals(cursor, isNested ? inner.before : []);
    case "static":
      return isNested ? undefined : { before: inner.before, start };
    case "randmap":
      return { before: isNested ? inner.before : [], start };
    case "regexp":
    case "pcre":
    case "cidr":
      return isNested && inner.before.length > 0 ? { before: inner.before.slice(1), start } : undefined;
    default:
      return undefined;
  }
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
