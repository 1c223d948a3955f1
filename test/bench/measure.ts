/** How fast something went, by the clock and by the processor time of this process: the machine may have other things to do. */
export interface Speed {
  readonly perSecond: number;
  readonly perProcessorSecond: number;
}

interface Effort {
  readonly seconds: number;
  /** Before the clock starts: the compiler of Node wants to see the code run. */
  readonly warmUp: number;
  /** How many units one call of the work does. */
  readonly units?: number;
}

const BATCH_MILLISECONDS = 5;

/** Does the work again and again. */
export function speedOf(work: () => void, { seconds, warmUp, units = 1 }: Effort): Speed {
  const batch = batchFor(work, warmUp);
  const processor = process.cpuUsage();
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  while (elapsed < seconds * 1000) {
    for (let at = 0; at < batch; at++) work();
    calls += batch;
    elapsed = performance.now() - start;
  }
  const { user, system } = process.cpuUsage(processor);
  const done = calls * units;
  return { perSecond: done / (elapsed / 1e3), perProcessorSecond: done / ((user + system) / 1e6) };
}

/** Warms up, and finds how many calls take long enough that reading the clock does not count. */
function batchFor(work: () => void, warmUp: number): number {
  let batch = 1;
  const end = performance.now() + warmUp * 1000;
  for (;;) {
    const start = performance.now();
    for (let at = 0; at < batch; at++) work();
    const now = performance.now();
    if (now - start < BATCH_MILLISECONDS) batch *= 2;
    else if (now >= end) return batch;
  }
}

/** The middle one of several times, in milliseconds. */
export function medianTime(rounds: number, work: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return middle(times);
}

/** The middle one of several numbers. */
export function middle(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

const WORDS = new Map(Array.from({ length: 1000 }, (_, number) => [`word${number}.example`, number]));
const CALIBRATION_ROUNDS = 1000;

/** A fixed piece of work, to compare figures from different machines and hours: strings cut, folded and looked up. */
export function calibrate(): Speed {
  let sum = 0;
  const work = (): void => {
    for (let at = 0; at < CALIBRATION_ROUNDS; at++) {
      const word = `<WORD${at}.EXAMPLE>`;
      sum = Math.imul(sum ^ (WORDS.get(word.slice(1, -1).toLowerCase()) ?? 0), 0x01000193);
    }
  };
  const speed = speedOf(work, { seconds: 0.5, warmUp: 0.2, units: CALIBRATION_ROUNDS });
  if (Number.isNaN(sum)) throw new Error("the sum is always a number");
  return speed;
}
