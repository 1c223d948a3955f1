import { isDigit } from "../address/characters.ts";

/** The addresses that a reply filter such as `127.0.0.[2..11;20]` takes: ranges for each of the four numbers. */
export interface ReplyFilter {
  readonly fields: readonly (readonly Range[])[];
}

/** The numbers from the first to the second, both included. */
type Range = readonly [number, number];

/** Why a filter is none, in Postfix's words. */
export interface FilterError {
  readonly error: string;
}

/** Reads the text behind the `=` of `list.example.org=127.0.0.2`. See ip_match.c, ip_match_parse(). */
export function parseFilter(pattern: string): ReplyFilter | FilterError {
  const text = withoutBrackets(pattern);
  if (text === undefined) return { error: 'missing "]" character' };
  if (text === "") return { error: "empty address pattern" };
  const reader: Reader = { text, start: 0, end: 0 };
  const fields: (readonly Range[])[] = [];
  for (;;) {
    const field = readField(reader);
    if (typeof field === "string") return errorAt(reader, field);
    fields.push(field);
    if (fields.length === 4) break;
    if (next(reader) !== ".") return errorAt(reader, 'need "."');
  }
  if (reader.end === text.length) return { fields };
  next(reader);
  return errorAt(reader, "garbage after pattern");
}

/** Whether a filter takes an IPv4 address. See ip_match.c, ip_match_execute(). */
export function takes({ fields }: ReplyFilter, address: string): boolean {
  const numbers = address.split(".").map(Number);
  return fields.every((ranges, at) => {
    const number = numbers[at] ?? -1;
    return ranges.some(([low, high]) => number >= low && number <= high);
  });
}

/** A pattern while it is read, and where the last token stands in it. */
interface Reader {
  readonly text: string;
  start: number;
  end: number;
}

/** A number from 0 to 255, a single character, or "" at the end; undefined: a larger number. */
type Token = number | string | undefined;

function next(reader: Reader): Token {
  const { text, end: start } = reader;
  let end = start;
  let number = 0;
  for (; isDigit(text.charCodeAt(end)); end++) number = number * 10 + text.charCodeAt(end) - 48;
  reader.start = start;
  reader.end = end > start ? end : Math.min(start + 1, text.length);
  if (end === start) return text.charAt(start);
  return number > 255 ? undefined : number;
}

/** A number, or numbers and ranges in brackets; a string is the complaint. */
function readField(reader: Reader): readonly Range[] | string {
  const token = next(reader);
  if (typeof token === "number") return [[token, token]];
  return token === "[" ? readSequence(reader) : 'need decimal number 0..255 or "["';
}

function readSequence(reader: Reader): readonly Range[] | string {
  const ranges: Range[] = [];
  for (;;) {
    const low = next(reader);
    if (typeof low !== "number") return "need decimal number 0..255";
    let token = next(reader);
    if (token === ".") {
      const high = next(reader) === "." ? next(reader) : undefined;
      if (typeof high !== "number" || low > high) return "numeric range error";
      ranges.push([low, high]);
      token = next(reader);
    } else {
      ranges.push([low, low]);
    }
    if (token === "]") return ranges;
    if (token !== ";") return 'need ";" or "]"';
  }
}

/** Shows the last token between `>` and `<`. See ip_match.c, ipmatch_print_parse_error(). */
function errorAt({ text, start, end }: Reader, complaint: string): FilterError {
  return { error: `${complaint} at "${text.slice(0, start)}>${text.slice(start, end)}<${text.slice(end)}"` };
}

/** Takes brackets around the whole pattern away; undefined: the one that it begins with is never closed. */
function withoutBrackets(pattern: string): string | undefined {
  if (!pattern.startsWith("[")) return pattern;
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === "[") depth += 1;
    if (pattern[at] !== "]" || --depth > 0) continue;
    return at === pattern.length - 1 ? pattern.slice(1, at) : pattern;
  }
  return undefined;
}
