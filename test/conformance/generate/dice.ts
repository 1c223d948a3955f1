/** A source of chance that gives the same throws again for the same seed. */
export interface Dice {
  /** From 0 up to, not including, `limit`. */
  below(limit: number): number;
  /** True in so many of a hundred throws. */
  chance(percent: number): boolean;
  pick<Value>(from: readonly Value[]): Value;
  /** Each value as often as its weight says. */
  weigh<Value>(from: readonly (readonly [weight: number, value: Value])[]): Value;
  /** So many values, in the order in which they stand there. */
  some<Value>(from: readonly Value[], count: number): Value[];
}

export function makeDice(seed: number): Dice {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  // Mulberry32, by Tommy Ettinger; in the public domain.
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let throwAway = 0; throwAway < 3; throwAway++) random();
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    below,
    chance: (percent) => random() * 100 < percent,
    pick: (from) => from[below(from.length)] as (typeof from)[number],
    weigh: (from) => {
      let left = random() * from.reduce((sum, [weight]) => sum + weight, 0);
      const at = from.findIndex(([weight]) => (left -= weight) < 0);
      return from.slice(at)[0]?.[1] as (typeof from)[number][1];
    },
    some: (from, count) => {
      const chosen = new Set<number>();
      while (chosen.size < Math.min(count, from.length)) chosen.add(below(from.length));
      return from.filter((_, at) => chosen.has(at));
    },
  };
}
