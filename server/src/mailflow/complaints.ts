import { explain } from "../evaluate/explain.ts";
import type { Location } from "../text/location.ts";
import type { Failure, TestResult } from "./runTest.ts";

/** What is wrong with a test in words, one line each; none when it passed. `place` says where a step stands. */
export function complaints(result: TestResult, place: (at: Location) => string): readonly string[] {
  if (result.kind === "passed") return [];
  return result.kind === "error" ? [result.because] : failureLines(result.failure, place);
}

function failureLines(
  { differences, if: answers, decided }: Failure,
  place: (at: Location) => string,
): readonly string[] {
  const lines = differences.map(({ what, expected, actual }) => `${what}: expected ${expected}, got ${actual}`);
  if (answers.length > 0) {
    const open = answers.map(({ ask, answer }) => `\`${ask}\` is ${answer}`).join(" and ");
    lines.push(`so it is when ${open}; \`answers\` can fix that`);
  }
  if (!decided) return lines;
  const at = decided.entry ?? decided.at;
  return [...lines, `decided by \`${decided.asked}\`: ${explain(decided.because)}${at ? ` [${place(at)}]` : ""}`];
}
