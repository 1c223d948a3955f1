import { DOT, isDigit } from "./address/characters.ts";

/** A reply of the SMTP server, byte for byte as it is sent (without the final CRLF). */
export interface Reply {
  readonly code: number;
  readonly enhanced: string | null;
  readonly text: string;
  readonly raw: string;
}

/** Whether a reply says no, for now or for good. */
export function isRefusal(raw: string): boolean {
  return raw.startsWith("4") || raw.startsWith("5");
}

/** Splits a reply line into its parts. */
export function replyFrom(raw: string): Reply {
  const code = Number(raw.slice(0, 3));
  const rest = raw.slice(4);
  const enhanced = enhancedCodeLength(rest);
  return {
    code,
    enhanced: enhanced > 0 ? rest.slice(0, enhanced) : null,
    text: enhanced > 0 ? rest.slice(enhanced + 1) : rest,
    raw,
  };
}

/** An enhanced status code and the text behind it. */
export interface EnhancedText {
  readonly dsn: string;
  readonly text: string;
}

/**
 * Takes an enhanced status code off the front of a text, or the default one when it has none. `behind` tells what
 * follows a text that is nothing but a code. See dsn_util.c, dsn_split().
 */
export function splitEnhanced(text: string, defaultDsn: string, behind: () => string): EnhancedText {
  const trimmed = trimStart(text);
  const length = enhancedCodeLength(trimmed);
  if (length === 0) return { dsn: defaultDsn, text: trimmed };
  const rest = length === trimmed.length ? behind() : trimmed.slice(length + 1);
  return { dsn: trimmed.slice(0, length), text: trimStart(rest) };
}

/** The length of the enhanced status code at the start of `text`, or 0. See dsn_util.c, dsn_valid(). */
export function enhancedCodeLength(text: string): number {
  const first = text.charCodeAt(0);
  if ((first !== 0x32 && first !== 0x34 && first !== 0x35) || text.charCodeAt(1) !== DOT) return 0;
  const middle = digitsEnd(text, 2);
  if (middle === 2 || text.charCodeAt(middle) !== DOT) return 0;
  const end = digitsEnd(text, middle + 1);
  const ends = end === text.length || /\s/.test(text.charAt(end));
  return end > middle + 1 && ends ? end : 0;
}

/** Where up to three digits end. */
function digitsEnd(text: string, start: number): number {
  let at = start;
  while (at < start + 3 && isDigit(text.charCodeAt(at))) at++;
  return at;
}

function trimStart(text: string): string {
  return text.replace(/^[ \t\n\v\f\r]+/, "");
}

/** The kinds of thing that a refusal names. See smtpd_dsn_fix.h. */
export type SubjectKind =
  | "Client host"
  | "Unverified Client host"
  | "Client certificate"
  | "SASL login name"
  | "Helo command"
  | "Sender address"
  | "Recipient address"
  | "Etrn command"
  | "Data command"
  | "End-of-data";

const SENDER_CODES: Readonly<Record<string, string>> = {
  "1": "4.1.7",
  "2": "4.1.8",
  "3": "4.1.7",
  "4": "4.1.7",
  "5": "4.1.0",
  "6": "4.1.7",
  "7": "4.1.7",
  "8": "4.1.8",
};

const RECIPIENT_CODES: Readonly<Record<string, string>> = {
  "1": "4.1.1",
  "2": "4.1.2",
  "3": "4.1.3",
  "4": "4.1.4",
  "5": "4.1.5",
  "6": "4.1.6",
  "7": "4.1.3",
  "8": "4.1.2",
};

/** Makes an address-specific code (`x.1.y`) fit what is being refused. See smtpd_dsn_fix.c, smtpd_dsn_fix(). */
export function fitEnhanced(dsn: string, subject: SubjectKind): string {
  if (dsn.slice(1, 4) !== ".1.") return dsn;
  if (subject === "Sender address") return SENDER_CODES[dsn.slice(4)] ?? "4.1.0";
  if (subject === "Recipient address") return RECIPIENT_CODES[dsn.slice(4)] ?? "4.1.0";
  return "4.0.0";
}
