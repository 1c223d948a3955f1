import type { Evaluation } from "../evaluate/evaluate.ts";
import { fateOf } from "../evaluate/fate.ts";
import type { Message } from "../evaluate/message.ts";
import type { Answered } from "../evaluate/session.ts";
import { decisionPath } from "../evaluate/verdict.ts";
import type { Expectation, ReplyPattern, ReplyStage } from "./testFile.ts";

/** Something that was expected, and what happened instead. */
export interface Difference {
  /** `RCPT TO:<x@example.org>`, `log` … */
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

/** Compares what happened with what was expected; nothing found means that everything came true. */
export function differences(expect: Expectation, message: Message, evaluation: Evaluation): readonly Difference[] {
  return [
    ...ofStart(expect, evaluation),
    ...ofFates(expect, message, evaluation),
    ...[...expect.replies].flatMap(([stage, patterns]) => ofReplies(stage, patterns, evaluation)),
    ...ofDecision(expect, evaluation),
    ...expect.log.flatMap((text) => ofLog(text, evaluation)),
  ];
}

function ofStart({ fatal }: Expectation, evaluation: Evaluation): readonly Difference[] {
  const actual = evaluation.fatal?.join("; ");
  if (fatal === undefined) {
    return actual === undefined ? [] : [{ what: "start", expected: "the server starts", actual: `fatal: ${actual}` }];
  }
  if (actual?.includes(fatal)) return [];
  return [
    {
      what: "start",
      expected: `fatal: ${fatal}`,
      actual: actual === undefined ? "the server starts" : `fatal: ${actual}`,
    },
  ];
}

function ofFates({ fates }: Expectation, { recipients = [] }: Message, evaluation: Evaluation): readonly Difference[] {
  const [all] = fates;
  if (all === undefined || evaluation.fatal) return [];
  return (recipients.length > 0 ? recipients : [""]).flatMap((recipient, at) => {
    const expected = fates.length === 1 ? all : fates[at];
    const actual = fateOf(evaluation, at);
    if (expected === undefined || expected === actual) return [];
    return [{ what: `<${recipient}>`, expected, actual: `${actual}: ${refusalOf(evaluation, at)}` }];
  });
}

/** The reply that settled the fate of a recipient. */
function refusalOf({ connect, mail, rcpt, data, eod }: Evaluation, at: number): string {
  const answers = [connect, mail, rcpt[at], data, eod];
  const refusal = answers.find((answered) => answered && "code" in answered && answered.code >= 400);
  return textOf(refusal ?? rcpt[at] ?? connect);
}

function ofReplies(
  stage: ReplyStage,
  patterns: readonly ReplyPattern[],
  evaluation: Evaluation,
): readonly Difference[] {
  const given: readonly (Answered | undefined)[] = stage === "rcpt" ? evaluation.rcpt : [evaluation[stage]];
  const count = Math.max(patterns.length, given.length);
  return Array.from({ length: count }, (_, at) => {
    const pattern = patterns.length === 1 ? patterns[0] : patterns[at];
    const answered = given[at];
    if (!pattern || fits(pattern, answered)) return [];
    const what = count > 1 ? `${stage} ${at + 1}` : stage;
    return [{ what, expected: describe(pattern), actual: textOf(answered) }];
  }).flat();
}

function fits(pattern: ReplyPattern, answered: Answered | undefined): boolean {
  if (!answered || !("code" in answered)) return false;
  switch (pattern.kind) {
    case "code":
      return answered.code === pattern.code;
    case "beginning":
      return `${answered.raw} `.startsWith(`${pattern.text} `);
    case "pattern":
      return pattern.pattern.test(answered.raw);
  }
}

function describe(pattern: ReplyPattern): string {
  if (pattern.kind === "code") return String(pattern.code);
  return pattern.kind === "beginning" ? pattern.text : `/${pattern.text}/`;
}

function textOf(answered: Answered | undefined): string {
  if (!answered) return "the command is not sent";
  if ("code" in answered) return answered.raw;
  return "closed" in answered ? "the connection is closed" : "the command is left out";
}

/** The deciding restriction, with its argument or without, or a list, class or entry that it stands in. */
function ofDecision({ by }: Expectation, { steps }: Evaluation): readonly Difference[] {
  if (by === undefined) return [];
  const paths = steps.map(decisionPath).filter((path) => path.length > 0);
  if (paths.flat().some(({ asked }) => `${asked} `.startsWith(`${by} `))) return [];
  const actual = paths.flatMap((path) => path.at(-1)?.asked ?? []).join(", ");
  return [{ what: "by", expected: by, actual: actual === "" ? "nothing decides" : actual }];
}

function ofLog(text: string, { log }: Evaluation): readonly Difference[] {
  if (log.some((line) => line.includes(text))) return [];
  return [{ what: "log", expected: text, actual: log.length > 0 ? log.join("; ") : "nothing is logged" }];
}
