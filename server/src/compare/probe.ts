import type { Configuration } from "../config/configuration.ts";
import type { Evaluation } from "../evaluate/evaluate.ts";
import { follow, type Asked, type Assumption } from "../evaluate/explore.ts";
import { knownWorld } from "../evaluate/knownWorld.ts";
import { changeOf, outcomeOf, type Change } from "./outcome.ts";
import { partingOf, wayOf, type Parting } from "./parting.ts";
import { messageOf, type Parts } from "./parts.ts";

/** What becomes of one message on both sides, with the same answers from outside. */
export interface Probed {
  readonly before: Evaluation;
  readonly after: Evaluation;
  /** Undefined: the same. */
  readonly change: Change | undefined;
  /** The answers from outside that are not the ordinary ones, as far as they were asked for. */
  readonly answers: readonly Assumption[];
  /** The questions that got the ordinary answer. */
  readonly asked: readonly Asked[];
}

const WORLD = knownWorld({});

/** Sends a message through both configurations. */
export function probe(
  [before, after]: readonly [Configuration, Configuration],
  parts: Parts,
  pins: ReadonlyMap<string, string>,
): Probed {
  const message = messageOf(parts);
  const used = new Map<string, string>();
  const noting = {
    get: (ask: string): string | undefined => {
      const answer = pins.get(ask);
      if (answer !== undefined) used.set(ask, answer);
      return answer;
    },
  };
  const [old, fresh] = [follow(before, message, WORLD, noting), follow(after, message, WORLD, noting)];
  const asked = new Map([...old.asked, ...fresh.asked].map((question) => [question.ask, question]));
  return {
    before: old.evaluation,
    after: fresh.evaluation,
    change: changeOf(outcomeOf(old.evaluation), outcomeOf(fresh.evaluation)),
    answers: [...used].map(([ask, answer]) => ({ ask, answer })),
    asked: [...asked.values()],
  };
}

/** The way that a message goes on both sides. */
export function bothWays({ before, after }: Probed): string {
  return `${wayOf(before.steps)}\n\n${wayOf(after.steps)}`;
}

/** Where the two evaluations part. */
export function probedParting({ before, after }: Probed): Parting | undefined {
  return partingOf(before.steps, after.steps);
}

const TYPES = ["A", "AAAA", "MX", "NS", "TXT", "PTR"];

/** Every way of answering one question differently: a name that does not exist has no records of any type. */
export function otherAnswers({ asked }: Probed): readonly ReadonlyMap<string, string>[] {
  return asked.flatMap(({ ask, others }) => {
    const name = /^dns \w+ (.*)$/s.exec(ask)?.[1];
    const asks = name === undefined ? [ask] : TYPES.map((type) => `dns ${type} ${name}`);
    return others.map((answer) => new Map(asks.map((question) => [question, answer])));
  });
}
