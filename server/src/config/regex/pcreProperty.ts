import { setOf, type ByteSet } from "./byteSet.ts";

/** The general categories, as PCRE2 writes them. */
const CATEGORIES =
  "C Cc Cf Cn Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs";

/** The properties that PCRE2 has of its own. See pcre2pattern(3). */
const OWN: Readonly<Record<string, RegExp>> = {
  any: /[^]/u,
  "l&": /[\p{Lu}\p{Ll}\p{Lt}]/u,
  lc: /[\p{Lu}\p{Ll}\p{Lt}]/u,
  xan: /[\p{L}\p{N}]/u,
  xps: /[\p{Z}\t\n\v\f\r]/u,
  xsp: /[\p{Z}\t\n\v\f\r]/u,
  xwd: /[\p{L}\p{N}_]/u,
  xuc: /[$@`\u00a0-\uffff]/u,
};

/**
 * The bytes that have a property, each taken for the character of Latin-1 with its number: Postfix compiles patterns
 * without UTF. "unknown": PCRE2 has no such property; "unsupported": it may have one. See pcre2_compile.c, get_ucp().
 */
export function propertySet(name: string): ByteSet | "unknown" | "unsupported" {
  const plain = name.replace(/[\s_-]/g, "").toLowerCase();
  const category = CATEGORIES.split(" ").find((one) => one.toLowerCase() === plain);
  const pattern = OWN[plain] ?? (category === undefined ? undefined : new RegExp(`\\p{${category}}`, "u"));
  if (pattern) return setOf((code) => pattern.test(String.fromCharCode(code)));
  return plain.length < 3 ? "unknown" : "unsupported";
}
