import { FileCoverage, Range, StatementCoverage, TestCoverageCount, Uri } from "vscode";
import type { TestRun } from "../../../server/src/lsp/protocol.ts";

type Covered = TestRun["coverage"][number];

/** The coverage of one file, with what it is made from. */
class MailflowCoverage extends FileCoverage {
  readonly places: Covered["places"];

  constructor({ uri, places }: Covered) {
    const covered = places.filter(({ count }) => count > 0).length;
    super(Uri.parse(uri), new TestCoverageCount(covered, places.length));
    this.places = places;
  }
}

/** A restriction or a line of a table counts as a statement. */
export function coverageOf(covered: Covered): FileCoverage {
  return new MailflowCoverage(covered);
}

/** Which of them the messages came by, and how often. */
export function detailsOf(file: FileCoverage): StatementCoverage[] {
  if (!(file instanceof MailflowCoverage)) return [];
  return file.places.map(
    ({ range: { start, end }, count }) =>
      new StatementCoverage(count, new Range(start.line, start.character, end.line, end.character)),
  );
}
