import type { Assumption, Exploration } from "./explore.ts";
import { decidingReply } from "./fate.ts";

/** An outcome that other answers to the open questions lead to. */
export interface OtherOutcome {
  /** The reply that decides about the first recipient. */
  readonly reply: string;
  /** The shortest ways to it, each with the answers that are not the ordinary ones. */
  readonly ways: readonly (readonly Assumption[])[];
  /** How many further ways lead there, too. */
  readonly more: number;
}

/** What other answers lead to. */
export interface OtherOutcomes {
  readonly outcomes: readonly OtherOutcome[];
  /** How many ways of answering change nothing about the reply. */
  readonly same: number;
}

/** How many ways to one outcome a person wants to read. */
const MOST_WAYS = 4;

/** Groups the alternatives of an exploration by what becomes of the first recipient. */
export function otherOutcomes({ evaluation, alternatives }: Exploration): OtherOutcomes {
  const byReply = new Map<string, (readonly Assumption[])[]>();
  for (const alternative of alternatives) {
    const reply = decidingReply(alternative.evaluation);
    const ways = byReply.get(reply) ?? [];
    byReply.set(reply, ways);
    ways.push(alternative.unusual);
  }
  const usual = decidingReply(evaluation);
  const same = shortest(byReply.get(usual) ?? []).length;
  byReply.delete(usual);
  const outcomes = [...byReply].map(([reply, all]): OtherOutcome => {
    const ways = shortest(all);
    return { reply, ways: ways.slice(0, MOST_WAYS), more: Math.max(0, ways.length - MOST_WAYS) };
  });
  return { outcomes, same };
}

/** Those that no other way is a part of. */
function shortest(ways: readonly (readonly Assumption[])[]): readonly (readonly Assumption[])[] {
  const sets = ways.map((way) => new Set(way.map(({ ask, answer }) => `${ask}: ${answer}`)));
  return ways.filter((_, at) => {
    const own = sets[at];
    return !sets.some((other) => own && other.size < own.size && [...other].every((answer) => own.has(answer)));
  });
}

/** In words, how many further ways there are. */
export function otherWays(count: number): string {
  return count === 1 ? "one other way" : `${count} other ways`;
}
