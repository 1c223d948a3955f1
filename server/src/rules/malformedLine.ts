import type { Configuration } from "../config/configuration.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { readPatterns } from "../config/tables/cidrTable.ts";
import { parseReference } from "../config/tables/reference.ts";
import { NO_FILES } from "../config/tables/tableContext.ts";
import { problemsOfPatterns } from "../config/tables/patternTables.ts";
import { parseCidrTable } from "../syntax/cidrTable.ts";
import { derived } from "../text/derived.ts";
import type { Span } from "../text/span.ts";
import type { Entries, Keys } from "./accessTable.ts";
import { perService } from "./perService.ts";
import { plainScan } from "./plainScan.ts";
import { tablesOf } from "./places.ts";
import { TABLE_LIMIT, upTo } from "./repeated.ts";
import type { Finding, Fix, Rule, RuleContext } from "./rule.ts";
import { tableLine } from "./tableLine.ts";

export const malformedLine: Rule = {
  code: "malformed-line",
  severity: "error",
  summary: "Postfix cannot read a line",
  why:
    "A logical line of main.cf is `name = value`; a line without `=` stops every Postfix program, postfix(1) included. master.cf needs eight columns. Text behind white space continues the line before it; where there is none, Postfix warns and skips it. " +
    "Lines of a lookup table that cannot be read are skipped with a warning. See postconf(5), master(5), access(5); split_nameval.c, master_ent.c and readlline.c.",
  manual: "https://www.postfix.org/postconf.5.html",
  inParts: true,
  bad: `
mydestination = example.com
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
reject_unauth_destination
#<----------------------- No Postfix program starts: missing '=' after attribute name
#- clients
203.0.113.8
#<--------- There is no value behind the key: Postfix ignores this line
example.com: OK
#<---------- The key is \`example.com:\` with its colon: tables other than aliases have none
`,
  good: `
mydestination = example.com
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
  reject_unauth_destination
#- clients
203.0.113.8 DUNNO
`,
  *check(context) {
    yield* inMainCf(context);
    yield* inMasterCf(context);
    yield* inTables(context);
    yield* perService(context, inReferences);
  },
};

/** What the readers of all types of tables say. */
interface Problem {
  readonly span: Span;
  readonly message: string;
}

const SKIPPED = "White space begins this line, but there is no line to continue: Postfix warns and ignores it";

function* inMainCf({ project: { mainCf } }: RuleContext): Generator<Finding> {
  if (!mainCf) return;
  let canGoOn = false;
  for (const node of mainCf.nodes) {
    if (node.kind === "malformed") {
      const message = `No Postfix program starts: ${node.complaint}`;
      const span = firstLine(mainCf.text, node.span);
      const fix = equalsSign(mainCf.text, span) ?? (canGoOn ? indentation(span) : undefined);
      yield { at: { file: "main.cf", span }, message, ...(fix && { fix }) };
    } else if (node.kind === "misplaced") {
      const span = firstLine(mainCf.text, node.span);
      yield { at: { file: "main.cf", span }, message: SKIPPED, severity: "warning" };
    }
    canGoOn = node.kind === "assignment";
  }
}

/** `name value`, where the name is that of a parameter. */
function equalsSign(text: string, span: Span): Fix | undefined {
  const name = /^\w+(?=[ \t]+[^ \t=])/.exec(text.slice(span.start, span.end))?.[0] ?? "";
  if (!PARAMETERS.has(name)) return undefined;
  const end = span.start + name.length;
  const edits = [{ span: { start: end, end }, newText: " =" }];
  return { title: `Put a \`=\` behind \`${name}\``, edits: [{ file: "main.cf", edits }] };
}

/** What stands at the margin behind a value was meant to go on with it. */
function indentation({ start }: Span): Fix {
  const edits = [{ span: { start, end: start }, newText: "    " }];
  return { title: "Indent the line, so that it continues the one above", edits: [{ file: "main.cf", edits }] };
}

function* inMasterCf({ project: { masterCf } }: RuleContext): Generator<Finding> {
  for (const node of masterCf?.nodes ?? []) {
    if (node.kind !== "malformed" && node.kind !== "misplaced") continue;
    const at = { file: "master.cf", span: firstLine(masterCf?.text ?? "", node.span) };
    if (node.kind === "malformed") yield { at, message: `Postfix does not start: ${node.complaint}` };
    else yield { at, message: SKIPPED, severity: "warning" };
  }
}

/** Rules of access maps that are written into main.cf, each at the word that holds it. */
function* inReferences(configuration: Configuration): Generator<Finding> {
  for (const { content, reference, word } of tablesOf(configuration)) {
    const parsed = parseReference(reference);
    if (!parsed || !word.at || content.kind !== "entries" || content.source || content.keys === "plain") continue;
    const source = readPatterns(parsed, NO_FILES);
    if (source.kind !== "text") continue;
    for (const { span, message } of problemsIn(source.text, content.keys)) {
      const rule = source.text.slice(span.start, span.end);
      yield { at: word.at, message: `\`${rule}\`: ${message}`, severity: "warning" };
    }
  }
}

/** Problems of the access maps, each file once. */
function* inTables({ configurations }: RuleContext): Generator<Finding> {
  const read = new Set<string>();
  for (const configuration of configurations) {
    for (const { file, problems } of sources(configuration)) {
      if (read.has(file)) continue;
      read.add(file);
      yield* upTo(
        TABLE_LIMIT,
        problems.map(({ span, message }) => tableLine(configuration.project, { file, span }, message)),
      );
    }
  }
}

function* sources(
  configuration: Configuration,
): Generator<{ readonly file: string; readonly problems: readonly Problem[] }> {
  for (const { content } of tablesOf(configuration)) {
    if (content.kind !== "entries" || !content.source) continue;
    const { file } = content.source;
    const source = configuration.project.files.get(file);
    const isPlain = content.keys === "plain" && source?.kind === "text";
    yield { file, problems: isPlain ? plainScan(source).problems : problemsOf(content) };
  }
}

const problemsOf = derived(({ source, keys }: Entries) => problemsIn(source?.text ?? "", keys));

function problemsIn(text: string, keys: Keys): readonly Problem[] {
  if (keys === "networks") return parseCidrTable(text).problems;
  return keys === "plain" ? plainScan({ text }).problems : problemsOfPatterns(text, keys);
}

/** The visible part of the first physical line. */
function firstLine(text: string, { start, end }: Span): Span {
  const [line = ""] = text.slice(start, end).split("\n", 1);
  const lead = line.length - line.trimStart().length;
  return { start: start + lead, end: start + line.trimEnd().length };
}
