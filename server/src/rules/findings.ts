import { serviceConfigurations } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { derived } from "../text/derived.ts";
import { RULES } from "./index.ts";
import type { Finding, Rule, RuleContext, Severity } from "./rule.ts";

/** A finding and the rule that it breaks. */
export interface FoundFinding {
  readonly rule: Pick<Rule, "code" | "severity" | "manual">;
  readonly finding: Finding;
}

/** What all rules find in a project, sorted by place. The same project gives the same list. */
export const findings = derived((project: Project): readonly FoundFinding[] => {
  const context: RuleContext = { project, configurations: serviceConfigurations(project) };
  return distinct(RULES.flatMap((rule) => checked(rule, context))).sort(byPlace);
});

/** How much a finding weighs. */
export function severityOf({ rule, finding }: FoundFinding): Severity {
  return finding.severity ?? rule.severity;
}

/** Runs one rule. When it fails that is our mistake: it is said, and the others go on. */
export function checked(rule: Rule, context: RuleContext): readonly FoundFinding[] {
  try {
    return [...rule.check(context)].map((finding) => ({ rule, finding }));
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    const message = `The rule \`${rule.code}\` failed, please report it: ${because}`;
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
