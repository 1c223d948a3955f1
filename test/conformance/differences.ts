import type { Answer } from "../../server/src/evaluate/report.ts";
import { evaluateCase } from "./evaluateCase.ts";
import type { RecordedAnswer, RecordedCase } from "./recording.ts";

/** In what two answers to a case may differ, the most important first. */
export const ASPECTS = ["start", "replies", "fates", "assumptions", "log"] as const;
export type Aspect = (typeof ASPECTS)[number];

/** What the real Postfix answered and what we answer, in one aspect. */
export interface Difference {
  readonly aspect: Aspect;
  readonly real: Parts;
  readonly ours: Parts;
}

/** What an aspect is made of: replies by stage, lines by number. */
type Parts = Readonly<Record<string, unknown>>;

/** Compares our answer to a case with that of the real Postfix. */
export function differencesOf(recorded: RecordedCase): readonly Difference[] {
  let answer: Answer;
  try {
    answer = evaluateCase(recorded);
  } catch (error) {
    return [{ aspect: "start", real: {}, ours: { thrown: error instanceof Error ? error.stack : error } }];
  }
  const real = aspectsOfReal(recorded.answer);
  const ours = aspectsOfOurs(answer, recorded.answer);
  const differs = (aspect: Aspect): boolean => JSON.stringify(real[aspect]) !== JSON.stringify(ours[aspect]);
  return ASPECTS.filter(differs).map((aspect) => ({ aspect, real: real[aspect], ours: ours[aspect] }));
}

type Aspects = Readonly<Record<Aspect, Parts>>;

function aspectsOfReal(answer: RecordedAnswer): Aspects {
  const { connect } = answer.stages;
  const dead = neverGreets(connect, answer.log);
  return {
    start: { starts: !dead },
    replies: repliesOf(answer.stages),
    fates: byNumber(answer.accepted),
    assumptions: {},
    log: linesOf(dead ? [] : answer.log),
  };
}

function aspectsOfOurs(answer: Answer, real: RecordedAnswer): Aspects {
  return {
    start: { starts: !neverGreets(answer.stages.connect, answer.log) },
    replies: repliesOf(answer.stages),
    // Postfix has no say about recipients that were never sent.
    fates: byNumber(answer.accepted.slice(0, real.accepted.length)),
    assumptions: byNumber(answer.assumed),
    log: linesOf(answer.fatal === null ? answer.log : []),
  };
}

/** A server that dies at its start never greets; one that hangs up on the client says so in its log. */
function neverGreets(connect: Stages["connect"], log: readonly string[]): boolean {
  return connect !== null && "closed" in connect && log.length === 0;
}

type Stages = Answer["stages"] | RecordedAnswer["stages"];

/** The replies byte for byte, by stage. */
function repliesOf({ connect, ehlo, mail, rcpt, data, eod, etrn }: Stages): Parts {
  const raw = (reply: Stages["connect"]): unknown => (reply && "raw" in reply ? reply.raw : (reply ?? null));
  const single = {
    connect: raw(connect),
    ehlo: raw(ehlo),
    mail: raw(mail),
    data: raw(data),
    eod: raw(eod),
    etrn: raw(etrn),
  };
  return { ...single, ...byNumber(rcpt.map(raw)) };
}

/** A class that contains itself logs until the server crashes. VRFY is nothing that we evaluate. */
function linesOf(log: readonly string[]): Parts {
  return byNumber(log.filter((line) => !line.includes(": VRFY from ")).slice(0, 500));
}

function byNumber(list: readonly unknown[]): Parts {
  return Object.fromEntries(list.entries());
}
