import type { Assumption, Exploration } from "../evaluate/explore.ts";
import { questionsOf } from "../evaluate/inputs/pins.ts";

/** Something that the configuration does not tell, and the answer that is taken. */
export interface Question extends Assumption {
  /** Every answer that it may have, the most ordinary one first. */
  readonly answers: readonly string[];
  /** Whether a person has chosen the answer. */
  readonly isChosen: boolean;
}

/**
 * The questions that this message depends on: those that a person answered, and those that are open. `without` explores
 * with all answers but one, so that the other answers to that one are known, too.
 */
export function questions(
  exploration: Exploration,
  pinned: readonly Assumption[],
  without: (ask: string) => Exploration,
): readonly Question[] {
  const open = questionsOf(exploration);
  return [
    ...pinned.map(({ ask, answer }) => {
      const answers = [...new Set([...(questionsOf(without(ask)).get(ask) ?? []), answer])];
      return { ask, answer, answers, isChosen: true };
    }),
    ...exploration.assumed.map(({ ask, answer }) => {
      return { ask, answer, answers: [...(open.get(ask) ?? [])], isChosen: false };
    }),
  ];
}
