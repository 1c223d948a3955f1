import { serviceConfigurations } from "../config/configurations.ts";
import type { FileContent } from "../config/files.ts";
import type { Project } from "../config/project.ts";
import type { Severity } from "../config/severity.ts";
import { hasShellPlaceholders, isTemplate } from "../syntax/template.ts";
import { derived } from "../text/derived.ts";
import { isTooDeep } from "../text/tooDeep.ts";
import { RULE_PAGES, RULES } from "./index.ts";
import type { Finding, Rule, RuleContext, RulePage } from "./rule.ts";
import { suppress } from "./suppress.ts";
import { unusedSuppression } from "./unusedSuppression.ts";
import { messageOf } from "../text/messageOf.ts";

/** A finding and the rule that it breaks. */
export interface FoundFinding {
  readonly rule: Pick<RulePage, "code" | "severity" | "manual">;
  readonly finding: Finding;
}

/**
 * What all rules find in a project, sorted by place, as heavy as the settings want it. What a comment silences and what
 * stands in a template is left out. The same project gives the same list.
 */
export const findings = derived((project: Project): readonly FoundFinding[] => {
  if (!isFinished(project)) return [];
  const found = [...foundQuickly(project), ...foundBy(project, SLOW_RULES)];
  const { kept, unused } = suppress(project, found, RULE_CODES);
  return shown(project, [...kept, ...unused.map((finding) => ({ rule: unusedSuppression, finding }))]);
});

/** The same without what is found late. */
export const quickFindings = derived((project: Project): readonly FoundFinding[] => {
  if (!isFinished(project)) return [];
  return shown(project, suppress(project, foundQuickly(project), RULE_CODES).kept);
});

/** Whether a finding is one of a slow rule, or about a comment: what it silences is only known when all rules have looked. */
export function isLate({ rule: { code } }: FoundFinding): boolean {
  return code === unusedSuppression.code || SLOW_RULES.some((rule) => rule.code === code);
}

const [SLOW_RULES, QUICK_RULES] = [RULES.filter(({ slow }) => slow), RULES.filter(({ slow }) => !slow)];
const RULE_CODES = RULE_PAGES.map(({ code }) => code);

const foundQuickly = derived((project: Project) => foundBy(project, QUICK_RULES));

function foundBy(project: Project, rules: readonly Rule[]): readonly FoundFinding[] {
  const context: RuleContext = { project, configurations: serviceConfigurations(project) };
  return rules.filter(({ inParts }) => !project.part || inParts).flatMap((rule) => checked(rule, context));
}

function shown(project: Project, found: readonly FoundFinding[]): readonly FoundFinding[] {
  return inOrder(found.flatMap((one) => weighed(project, one)));
}

/** Each finding once, by its place. */
export function inOrder(found: readonly FoundFinding[]): readonly FoundFinding[] {
  return distinct(found).sort(byPlace);
}

/** Whether main.cf and master.cf are what Postfix reads, and no templates for them. */
export function isFinished(project: Project): boolean {
  if (["main.cf", "master.cf"].some((file) => isTemplateFile(project, file))) return false;
  return !project.mainCf || !hasShellPlaceholders(project.mainCf);
}

/** Whether a verdict about the whole configuration can be given: it is all there, and what Postfix reads. */
export function isWhole(project: Project): boolean {
  return !project.part && isFinished(project);
}

/** Another program makes a configuration of it first: what stands there now is not what Postfix reads. */
export function isTemplateFile({ files }: Project, file: string): boolean {
  const content = files.get(file);
  return content !== undefined && isTemplateContent(content);
}

const isTemplateContent = derived((content: FileContent) => content.kind === "text" && isTemplate(content.text));

/** A finding with the severity that the settings give its rule; none when they turn the rule off. */
function weighed(project: Project, { rule, finding }: FoundFinding): readonly FoundFinding[] {
  const severity = project.severities.get(rule.code);
  if (severity === "off" || isTemplateFile(project, finding.at.file)) return [];
  return [{ rule, finding: severity === undefined ? finding : { ...finding, severity } }];
}

/** How much a finding weighs. */
export function severityOf({ rule, finding }: FoundFinding): Severity {
  return finding.severity ?? rule.severity;
}

/** Runs one rule. When it fails that is our mistake: it is said, and the others go on. */
export function checked(rule: Rule, context: RuleContext): readonly FoundFinding[] {
  try {
    return [...rule.check(context)].map((finding) => ({ rule, finding }));
  } catch (error) {
    const message = isTooDeep(error)
      ? `The rule \`${rule.code}\` says nothing here: classes or tables are nested too deep`
      : `The rule \`${rule.code}\` failed, please report it: ${messageOf(error)}`;
    const at = { file: "main.cf", span: { start: 0, end: 0 } };
    return [{ rule: INTERNAL_ERROR, finding: { at, message } }];
  }
}

const INTERNAL_ERROR = { code: "internal-error", severity: "info", manual: "https://www.postfix.org/" } as const;

function distinct(found: readonly FoundFinding[]): FoundFinding[] {
  const byName = new Map<string, FoundFinding>();
  for (const one of found) {
    const { at, message } = one.finding;
    const name = `${one.rule.code} ${at.file}:${at.span.start}:${at.span.end} ${message}`;
    if (!byName.has(name)) byName.set(name, one);
  }
  return [...byName.values()];
}

/** main.cf first, then by name; within a file from top to bottom. */
function byPlace(a: FoundFinding, b: FoundFinding): number {
  const [left, right] = [a.finding.at, b.finding.at];
  if (left.file !== right.file) return fileOrder(left.file) < fileOrder(right.file) ? -1 : 1;
  return left.span.start - right.span.start || left.span.end - right.span.end || (a.rule.code < b.rule.code ? -1 : 1);
}

function fileOrder(file: string): string {
  return file === "main.cf" ? "" : file;
}
