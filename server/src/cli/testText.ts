import { places } from "../evaluate/report.ts";
import type { Style } from "../evaluate/traceText.ts";
import { fullName } from "../mailflow/runTests.ts";
import { complaintsOf, countsOf } from "./testFormats.ts";
import type { RanFile, PlacedTest } from "./runTestFile.ts";

/** The results as a person reads them. */
export function testText(files: readonly RanFile[], style: Style): string {
  const { passed, failed, errors } = countsOf(files);
  const parts = [`${passed} passed`, `${failed} failed`, ...(errors > 0 ? [`${errors} could not be run`] : [])];
  return `${files.map((file) => fileText(file, style)).join("\n")}\n${parts.join(", ")}\n`;
}

function fileText(file: RanFile, style: Style): string {
  const problems = file.problems.map(
    ({ range, message }) => `  ${style.bad("error")} line ${range.start.line + 1}: ${message}\n`,
  );
  return `${style.strong(file.file)}\n${problems.join("")}${file.tests.map((ran) => caseText(file, ran, style)).join("")}`;
}

function caseText(file: RanFile, ran: PlacedTest, style: Style): string {
  if (ran.result.kind === "passed") return `  ${style.good("pass")}  ${fullName(ran.test)}\n`;
  const head = `  ${style.bad(ran.result.kind === "failed" ? "FAIL" : "error")}  ${fullName(ran.test)}\n`;
  return (
    head +
    complaintsOf(file, ran)
      .map((line) => `        ${line}\n`)
      .join("")
  );
}

/** Which restrictions and table lines no test came by. */
export function coverageText(files: readonly RanFile[], style: Style): string {
  return files
    .map(({ file, project, covered }) => {
      const reached = covered.filter(({ count }) => count > 0).length;
      const place = places(project);
      const missed = covered
        .filter(({ count }) => count === 0)
        .map(({ at, kind }) => {
          const line = (place(at).range?.start.line ?? 0) + 1;
          const content = project.files.get(at.file);
          const word = content?.kind === "text" ? content.text.slice(at.span.start, at.span.end) : "";
          return `  ${style.faint(`${at.file}:${line}`)}  ${kind === "entry" ? "table line" : "restriction"} ${word}\n`;
        });
      const sum = `${reached} of ${covered.length} restrictions and table lines are reached by ${file}`;
      return `\n${sum}${missed.length > 0 ? "; not these:" : ""}\n${missed.join("")}`;
    })
    .join("");
}
