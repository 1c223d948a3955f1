import type { Evaluation } from "../evaluate.ts";
import type { Assumption, Exploration } from "../explore.ts";
import { enhancedCodeLength } from "../reply.ts";
import { decidingReply } from "../fate.ts";
import { eventOf, type Logged } from "./logLine.ts";

/** Whether the evaluator says what the log says. */
export interface Agreement extends Omit<Logged, "program"> {
  /** `depends`: under the answers that `if` names; `cannot tell`: what decided there is not traced. */
  readonly verdict: "agrees" | "depends" | "differs" | "cannot tell";
  /** In one sentence. */
  readonly because: string;
  readonly if?: readonly Assumption[];
}

/** Compares what the log says with what the evaluator finds, with the most ordinary answers and with all others. */
export function agreement(logged: Logged, exploration: Exploration): Agreement {
  const { line, action, stage, text } = logged;
  return { line, action, stage, text, ...judge(logged, exploration) };
}

/** The agreement as the line that stands under a trace. */
export function agreementText({ verdict, because }: Pick<Agreement, "verdict" | "because">): string {
  return `${HEADINGS[verdict]}: ${because}`;
}

const HEADINGS: Readonly<Record<Agreement["verdict"], string>> = {
  agrees: "The log agrees",
  depends: "The log agrees under a condition",
  differs: "The log says otherwise",
  "cannot tell": "The log cannot be compared",
};

type Judgement = Pick<Agreement, "verdict" | "because" | "if">;

function judge(logged: Logged, exploration: Exploration): Judgement {
  const { evaluation, assumed, alternatives } = exploration;
  const outsider = decidedElsewhere(logged);
  if (outsider !== undefined) {
    return { verdict: "cannot tell", because: `${outsider}; the restriction lists say ${fateText(evaluation)}` };
  }
  if (isSame(logged, evaluation)) return { verdict: "agrees", because: said(logged) };
  const ways = alternatives
    .filter((way) => isSame(logged, way.evaluation))
    .map((way) => unusual(way.if, assumed))
    .sort((a, b) => a.length - b.length);
  const [condition] = ways;
  if (condition) {
    const words = condition.map(({ ask, answer }) => `${ask}: ${answer}`).join(", ");
    return { verdict: "depends", because: `${said(logged)}, if ${words}`, if: condition };
  }
  const because = `it says ${said(logged)}; the trace says ${fateText(evaluation)}${openings(assumed)}`;
  return { verdict: "differs", because };
}

/** What decides outside the restriction lists of smtpd. */
function decidedElsewhere({ action, program, stage }: Logged): string | undefined {
  if (action.startsWith("milter-")) return "a mail filter decided this, and why is known to the filter alone";
  if (program === "postscreen") return "postscreen decided this, before smtpd saw the client";
  return TRACED.has(stage) ? undefined : `${stage} is not traced`;
}

const TRACED: ReadonlySet<string> = new Set("CONNECT HELO EHLO ETRN MAIL RCPT DATA END-OF-MESSAGE".split(" "));

function isSame(logged: Logged, { log }: Evaluation): boolean {
  return log.some((line) => {
    const event = eventOf(line);
    if (logged.action === "accept") return event.kind === "queued";
    if (event.kind !== "decision" || event.action !== logged.action || event.stage !== logged.stage) return false;
    // The text that a DNS list gives for its listing is known to nobody but the list.
    return event.text === logged.text || (isRefusal(logged) && logged.text.startsWith(`${event.text}; `));
  });
}

function isRefusal({ text }: Logged): boolean {
  return /^[45]\d\d /.test(text) && enhancedCodeLength(text.slice(4)) > 0;
}

function said({ action, stage, text }: Logged): string {
  if (action === "accept") return "a recipient was accepted";
  return action === "reject" ? `\`${text}\` at ${stage}` : `${action} at ${stage}: \`${text}\``;
}

function fateText(evaluation: Evaluation): string {
  return evaluation.fatal ? "that the server does not start" : `\`${decidingReply(evaluation)}\``;
}

/** A policy service or table may answer with more words than are followed. */
function openings(assumed: readonly Assumption[]): string {
  const open = assumed.filter(({ ask }) => ask.startsWith("policy ") || /^\w+:\S* /.test(ask)).map(({ ask }) => ask);
  return open.length === 0 ? "" : `; another answer of ${open.map((ask) => `\`${ask}\``).join(" or ")} may explain it`;
}

/** The answers that are not the ordinary ones. The text of a DNS list decides nothing. */
function unusual(answers: readonly Assumption[], ordinary: readonly Assumption[]): readonly Assumption[] {
  return answers
    .filter(({ ask }) => !ask.startsWith("dns TXT "))
    .filter(({ ask, answer }) => !ordinary.some((other) => other.ask === ask && other.answer === answer));
}
