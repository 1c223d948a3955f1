import { readPatterns } from "../config/tables/cidrTable.ts";
import { NOT_FOUND } from "../config/table.ts";
import { openTable } from "../config/tables/openTable.ts";
import { isNestedTooDeep, parseReference, type Reference } from "../config/tables/reference.ts";
import { bracedWords } from "../config/tables/simpleTables.ts";
import { NO_FILES } from "../config/tables/tableContext.ts";
import { MAP_TYPES, mapType, mapTypeNamed } from "../postfix/mapTypes.ts";
import { compareReleases, type Release } from "../postfix/release.ts";
import { nearest } from "./suggest.ts";

/** Why Postfix cannot open a table, as far as its reference alone tells. */
export interface Unusable {
  readonly because: string;
  /** The reference as it was meant. */
  readonly instead: string | undefined;
}

/** Undefined: the reference is right; what is in its file is another question. See dict_open.c, dict_open(). */
export function unusableReference(reference: string, release: Release): Unusable | undefined {
  const parsed = parseReference(reference);
  if (!parsed) return undefined;
  const type = mapTypeNamed(parsed.type);
  if (!type) return unknownType(reference, parsed);
  const { since } = mapType(type);
  if (compareReleases(release, since) < 0) {
    return { because: `\`${type}:\` exists since Postfix ${since}`, instead: undefined };
  }
  if (type === "unionmap" || type === "pipemap") return badPart(parsed, release);
  const because = syntaxError(parsed);
  return because === undefined ? undefined : { because, instead: undefined };
}

function unknownType(reference: string, { type }: Reference): Unusable {
  const meant = nearest(type, Object.keys(MAP_TYPES));
  const hint = meant === undefined ? "" : ` (did you mean \`${meant}\`?)`;
  const at = reference.lastIndexOf(`${type}:`);
  const instead = meant && `${reference.slice(0, at)}${meant}${reference.slice(at + type.length)}`;
  return { because: `Postfix has no type \`${type}\` of tables${hint}`, instead };
}

/** See dict_union.c, dict_union_open(); dict_pipe.c, dict_pipe_open(). */
function badPart({ type, name }: Reference, release: Release): Unusable | undefined {
  if (isNestedTooDeep(name)) return undefined;
  const parts = bracedWords(name);
  if (parts.length === 0 || parts.some((part) => !part.includes(":"))) {
    return { because: `\`${type}:\` wants \`{type:name, type:name, …}\``, instead: undefined };
  }
  const bad = parts.flatMap((part) => unusableReference(part, release) ?? []);
  return bad[0] && { because: bad[0].because, instead: undefined };
}

/** Opens what needs no file. */
function syntaxError(reference: Reference): string | undefined {
  const { type, name, text } = reference;
  if (["cidr", "regexp", "pcre"].includes(type) && name.startsWith("{")) {
    const source = readPatterns(reference, NO_FILES);
    return source.kind === "unreadable" ? source.because : undefined;
  }
  if (!["static", "inline", "randmap"].includes(type)) return undefined;
  const result = openTable(text, NO_FILES).lookup("key", () => NOT_FOUND);
  return result.kind === "error" ? result.because : undefined;
}
