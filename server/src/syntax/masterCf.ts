import type { Span } from "../text/span.ts";
import { fileSpan, isSpace, logicalLines, type Gap, type LogicalLine } from "./logicalLines.ts";
import { balancedLength, skipSpace } from "./tokens.ts";

/** A word of a master.cf entry, with its place in the file. */
export interface MasterWord {
  readonly text: string;
  readonly span: Span;
  /** Where the word begins in the text of its logical line. */
  readonly start: number;
}

/** A service: eight columns, of which the last is a command with its arguments. */
export interface MasterEntry {
  readonly kind: "service";
  readonly span: Span;
  readonly line: LogicalLine;
  /** service, type, private, unprivileged, chroot, wakeup, maxproc, command. */
  readonly columns: readonly MasterWord[];
  readonly arguments: readonly MasterWord[];
  readonly options: readonly MasterOption[];
}

/** `-o name=value`, `-oname=value` or `-o { name = value }`; only the last one may have braces around it. */
export interface MasterOption {
  readonly name: string;
  readonly value: string;
  readonly nameSpan: Span;
  /** Where the value begins in the text of the logical line. */
  readonly valueStart: number;
  readonly line: LogicalLine;
}

/** A logical line with fewer columns than master(8) needs: `fatal: master.cf: line N: missing "…" field`. */
export interface MalformedEntry {
  readonly kind: "malformed";
  readonly span: Span;
  readonly complaint: string;
}

export interface MasterCf {
  readonly text: string;
  readonly nodes: readonly (MasterEntry | MalformedEntry | Gap)[];
}

const COLUMNS = ["service", "type", "private", "unprivileged", "chroot", "wakeup", "maxproc", "command"];

/** Reads master.cf. Never throws. See master_ent.c, get_master_ent(). */
export function parseMasterCf(text: string): MasterCf {
  const nodes: (MasterEntry | MalformedEntry | Gap)[] = [];
  for (const node of logicalLines(text)) nodes.push(node.kind === "line" ? entry(node) : node);
  return { text, nodes };
}

function entry(line: LogicalLine): MasterEntry | MalformedEntry {
  const words = splitBlanks(line);
  const columns = words.slice(0, COLUMNS.length);
  const missing = COLUMNS[columns.length];
  if (missing !== undefined) return { kind: "malformed", span: line.span, complaint: `missing "${missing}" field` };
  const args = words.slice(COLUMNS.length);
  return { kind: "service", span: line.span, line, columns, arguments: args, options: optionsOf(line, args) };
}

/** Splits at white space; `{ … }` at the start of a word keeps what stands in balanced braces together. */
function splitBlanks(line: LogicalLine): MasterWord[] {
  const { text } = line;
  const words: MasterWord[] = [];
  for (let start = skipSpace(text, 0); start < text.length;) {
    const end = wordEnd(text, start);
    words.push({ text: text.slice(start, end), span: fileSpan(line, start, end), start });
    start = skipSpace(text, end);
  }
  return words;
}

function wordEnd(text: string, start: number): number {
  let at = start + (text[start] === "{" ? balancedLength(text.slice(start)) : 0);
  while (at < text.length && !isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** Options end where something else stands: the `-o` of a command behind `argv=` is its own. See sys_defs.h, GETOPT(). */
function optionsOf(line: LogicalLine, args: readonly MasterWord[]): MasterOption[] {
  const options: MasterOption[] = [];
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    if (!word?.text.startsWith("-") || word.text === "--") break;
    if (word.text === "-o") {
      const setting = args[++at];
      const form = setting?.text.startsWith("{") ? BRACED : BARE;
      if (setting) options.push(...optionFrom(line, setting, form));
    } else if (word.text.startsWith("-o")) {
      options.push(...optionFrom(line, { text: word.text.slice(2), start: word.start + 2 }, BARE));
    }
  }
  return options;
}

/** See extpar.c, extpar() and split_nameval.c, split_nameval(). */
const BRACED = /^(\{\s*)([^\s=]+)(\s*=\s*)([^]*?)\s*\}$/;
const BARE = /^()([^\s=]+)(=)([^]*)$/;

function optionFrom(
  line: LogicalLine,
  { text, start }: Pick<MasterWord, "text" | "start">,
  form: RegExp,
): MasterOption[] {
  const match = form.exec(text);
  if (!match) return [];
  const [, lead = "", name = "", equals = "", value = ""] = match;
  const nameStart = start + lead.length;
  return [
    {
      name,
      value,
      nameSpan: fileSpan(line, nameStart, nameStart + name.length),
      valueStart: nameStart + name.length + equals.length,
      line,
    },
  ];
}
