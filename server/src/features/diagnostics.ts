import type { Diagnostic } from "vscode-languageserver-types";
import { linesOf } from "../config/lines.ts";
import type { Project } from "../config/project.ts";
import type { Severity } from "../config/severity.ts";
import { findings, severityOf, type FoundFinding } from "../rules/findings.ts";
import type { Related } from "../rules/rule.ts";
import { rangeOf, type Range } from "../text/lineIndex.ts";
import type { Location } from "../text/location.ts";

/** The URI of a file of the project. */
export type UriOf = (file: string) => string;

/** What is found in one file, as an editor shows it: everything, where not something else is given. */
export function diagnostics(project: Project, file: string, uriOf: UriOf, found = findings(project)): Diagnostic[] {
  return found.filter(({ finding }) => finding.at.file === file).map((found) => diagnosticOf(project, found, uriOf));
}

/** One finding as an editor shows it. */
export function diagnosticOf(project: Project, found: FoundFinding, uriOf: UriOf): Diagnostic {
  const { rule, finding } = found;
  const related = (finding.related ?? []).map((one) => relatedOf(project, one, uriOf));
  return {
    range: rangeAt(project, finding.at),
    severity: SEVERITY[severityOf(found)],
    code: rule.code,
    codeDescription: { href: rule.manual },
    source: "postfix-mailflow",
    message: finding.message,
    ...(finding.unnecessary && { tags: [UNNECESSARY] }),
    ...(related.length > 0 && { relatedInformation: related }),
  };
}

/** The lines and characters of a place. */
export function rangeAt(project: Project, { file, span }: Location): Range {
  return rangeOf(linesOf(project, file), span);
}

/** The numbers of the language server protocol; importing its code would bring the connection along. */
const SEVERITY: Readonly<Record<Severity, 1 | 2 | 3 | 4>> = { error: 1, warning: 2, info: 3, hint: 4 };
const UNNECESSARY = 1;

function relatedOf(
  project: Project,
  { at, message }: Related,
  uriOf: UriOf,
): NonNullable<Diagnostic["relatedInformation"]>[number] {
  return { location: { uri: uriOf(at.file), range: rangeAt(project, at) }, message };
}
