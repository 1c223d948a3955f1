import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { anything, checkAnything } from "./anything.ts";
import { checkServer } from "./server.ts";

// The properties of fuzz.test.ts on many more cases: 100,000 directories unless told otherwise, and one in 200 of them as
// sequences of edits and requests for the language server. A failure prints the seed and the smallest case that fails.

/** No case takes longer, however busy the machine is. */
const HANG_MS = 60_000;
const BATCH = 1000;

/** The batches of one process: the first one begins at case `first`, each further one `step` cases behind. */
interface Job {
  readonly cases: number;
  readonly seed: number;
  readonly first: number;
  readonly step: number;
}

const [cases = 100_000, seed = Date.now() % 2 ** 31, first, step] = process.argv.slice(2).map(Number);
if (first !== undefined && step !== undefined) work({ cases, seed, first, step });
else await main();

async function main(): Promise<void> {
  console.log(`${cases} cases, seed ${seed}`);
  const begin = performance.now();
  const processes = availableParallelism();
  const firsts = Array.from({ length: processes }, (_, at) => at * BATCH);
  await Promise.all(firsts.map((first) => watched({ cases, seed, first, step: processes * BATCH })));
  console.log(`No text disturbs a feature (${seconds(begin)} s).`);
  const sequences = Math.ceil(cases / 200);
  await checkServer(sequences, seed);
  console.log(`${sequences} sequences of edits and requests do not disturb the server (${seconds(begin)} s in all).`);
}

/** Runs cases in another process: one that hangs can be told and ended. */
function watched(job: Job): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = [job.cases, job.seed, job.first, job.step].map(String);
    const worker = fork(fileURLToPath(import.meta.url), args);
    let current = "";
    const hangs = (): void => {
      worker.kill("SIGKILL");
      reject(new Error(`this case does not end: ${current}`));
    };
    let timer = setTimeout(hangs, HANG_MS);
    worker.on("message", (message: string) => {
      current = message;
      clearTimeout(timer);
      timer = setTimeout(hangs, HANG_MS);
    });
    worker.on("exit", (status) => {
      clearTimeout(timer);
      if (status === 0) resolve();
      else reject(new Error(`status ${status}; the last case: ${current}`));
    });
  });
}

function work({ cases, seed, first, step }: Job): void {
  for (let done = first; done < cases; done += step) {
    const property = fc.property(anything, (one) => {
      process.send?.(JSON.stringify(one));
      checkAnything(one);
    });
    const numRuns = Math.min(BATCH, cases - done);
    fc.assert(property, { numRuns, seed: seed + done });
    if (done % 5000 === 0) console.log(`cases ${done} to ${done + numRuns} …`);
  }
  process.disconnect();
}

function seconds(begin: number): string {
  return ((performance.now() - begin) / 1000).toFixed(0);
}
