import { own } from "../../text/own.ts";
import { setOf, type ByteSet } from "./byteSet.ts";
import { ranges, scripts } from "./unicodeNames.ts";

/** The general categories, as PCRE2 writes them. */
const CATEGORIES =
  "C Cc Cf Cn Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs";

/** The properties that PCRE2 has of its own, as regular expressions: few are ever asked for. See pcre2pattern(3). */
const OWN: Readonly<Record<string, string>> = {
  any: "[^]",
  "l&": "[\\p{Lu}\\p{Ll}\\p{Lt}]",
  lc: "[\\p{Lu}\\p{Ll}\\p{Lt}]",
  xan: "[\\p{L}\\p{N}]",
  xps: "[\\p{Z}\\t\\n\\v\\f\\r\\x85]",
  xsp: "[\\p{Z}\\t\\n\\v\\f\\r\\x85]",
  xwd: "[\\p{L}\\p{N}_]",
  xuc: "[$@`\\u00a0-\\uffff]",
};

/**
 * The bytes that have a property, each taken for the character of Latin-1 with its number: Postfix compiles patterns
 * without UTF. Undefined when PCRE2 has no such property. See pcre2_compile.c, get_ucp().
 */
export function propertySet(name: string): ByteSet | undefined {
  const [before, after] = name
    .replace(/[\s_-]/g, "")
    .toLowerCase()
    .split(/[:=](.*)/);
  if (before === undefined) return undefined;
  return after === undefined ? plainSet(before) : prefixedSet(before, after);
}

function plainSet(name: string): ByteSet | undefined {
  const category = CATEGORIES.split(" ").find((one) => one.toLowerCase() === name);
  const source = own(OWN, name) ?? (category === undefined ? undefined : `\\p{${category}}`);
  if (source === undefined) return rangesSet(ranges().get(name));
  const pattern = new RegExp(source, "u");
  return setOf((code) => pattern.test(String.fromCharCode(code)));
}

function prefixedSet(prefix: string, name: string): ByteSet | undefined {
  if (prefix === "bc" || prefix === "bidiclass") return rangesSet(ranges().get(`bidi${name}`));
  const isScript = ["sc", "script", "scx", "scriptextensions"].includes(prefix) && scripts().has(name);
  return isScript ? rangesSet(ranges().get(name)) : undefined;
}

function rangesSet(text: string | undefined): ByteSet | undefined {
  if (text === undefined) return undefined;
  const set = new Uint8Array(256);
  for (const range of text.split(" ")) {
    const [first, last = first] = range.split("-").map((number) => Number.parseInt(number, 16));
    if (first !== undefined && last !== undefined) set.fill(1, first, last + 1);
  }
  return set;
}
