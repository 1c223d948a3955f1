import { SEVERITIES, type Severity } from "../config/severity.ts";
import { places } from "../evaluate/report.ts";
import { findings, severityOf, type FoundFinding } from "../rules/findings.ts";
import type { Range } from "../text/lineIndex.ts";
import { githubCommand, sarif } from "./findingFormats.ts";
import { findingText } from "./findingText.ts";
import { oneOf, parseOptions, releaseFrom, severitiesFrom } from "./options.ts";
import { readTarget, type Checked } from "./checkTarget.ts";
import { assertReadable } from "./readProject.ts";
import { templateIn } from "./templateIn.ts";
import { nameInProject, nameOnDisk, targetOf } from "./target.ts";
import { terminalStyle } from "./terminal.ts";
import { CHECK_USAGE } from "./usage.ts";

/** A finding as JSON: what other programs rely on. */
export interface FindingReport {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly range: Range;
  readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
  readonly fixable: boolean;
}

const OPTIONS = {
  format: { type: "string" },
  "fail-on": { type: "string" },
  rule: { type: "string", multiple: true },
} as const;

/** `check`: the findings in directories and files. */
export async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (values.help) {
    process.stdout.write(CHECK_USAGE);
    return 0;
  }
  const format = oneOf("format", values.format ?? "text", ["text", "json", "sarif", "github"]);
  const failOn = oneOf("fail-on", values["fail-on"] ?? "warning", ["error", "warning", "info"]);
  const release = releaseFrom(values["postfix-version"]);
  const severities = severitiesFrom(values.rule ?? []);
  const reports: FindingReport[] = [];
  for (const target of (positionals.length > 0 ? positionals : ["."]).map(targetOf)) {
    const checked = await readTarget(target, { release, severities });
    const shown = reportsOf(checked);
    if (format === "text") for (const one of shown) process.stdout.write(findingText(checked, one, terminalStyle()));
    reports.push(...shown);
  }
  process.stdout.write(conclusion(format, reports));
  const worst = Math.max(-1, ...reports.map(({ severity }) => SEVERITIES.indexOf(severity)));
  return worst >= SEVERITIES.indexOf(failOn) ? 1 : 0;
}

/** What is found in the target. Nobody would find anything in a template, or in a file that Postfix does not read. */
function reportsOf(checked: Checked): readonly FindingReport[] {
  const { project, target } = checked;
  const { directory, file } = target;
  const template = templateIn(project, target);
  if (template !== undefined) {
    process.stderr.write(`postfix-mailflow: ${template} is a template and not checked: check what is made of it\n`);
    return [];
  }
  assertReadable(project, directory);
  const name = file === undefined ? undefined : nameInProject(target, file);
  if (name !== undefined && !project.asked.has(name)) {
    process.stderr.write(`postfix-mailflow: ${file} is not checked: nothing in ${directory} names it\n`);
  }
  const found = findings(project).filter(({ finding }) => name === undefined || finding.at.file === name);
  return found.map((one) => reportOf(checked, one));
}

type Format = "text" | "json" | "sarif" | "github";

function conclusion(format: Format, reports: readonly FindingReport[]): string {
  switch (format) {
    case "text":
      return summary(reports);
    case "json":
      return `${JSON.stringify({ findings: reports }, undefined, 2)}\n`;
    case "sarif":
      return `${JSON.stringify(sarif(reports), undefined, 2)}\n`;
    case "github":
      return reports.map(githubCommand).join("");
  }
}

function reportOf({ project, target }: Checked, found: FoundFinding): FindingReport {
  const { rule, finding } = found;
  const place = places(project);
  const at = (location: FoundFinding["finding"]["at"]): { file: string; range: Range } => ({
    file: nameOnDisk(target, location.file),
    range: place(location).range ?? NOWHERE,
  });
  return {
    rule: rule.code,
    severity: severityOf(found),
    message: finding.message,
    ...at(finding.at),
    related: (finding.related ?? []).map((related) => ({ ...at(related.at), message: related.message })),
    fixable: finding.fix !== undefined,
  };
}

const NOWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function summary(reports: readonly FindingReport[]): string {
  if (reports.length === 0) return "No findings.\n";
  const counts = [...SEVERITIES].reverse().map((severity) => {
    const count = reports.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 || severity === "info" ? "" : "s"}`];
  });
  return `${counts.flat().join(", ")}\n`;
}
