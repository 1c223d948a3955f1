import { compareReleases, type Release } from "../../postfix/release.ts";

/** A reference to a table, taken apart. */
export interface Reference {
  /** As written. */
  readonly text: string;
  /** Behind `proxy:`, which only moves the look-up into another process, and `debug:`, which only logs it. */
  readonly type: string;
  readonly name: string;
}

/** Whether something stands before and behind the first colon, whatever it is. See dict_open.c, dict_open() of 3.12. */
export function hasTypeAndName(text: string): boolean {
  return /^[^:]+:./.test(text);
}

/** What a table that only logs its look-ups looks them up in. There is such a type since 3.11. */
export function withoutDebug(text: string, release: Release): string {
  return compareReleases(release, "3.11") < 0 ? text : text.replace(/^(?:debug:)+/, "");
}

/** Whether a reference has a type and a name; before there was a type `debug:`, anything was a name behind it. */
export function isWhole(text: string, release: Release): boolean {
  const isPlain = text.startsWith("debug:") && compareReleases(release, "3.11") < 0;
  return isPlain ? text !== "debug:" : parseReference(text) !== undefined;
}

/**
 * Takes `type:name` apart; undefined when one of them is missing, which stops smtpd before 3.12 at start-up and makes an
 * unusable table since. See dict_open.c, dict_open(); proxymap.c, proxy_map_find().
 */
export function parseReference(text: string): Reference | undefined {
  const inner = text.replace(/^(?:(?:proxy|debug):)+/, "");
  const colon = inner.indexOf(":");
  if (colon <= 0 || colon === inner.length - 1) return undefined;
  return { text, type: inner.slice(0, colon), name: inner.slice(colon + 1) };
}

/** Postfix opens tables inside of tables as deep as its stack goes; what is deeper than this was not written by a person. */
const DEEPEST = 200;

/** Whether tables in braces are nested so deep that nobody looks into them here. */
export function isNestedTooDeep(text: string): boolean {
  let depth = 0;
  for (const char of text.matchAll(/[{}]/g)) {
    depth += char[0] === "{" ? 1 : -1;
    if (depth > DEEPEST) return true;
  }
  return false;
}
