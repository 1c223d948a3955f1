import { recordsFrom } from "../dnsRecords.ts";
import type { Assumption, Exploration, Pins } from "../explore.ts";
import type { RecordType } from "../facts.ts";

/** A question or the name of several, and the answer that a person wants. */
export interface Pin {
  readonly name: string;
  readonly answer: string;
}

/** Explores with the pins fixed. */
export interface Pinned {
  readonly exploration: Exploration;
  /** The questions that the pins answered. */
  readonly pinned: readonly Assumption[];
  /** The pins that no question fits. */
  readonly unused: readonly Pin[];
}

/** Reads `QUESTION=ANSWER`. Questions may hold `=`, answers do not. */
export function pinFrom(text: string): Pin | undefined {
  const at = text.lastIndexOf("=");
  const name = text.slice(0, Math.max(at, 0)).trim();
  return name === "" ? undefined : { name, answer: text.slice(at + 1).trim() };
}

/**
 * Fixes open questions. `run` explores with the pins it is given; it is called again as long as an answer leads to
 * further questions that a pin is for. A string says which answer does not exist.
 */
export function pinQuestions(pins: readonly Pin[], run: (pins: Pins) => Exploration): Pinned | string {
  const fixed = new Map<string, string>();
  const used = new Set<Pin>();
  let exploration = run(fixed);
  for (let isNew = pins.length > 0; isNew;) {
    const questions = questionsOf(exploration);
    const before = fixed.size;
    for (const pin of pins) {
      const complaint = fix(pin, questions, { fixed, used });
      if (complaint !== undefined) return complaint;
    }
    isNew = fixed.size > before;
    if (isNew) exploration = run(fixed);
  }
  const pinned = [...fixed].map(([ask, answer]) => ({ ask, answer }));
  return { exploration, pinned, unused: pins.filter((pin) => !used.has(pin)) };
}

/** The open questions with the answers that each may have. */
export function questionsOf({ assumed, alternatives }: Exploration): ReadonlyMap<string, ReadonlySet<string>> {
  const questions = new Map<string, Set<string>>();
  for (const { ask, answer } of [...assumed, ...alternatives.flatMap((way) => way.if)]) {
    const answers = questions.get(ask) ?? new Set();
    questions.set(ask, answers.add(answer));
  }
  return questions;
}

interface Fixing {
  readonly fixed: Map<string, string>;
  readonly used: Set<Pin>;
}

function fix(
  pin: Pin,
  questions: ReadonlyMap<string, ReadonlySet<string>>,
  { fixed, used }: Fixing,
): string | undefined {
  const meant = [...questions].filter(([ask]) => !fixed.has(ask) && isMeant(ask, pin.name));
  let fits = used.has(pin);
  for (const [ask, answers] of meant) {
    const known = [...answers].find((candidate) => candidate.toLowerCase() === pin.answer.toLowerCase());
    const answer = known ?? (isRecords(ask, pin) ? pin.answer : undefined);
    if (answer === undefined) continue;
    fits = true;
    used.add(pin);
    fixed.set(ask, answer);
  }
  if (meant.length === 0 || fits) return undefined;
  const possible = [...new Set(meant.flatMap(([, answers]) => [...answers]))];
  return `\`${pin.name}\` cannot be \`${pin.answer}\`; it may be ${possible.map((answer) => `\`${answer}\``).join(", ")}`;
}

/** Whether a pin gives the very records that a question asks for. */
function isRecords(ask: string, { name, answer }: Pin): boolean {
  const type = /^dns (A|AAAA|MX|NS|PTR) /.exec(ask)?.[1] as RecordType | undefined;
  return ask === name && type !== undefined && recordsFrom(type, answer) !== undefined;
}

/** The question itself; a domain, for every name below it; or a table, service or `dns`, for all that is asked of it. */
function isMeant(ask: string, name: string): boolean {
  if (ask === name || ask.startsWith(`${name} `)) return true;
  // The text of a DNS list decides nothing.
  return /^dns (?!TXT)/.test(ask) && !name.includes(" ") && ask.toLowerCase().endsWith(`.${name.toLowerCase()}`);
}
