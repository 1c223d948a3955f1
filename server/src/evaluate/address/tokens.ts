import { AT, BACKSLASH, DOT, isControl } from "./characters.ts";

/** A part of an address. A quoted string or a domain literal is held without its delimiters and backslashes. */
export interface Token {
  readonly kind: "atom" | "quoted" | "literal" | "comment" | "operator";
  readonly text: string;
  /** No blank is put between this token and the next. */
  readonly glued?: true;
}

/** The tokens with no blank between them. */
export function glued(tokens: readonly Token[]): readonly Token[] {
  return tokens.map(({ kind, text }) => ({ kind, text, glued: true }));
}

/** The specials of RFC 822 and the routing operators. tok822_parse.c, tok822_opchar. */
const OPERATORS = '|%!()<>@,;:\\".[]';
const BLANKS = " \t\r\n";

/** Which of the ASCII characters are among some, by code; none beyond them is. */
function among(characters: string): Uint8Array {
  return Uint8Array.from({ length: 0x80 }, (_, code) => (characters.includes(String.fromCharCode(code)) ? 1 : 0));
}

const IS_BLANK = among(BLANKS);
const IS_OPERATOR = among(OPERATORS);
const ENDS_ATOM = among(BLANKS + OPERATORS);
const ENDS_LITERAL = among("]");
const ENDS_QUOTED = among('"');

const IS_ATOM = ENDS_ATOM.map((ends, code) => (isControl(code) || ends === 1 ? 0 : 1));

/** Characters that no unquoted local part may contain, by code. The routing operators ! and % are not among them. */
const NEEDS_QUOTES = Uint8Array.from({ length: 0x80 }, (_, code) =>
  isControl(code) || '()<>@,;:\\"[] '.includes(String.fromCharCode(code)) ? 1 : 0,
);

export const EMPTY_QUOTED: Token = { kind: "quoted", text: "" };

export function operator(text: string): Token {
  return { kind: "operator", text };
}

export function isOperator(token: Token | undefined, text: string): boolean {
  return token?.kind === "operator" && token.text === text;
}

/** Whether `address` is nothing but dotted atoms around one `@`, with a dot in the domain: no step changes it. */
export function isPlainAddress(address: string): boolean {
  let parts = 0;
  let dots = 0;
  let atomLength = 0;
  for (let index = 0; index < address.length; index++) {
    const code = address.charCodeAt(index);
    if (code !== DOT && code !== AT) {
      if (IS_ATOM[code] !== 1) return false;
      atomLength++;
      continue;
    }
    if (atomLength === 0) return false;
    atomLength = 0;
    if (code === DOT) dots++;
    else {
      parts++;
      dots = 0;
    }
  }
  return parts === 1 && dots > 0 && atomLength > 0;
}

/** The place of the last operator `text`, -1 if there is none. tok822_find.c, tok822_rfind_type(). */
export function lastOperator(tokens: readonly Token[], text: string): number {
  return tokens.findLastIndex((token) => isOperator(token, text));
}

/** Splits one address in external form into tokens; nothing is ever an error. tok822_parse.c, tok822_scan_addr(). */
export function parseAddress(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    if (IS_BLANK[text.charCodeAt(at)] === 1) {
      at++;
      continue;
    }
    const { token, end } = tokenAt(text, at);
    tokens.push(token);
    at = end;
  }
  return tokens;
}

/** The address without quotes; blanks separate what would else flow together. tok822_parse.c, tok822_internalize(). */
export function internalize(tokens: readonly Token[]): string {
  let result = "";
  let previous: Token | undefined;
  for (const token of tokens) {
    if (needsBlank(previous, token)) result += " ";
    result += token.kind === "literal" ? `[${token.text}]` : token.text;
    previous = token;
  }
  return result;
}

/** The address with its local part quoted where that is needed. tok822_parse.c, tok822_externalize(), TOK822_ADDR. */
export function externalize(tokens: readonly Token[]): string {
  return quoteLocalPart(internalize(tokens));
}

/**
 * Quotes the local part of an address in internal form where RFC 822 asks for it. What is quoted ends at the last `@`
 * and begins behind a source route. quote_822_local.c, quote_822_local().
 */
export function quoteLocalPart(address: string): string {
  const start = routeEnd(address);
  const at = address.lastIndexOf("@");
  return quoteRange(address, start, at < start ? address.length : at);
}

/** Quotes a local part that stands without `@domain`. quote_822_local.c, QUOTE_FLAG_BARE_LOCALPART. */
export function quoteBareLocalPart(localPart: string): string {
  return quoteRange(localPart, routeEnd(localPart), localPart.length);
}

/** Takes the quotes and backslashes away, from external form to internal form. quote_822_local.c, unquote_822_local(). */
export function unquoteLocalPart(address: string): string {
  if (!address.includes('"') && !address.includes("\\")) return address;
  const start = routeEnd(address);
  let plain = address.slice(0, start);
  let bareAt: { readonly before: string; readonly at: number } | undefined;
  let inQuotes = false;
  for (let at = start; at < address.length; at++) {
    if (address[at] === '"') {
      inQuotes = !inQuotes;
      continue;
    }
    if (address[at] === "@" && !inQuotes) bareAt = { before: plain, at };
    if (address[at] === "\\") at++;
    plain += address[at] ?? "";
  }
  return bareAt ? bareAt.before + address.slice(bareAt.at) : plain;
}

/** Where the local part begins: behind the `:` of a source route, if there is one. */
function routeEnd(address: string): number {
  return address.startsWith("@") ? address.indexOf(":") + 1 : 0;
}

function quoteRange(text: string, start: number, end: number): string {
  if (isDotString(text, start, end)) return text;
  const quoted = text.slice(start, end).replaceAll(/["\\\r]/g, "\\$&");
  return `${text.slice(0, start)}"${quoted}"${text.slice(end)}`;
}

/** quote_822_local.c, is_822_dot_string(): characters beyond ASCII pass. */
function isDotString(text: string, start: number, end: number): boolean {
  let dot = true;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (dot) return false;
      dot = true;
    } else {
      if (NEEDS_QUOTES[code] === 1) return false;
      dot = false;
    }
  }
  return !dot;
}

/** tok822_parse.c, tok822_append_space(). */
function needsBlank(token: Token | undefined, next: Token): boolean {
  if (!token || token.glued) return false;
  if (isOperator(token, ",") || isOperator(next, "<")) return true;
  return token.kind !== "operator" && next.kind !== "operator";
}

interface Scanned {
  readonly token: Token;
  readonly end: number;
}

/** The token that begins at `at`, where there is no blank. tok822_parse.c, tok822_scan_limit(). */
function tokenAt(text: string, at: number): Scanned {
  const first = text[at] ?? "";
  if (first === "(") return commentAt(text, at);
  if (first === "[") return delimited(text, at, "literal");
  if (first === '"') return delimited(text, at, "quoted");
  if (first !== "\\" && IS_OPERATOR[text.charCodeAt(at)] === 1) return { token: operator(first), end: at + 1 };
  const { value, end } = collect(text, at, ENDS_ATOM);
  return { token: { kind: needsQuotes(value) ? "quoted" : "atom", text: value }, end };
}

function delimited(text: string, at: number, kind: "literal" | "quoted"): Scanned {
  const { value, end } = collect(text, at + 1, kind === "literal" ? ENDS_LITERAL : ENDS_QUOTED);
  return { token: { kind, text: value }, end: Math.min(end + 1, text.length) };
}

/** Reads up to one of `stops`. A backslash takes the next character as it is. tok822_parse.c, COLLECT(). */
function collect(text: string, start: number, stops: Uint8Array): { readonly value: string; readonly end: number } {
  let value = "";
  let at = start;
  let from = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isEscape = code === BACKSLASH;
    if (!isEscape && stops[code] === 1) break;
    if (!isEscape && IS_BLANK[code] !== 1) continue;
    value += text.slice(from, at);
    if (isEscape) at++;
    value += IS_BLANK[text.charCodeAt(at)] === 1 ? " " : text.charAt(at);
    from = at + 1;
  }
  const end = Math.min(at, text.length);
  return { value: from === start ? text.slice(start, end) : value + text.slice(from, end), end };
}

/** A comment keeps its parentheses and backslashes. tok822_parse.c, tok822_comment(). */
function commentAt(text: string, start: number): Scanned {
  let level = 0;
  let at = start;
  do {
    if (text[at] === "(") level++;
    else if (text[at] === ")") level--;
    else if (text[at] === "\\") at++;
    at++;
  } while (level > 0 && at < text.length);
  const end = Math.min(at, text.length);
  return { token: { kind: "comment", text: text.slice(start, end) }, end };
}

/** Whether an atom holds, thanks to backslashes, what only a quoted string may. tok822_parse.c, tok822_quote_atom(). */
function needsQuotes(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code < 0x80 && IS_ATOM[code] !== 1) return true;
  }
  return false;
}
