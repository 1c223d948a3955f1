import type { MasterEntry, MasterWord } from "../syntax/masterCf.ts";
import { compareReleases } from "../postfix/release.ts";
import { balancedLength, unbrace } from "../syntax/tokens.ts";
import type { Span } from "../text/span.ts";
import { moveComment } from "./moveComment.ts";
import type { Finding, Fix, Rule } from "./rule.ts";

export const optionSyntax: Rule = {
  code: "option-syntax",
  severity: "error",
  summary: "White space breaks a `-o` option of a service",
  why:
    "master.cf is split at white space: `-o name=value` may have none inside, neither around the `=` nor behind a comma. What is left over is an argument of its own, with which most servers do not start (`unexpected command-line argument`), and `-o name` without `=` stops all of them. " +
    "Since Postfix 3.0 braces keep a value together: `-o { name = value, with blanks }`. See master(5), multi_server.c and smtpd.c, pre_jail_init().",
  manual: "https://www.postfix.org/master.5.html",
  bad: `
myhostname = mx.example.com
#- master.cf
submission inet n - n - - smtpd
    -o smtpd_client_restrictions=permit_sasl_authenticated, reject
#                                                           ^^^^^^ \`reject\` is an argument of its own, with which \`smtpd\` does not start
    -o smtpd_delay_reject = yes
#      ^^^^^^^^^^^^^^^^^^ \`-o smtpd_delay_reject\` has no \`=\`, and \`smtpd\` does not start
  qmgr unix n - n 300 1 qmgr
# ^^^^ White space makes this line part of the service \`submission\` above, so there is no service \`qmgr\`
smtps inet n - n - - smtpd
    -o { smtpd_helo_required = yes
#      ^ The brace is not closed: Postfix does not start
    -o
#   ^^ \`-o\` has nothing behind it, and \`smtpd\` does not start
`,
  good: `
myhostname = mx.example.com
#- master.cf
submission inet n - n - - smtpd
    -o smtpd_client_restrictions=permit_sasl_authenticated,reject
    -o { smtpd_helo_restrictions = permit_mynetworks, reject }
policy unix - n n - - spawn user=nobody argv=/usr/bin/policy -o verbose
`,
  *check({ project: { masterCf, release } }) {
    const text = masterCf?.text ?? "";
    const braces = compareReleases(release, "3.0") >= 0;
    const fixFor: MakeFix = (words) => noOption(text, words) ?? (braces ? inBraces(text, words) : undefined);
    for (const node of masterCf?.nodes ?? []) {
      if (node.kind !== "service") continue;
      const swallowed = node.arguments.findIndex((word, index) => beginsService(text, node, word, index));
      const count = swallowed < 0 ? node.arguments.length : swallowed;
      yield* inEntry({ ...node, arguments: node.arguments.slice(0, count) }, fixFor);
      const first = node.arguments[swallowed];
      if (first) yield swallowedService(text, node, first);
    }
  },
};

/** Whether a word begins an indented line with the eight columns of a service. */
function beginsService(text: string, { arguments: words }: MasterEntry, { span }: MasterWord, index: number): boolean {
  const lead = text.slice(lineStart(text, span), span.start);
  const columns = words.slice(index, index + 8).map((word) => word.text);
  const isInLine = !text.slice(span.start, words[index + 7]?.span.start ?? 0).includes("\n");
  return (
    lead.trim() === "" &&
    columns.length === 8 &&
    isInLine &&
    /^(?:inet|unix|unix-dgram|fifo|pass)$/.test(columns[1] ?? "")
  );
}

function lineStart(text: string, { start }: Span): number {
  return text.lastIndexOf("\n", start - 1) + 1;
}

function swallowedService(text: string, { columns }: MasterEntry, { text: name, span }: MasterWord): Finding {
  const message = `White space makes this line part of the service \`${columns[0]?.text ?? ""}\` above, so there is no service \`${name}\``;
  const edits = [{ span: { start: lineStart(text, span), end: span.start }, newText: "" }];
  const fix = { title: "Begin the line at the margin", edits: [{ file: "master.cf", edits }] };
  return { at: { file: "master.cf", span }, message, fix };
}

/** Whether white space breaks an option of a service. */
export function hasBrokenOption(entry: MasterEntry | undefined): boolean {
  return entry !== undefined && !inEntry(entry, () => undefined).next().done;
}

type MakeFix = (words: readonly MasterWord[]) => Fix | undefined;

function* inEntry(entry: MasterEntry, fixFor: MakeFix): Generator<Finding> {
  const command = entry.columns[7]?.text ?? "";
  for (const words of groups(entry.arguments)) {
    const problem = problemIn(words, command);
    if (problem === "end of options") return;
    if (!problem) continue;
    const fix = fixFor(words);
    yield { ...problem, ...(fix && { fix }) };
  }
}

/** Each option with what stands behind it, up to the next. */
function groups(words: readonly MasterWord[]): readonly (readonly MasterWord[])[] {
  const found: MasterWord[][] = [];
  for (const word of words) {
    const last = found.at(-1);
    if (last && !word.text.startsWith("-")) last.push(word);
    else found.push([word]);
  }
  return found;
}

function problemIn(words: readonly MasterWord[], command: string): Problem | "end of options" | undefined {
  const [option, value] = words;
  if (!option) return undefined;
  if (option.text === "-o" && !value) return emptyOption(option, command);
  const rest = words.slice(ownWords(option));
  const wrong = option.text === "-o" && value ? problemOf(value, command) : undefined;
  const [stray] = rest;
  if (wrong || !stray) return wrong;
  return isOwnArgument(stray, command) ? "end of options" : strayFinding(rest, command);
}

/** How many words an option takes; a word that is none takes nothing. */
function ownWords({ text }: MasterWord): number {
  if (!text.startsWith("-")) return 0;
  return TAKES_VALUE.test(text) ? 2 : 1;
}

/** Whether the command line goes on there behind the options. See pipe.c and spawn.c; smtp.c, get_cli_attr(). */
function isOwnArgument({ text }: MasterWord, command: string): boolean {
  return /^(?:smtp|lmtp)$/.test(command) ? text.startsWith("flags=") : /^(?:pipe|spawn|postscreen)$/.test(command);
}

/** Options of servers that have a value behind them. See multi_server.c, multi_server_main(). */
const TAKES_VALUE = /^-[imnorst]$/;

type Problem = Pick<Finding, "at" | "message">;

function emptyOption({ span }: MasterWord, command: string): Problem {
  return {
    at: { file: "master.cf", span },
    message: `\`-o\` has nothing behind it, and \`${command}\` does not start`,
  };
}

/** What is wrong with the word behind `-o`. See split_nameval.c, split_nameval(); master(8) takes braces off before. */
function problemOf(word: MasterWord, command: string): Problem | undefined {
  const braces = word.text.startsWith("{") ? unbrace(word.text) : undefined;
  if (braces?.kind === "problem") {
    const isOpen = balancedLength(word.text) === 0;
    const what = isOpen ? "The brace is not closed" : "There is something behind the closing brace";
    return { at: { file: "master.cf", span: word.span }, message: `${what}: Postfix does not start` };
  }
  if (/^\{?\s*[^\s=]+\s*=/.test(word.text)) return undefined;
  const message = `\`-o ${word.text}\` has no \`=\`, and \`${command}\` does not start`;
  return { at: { file: "master.cf", span: word.span }, message };
}

function strayFinding(words: readonly MasterWord[], command: string): Problem {
  const [first, last] = [words[0], words.at(-1)];
  const text = words.map((word) => word.text).join(" ");
  const span = { start: first?.span.start ?? 0, end: last?.span.end ?? 0 };
  const what = words.length > 1 ? "are arguments of their own" : "is an argument of its own";
  return { at: { file: "master.cf", span }, message: `\`${text}\` ${what}, with which \`${command}\` does not start` };
}

/** What was meant as a comment goes to a line of its own, and a backslash away: white space alone continues a line. */
function noOption(text: string, words: readonly MasterWord[]): Fix | undefined {
  const [first, last] = [words.find((word) => /^(?:#|\\$)/.test(word.text)), words.at(-1)];
  if (!first || !last) return undefined;
  const { start } = first.span;
  if (first.text === "\\") {
    const span = { start: text.slice(0, start).trimEnd().length, end: first.span.end };
    return { title: "Remove the backslash", edits: [{ file: "master.cf", edits: [{ span, newText: "" }] }] };
  }
  const end = start + (/^.*/.exec(text.slice(start))?.[0].trimEnd().length ?? 0);
  return end === last.span.end ? moveComment("master.cf", text, { start, end }) : undefined;
}

/** Puts what belongs to `-o` in braces, when that makes a setting of it. */
function inBraces(text: string, words: readonly MasterWord[]): Fix | undefined {
  const [option, first] = words;
  const last = words.at(-1);
  const setting = words
    .slice(1)
    .map((word) => word.text)
    .join(" ");
  const match = /^([^\s={}]+)\s*=\s*([^{}]*)$/.exec(setting);
  if (option?.text !== "-o" || !first || !last || !match) return undefined;
  const [, name = "", value = ""] = match;
  const newText = /\s/.test(value) ? `{ ${name} = ${value} }` : `${name}=${value}`;
  const { start } = first.span;
  const { end } = last.span;
  const edits = text.slice(start, end).includes("\n")
    ? [
        { span: { start, end: start }, newText: "{ " },
        { span: { start: end, end }, newText: " }" },
      ]
    : [{ span: { start, end }, newText }];
  return { title: `Change to \`-o ${newText}\``, edits: [{ file: "master.cf", edits }] };
}
