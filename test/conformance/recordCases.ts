import { askPostfix } from "../oracle/askPostfix.ts";
import type { Case } from "../oracle/case.ts";
import { findInstallation } from "../oracle/installation.ts";
import { answerToRecord, caseToRecord, type RecordedCase } from "./recording.ts";

/** At most so many Postfixes at once. */
const WORKERS = 4;

/** Asks the installed Postfix about each case and notes what it answers. */
export async function recordCases(
  cases: readonly Case[],
  onProgress?: (done: number, total: number) => void,
): Promise<RecordedCase[]> {
  if (cases.length === 0) return [];
  const answers = await askPostfix(cases, { workers: WORKERS, ...(onProgress && { onProgress }) });
  const postfixVersion = /^\d+\.\d+/.exec(findInstallation().version)?.[0] ?? "";
  return cases.flatMap((asked, index) => {
    const answer = answers[index];
    return answer ? [{ ...caseToRecord(asked), postfixVersion, answer: answerToRecord(answer) }] : [];
  });
}
