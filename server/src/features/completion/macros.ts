import { PARAMETERS, defaultOf } from "../../postfix/parameters.ts";
import type { Offer, Offers } from "./offer.ts";
import type { ValueCursor } from "./valueCursor.ts";

/** `$na`, `${na`, `$(na` before the cursor; an even number of dollar signs is text. mac_parse.c, mac_parse(). */
const BEGUN = /(?<!\$)(?:\$\$)*\$([{(]?)\s*(\w*)$/;

/** The names that may stand behind the `$` at the cursor; undefined when there is none. */
export function macroOffers(cursor: ValueCursor): Offers | undefined {
  const { value, at } = cursor;
  const match = BEGUN.exec(value.slice(0, at));
  if (!match) return undefined;
  const [, bracket = "", name = ""] = match;
  const end = at + (/^\w*/.exec(value.slice(at))?.[0].length ?? 0);
  const isClosed = /^\s*[?:})]/.test(value.slice(end));
  const close = isClosed ? "" : (CLOSE[bracket] ?? "");
  const names = namesOf(cursor).map((known) => nameOffer(cursor, known, close));
  return {
    span: cursor.spanOf(at - name.length, end),
    offers: bracket === "{" && !isClosed ? [...names, ...CONDITIONS] : names,
  };
}

const CLOSE: Readonly<Partial<Record<string, string>>> = { "{": "}", "(": ")" };

/** What stands behind a name in braces. mac_expand.c, mac_expand_callback(). */
const CONDITIONS: readonly Offer[] = [
  condition("name?{…}", "The text if the parameter is not empty", "${1:name}?{${2:text}\\}\\}"),
  condition("name:{…}", "The text if the parameter is empty", "${1:name}:{${2:text}\\}\\}"),
  condition(
    "name?{…}:{…}",
    "The first text if the parameter is not empty, else the second",
    "${1:name}?{${2:text}\\}:{${3:other}\\}\\}",
  ),
];

function condition(label: string, detail: string, snippet: string): Offer {
  return { label, kind: "snippet", detail, snippet, rank: 3 };
}

/** Everything that has a value: what the configuration sets, then what Postfix knows; not the parameter itself. */
function namesOf({ configuration, parameter }: ValueCursor): readonly string[] {
  const { parameters } = configuration;
  const known = [...PARAMETERS.keys()].filter((name) => defaultOf(name, parameters.release));
  const names = new Set([...parameters.writtenNames(), ...known]);
  names.delete(parameter);
  return [...names];
}

function nameOffer({ configuration: { parameters } }: ValueCursor, name: string, close: string): Offer {
  const isSet = parameters.written(name) !== undefined;
  const source = parameters.find(name);
  return {
    label: name,
    insert: name + close,
    kind: "reference",
    detail: source?.text.replace(/\s+/g, " ").slice(0, LONGEST_DETAIL) ?? "",
    rank: isSet ? 0 : 1,
    about: { kind: "parameter", name },
  };
}

const LONGEST_DETAIL = 80;
