import type { Project } from "../config/project.ts";
import type { Location } from "../text/location.ts";
import { movedBy } from "../text/moved.ts";
import type { Span } from "../text/span.ts";
import { findings, inOrder, isLate, quickFindings, type FoundFinding } from "./findings.ts";

/** What was found late in a project, and the texts that it stands in: all that has to be kept of the project. */
export interface Carried {
  readonly found: readonly FoundFinding[];
  readonly texts: ReadonlyMap<string, string>;
}

/** What can be carried over to the next snapshot of a project. */
export function carriedFrom(project: Project): Carried {
  const found = findings(project).filter(isLate).map(withoutProof);
  const files = new Set(
    found.flatMap(({ finding: { at, related = [] } }) => [at, ...related.map((one) => one.at)].map(({ file }) => file)),
  );
  return { found, texts: new Map([...files].map((file) => [file, textOf(project, file)])) };
}

/** What is shown until the slow rules have looked: what the others find, and what was found late before the edit. */
export function earlyFindings(project: Project, before: Carried | undefined): readonly FoundFinding[] {
  return inOrder([...quickFindings(project), ...(before ? carriedTo(project, before) : [])]);
}

/** What was found late before an edit, where it stands after it. */
function carriedTo(project: Project, { found, texts }: Carried): readonly FoundFinding[] {
  const moves = new Map([...texts].map(([file, before]) => [file, moveTo(before, textOf(project, file))]));
  const moved = <Place extends { readonly at: Location }>(place: Place): readonly Place[] => {
    const span = moves.get(place.at.file)?.(place.at.span);
    return span ? [{ ...place, at: { ...place.at, span } }] : [];
  };
  return found.flatMap(({ rule, finding }) =>
    moved(finding).map((one) => ({ rule, finding: { ...one, related: (one.related ?? []).flatMap(moved) } })),
  );
}

function moveTo(before: string, after: string): (span: Span) => Span | undefined {
  return before === after ? (span) => span : movedBy(before, after);
}

/** What an editor shows of it. A proof would keep its configuration, and with it everything that was made of the project. */
function withoutProof({ rule, finding }: FoundFinding): FoundFinding {
  const { at, message, severity, related = [], unnecessary } = finding;
  return {
    rule,
    finding: { at, message, ...(severity && { severity }), related, ...(unnecessary && { unnecessary }) },
  };
}

function textOf(project: Project, file: string): string {
  const content = project.files.get(file);
  return content?.kind === "text" ? content.text : "";
}
