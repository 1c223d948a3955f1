import { PARTS, type Origin, type Part, type Parts, type Value, type Values } from "./parts.ts";

/** How far a value is from the plainest. */
const COST: Readonly<Record<Origin, number>> = { plain: 0, usual: 2, changed: 3, other: 4 };

export function costOf(values: Readonly<Record<Part, Value>>): number {
  return PARTS.reduce((sum, part) => sum + COST[values[part].origin], 0);
}

/** A message made of values. */
export interface Combination {
  readonly parts: Parts;
  readonly cost: number;
}

/** All messages that the values make, the plainest first. */
export function* combinations(values: Values): Generator<Combination, void, undefined> {
  const most = PARTS.length * COST.other;
  for (let cost = 0; cost <= most; cost++) yield* withCost(values, cost);
}

function* withCost(values: Values, cost: number): Generator<Combination, void, undefined> {
  for (const who of values.who) {
    for (const recipient of values.recipient) {
      const left = cost - COST[who.origin] - COST[recipient.origin];
      if (left < 0) continue;
      for (const sender of values.sender) {
        const rest = left - COST[sender.origin];
        if (rest < 0 || rest > COST.other) continue;
        for (const helo of values.helo) {
          if (COST[helo.origin] !== rest) continue;
          yield { parts: { who: who.is, helo: helo.is, sender: sender.is, recipient: recipient.is }, cost };
        }
      }
    }
  }
}

/** The plainest surroundings in which the values of a part are tried: everybody who connects, and each way of mail. */
export function surroundingsFor(values: Values, part: Part): readonly Combination[] {
  const usual = <Which extends Part>(which: Which, count: number): readonly Value<Which>[] =>
    values[which].filter(({ origin }) => origin === "plain" || origin === "usual").slice(0, which === part ? 1 : count);
  const found: Combination[] = [];
  for (const who of usual("who", 5)) {
    for (const recipient of usual("recipient", 2)) {
      for (const sender of usual("sender", part === "who" ? 3 : 1)) {
        for (const helo of usual("helo", 1)) {
          const parts = { who: who.is, helo: helo.is, sender: sender.is, recipient: recipient.is };
          found.push({ parts, cost: costOf({ who, helo, sender, recipient }) });
        }
      }
    }
  }
  return found;
}

/** The cost of a message in which a value stands in place of the plain one. */
export function costWith(cost: number, { origin }: Value): number {
  return cost + COST[origin];
}
