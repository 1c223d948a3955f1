import type { Configuration } from "../config/configuration.ts";
import { isListParameter } from "../postfix/listParameters.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { stageOf } from "../postfix/stages.ts";
import { readPatterns } from "../config/tables/cidrTable.ts";
import { parseReference } from "../config/tables/reference.ts";
import { NO_FILES } from "../config/tables/tableContext.ts";
import { problemsOfPatterns } from "../config/tables/patternTables.ts";
import { parseCidrTable } from "../syntax/cidrTable.ts";
import type { Assignment } from "../syntax/mainCf.ts";
import { derived } from "../text/derived.ts";
import type { Location } from "../text/location.ts";
import { slice, type Span } from "../text/span.ts";
import type { Content } from "../config/tables/tableContext.ts";
import type { Keys } from "./accessTable.ts";
import { otherTables } from "./otherTables.ts";
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
header_checks = regexp:/etc/postfix/headers
virtual_alias_maps = hash:/etc/postfix/virtual
#- clients
203.0.113.8
#<--------- There is no value behind the key: Postfix ignores this line
example.com: OK
#<---------- The key is \`example.com:\` with its colon: tables other than aliases have none
#- virtual
sales@example.com
#<--------------- There is no value behind the key: Postfix ignores this line
#- headers
Subject: lottery  REJECT
#<---------------------- This is neither a pattern between delimiters nor \`if\` nor \`endif\`: Postfix skips this line
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
      const fix = equalsSign(mainCf.text, span) ?? (canGoOn ? indentation("main.cf", span) : undefined);
      yield { at: { file: "main.cf", span }, message, ...(fix && { fix }) };
    } else if (node.kind === "misplaced") {
      const span = firstLine(mainCf.text, node.span);
      yield { at: { file: "main.cf", span }, message: SKIPPED, severity: "warning" };
    }
    canGoOn = node.kind === "assignment" && isList(node);
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

/** Whether a value has several words: a restriction list, a class, tables, domains. */
function isList({ name }: Assignment): boolean {
  return stageOf(name) !== undefined || isListParameter(name) || !PARAMETERS.has(name);
}

/** What stands at the margin behind a value was meant to go on with it. */
function indentation(file: string, { start }: Span): Fix {
  const edits = [{ span: { start, end: start }, newText: "    " }];
  return { title: "Indent the line, so that it continues the one above", edits: [{ file, edits }] };
}

function* inMasterCf({ project: { masterCf } }: RuleContext): Generator<Finding> {
  if (!masterCf) return;
  let canGoOn = false;
  for (const node of masterCf.nodes) {
    const at = { file: "master.cf", span: firstLine(masterCf.text, node.span) };
    if (node.kind === "malformed") yield notAService(masterCf.text, at, canGoOn, node.complaint);
    else if (node.kind === "misplaced") yield { at, message: SKIPPED, severity: "warning" };
    if (node.kind === "service" || node.kind === "malformed") canGoOn = node.kind === "service";
  }
}

/** A line that is too short for a service, perhaps because it is an option of the one above. */
function notAService(text: string, at: Location, canGoOn: boolean, complaint: string): Finding {
  if (!canGoOn || !OPTION.test(slice(text, at.span))) return { at, message: `Postfix does not start: ${complaint}` };
  const message = "Postfix does not start: an option of the service above has to be indented";
  return { at, message, fix: indentation(at.file, at.span) };
}

/** What a service may have behind its command. See master(5) and pipe(8). */
const OPTION = /^(?:-o[ \t{]|(?:flags|user|argv|directory|null_sender)=)/;

/** Rules of access maps that are written into main.cf, each at the word that holds it. */
function* inReferences(configuration: Configuration): Generator<Finding> {
  for (const { content, reference, word } of tablesOf(configuration)) {
    const parsed = parseReference(reference);
    if (!parsed || !word.at || content.kind !== "entries" || content.source || content.keys === "plain") continue;
    const source = readPatterns(parsed, NO_FILES);
    if (source.kind !== "text") continue;
    for (const { span, message } of READERS[content.keys](source)) {
      const rule = source.text.slice(span.start, span.end);
      yield { at: word.at, message: `\`${rule}\`: ${message}`, severity: "warning" };
    }
  }
}

/** Problems of the tables in files, each file once. */
function* inTables(context: RuleContext): Generator<Finding> {
  const read = new Set<string>();
  for (const { file, problems } of [...accessMaps(context), ...otherFiles(context)]) {
    if (read.has(file)) continue;
    read.add(file);
    yield* upTo(
      TABLE_LIMIT,
      problems.map(({ span, message }) => tableLine(context.project, { file, span }, message)),
    );
  }
}

interface FileProblems {
  readonly file: string;
  readonly problems: readonly Problem[];
}

function* accessMaps({ project, configurations }: RuleContext): Generator<FileProblems> {
  for (const { content } of configurations.flatMap((configuration) => [...tablesOf(configuration)])) {
    if (content.kind !== "entries" || !content.source) continue;
    const { file } = content.source;
    const source = project.files.get(file);
    yield { file, problems: READERS[content.keys](source?.kind === "text" ? source : content.source) };
  }
}

function otherFiles({ project }: RuleContext): readonly FileProblems[] {
  return otherTables(project).map(({ file, keys, content }) => ({ file, problems: READERS[keys](content) }));
}

const READERS: Readonly<Record<Keys, (content: Content) => readonly Problem[]>> = {
  plain: (content) => plainScan(content).problems,
  networks: derived(({ text }: Content) => parseCidrTable(text).problems),
  regexp: derived(({ text }: Content) => problemsOfPatterns(text, "regexp")),
  pcre: derived(({ text }: Content) => problemsOfPatterns(text, "pcre")),
};

/** The visible part of the first physical line. */
function firstLine(text: string, { start, end }: Span): Span {
  const [line = ""] = text.slice(start, end).split("\n", 1);
  const lead = line.length - line.trimStart().length;
  return { start: start + lead, end: start + line.trimEnd().length };
}
