import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import fc from "fast-check";
import { anything, checkAnything } from "./anything.ts";
import { checkServer } from "./server.ts";

// The properties of fuzz.test.ts on many more cases: 100,000 directories unless told otherwise, and one in 200 of them as
// sequences of edits and requests for the language server. A failure prints the seed and the smallest case that fails.

/** No case takes longer, however busy the machine is. */
const HANG_MS = 60_000;
const BATCH = 1000;

interface Job {
  readonly cases: number;
  readonly seed: number;
}

if (isMainThread) await main();
else work(workerData as Job);

async function main(): Promise<void> {
  const [cases = 100_000, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
  console.log(`${cases} cases, seed ${seed}`);
  const begin = performance.now();
  await watched({ cases, seed });
  console.log(`No text disturbs a feature (${seconds(begin)} s).`);
  const sequences = Math.ceil(cases / 200);
  await checkServer(sequences, seed);
  console.log(`${sequences} sequences of edits and requests do not disturb the server (${seconds(begin)} s in all).`);
}

/** Runs the cases in another thread: one that hangs can be told and ended. */
function watched(job: Job): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: job });
    let current = "";
    const hangs = (): void => {
      void worker.terminate();
      reject(new Error(`this case does not end: ${current}`));
    };
    let timer = setTimeout(hangs, HANG_MS);
    worker.on("message", (message: string) => {
      current = message;
      clearTimeout(timer);
      timer = setTimeout(hangs, HANG_MS);
    });
    worker.on("error", reject);
    worker.on("exit", (status) => {
      clearTimeout(timer);
      if (status === 0) resolve();
      else reject(new Error(`status ${status}`));
    });
  });
}

function work({ cases, seed }: Job): void {
  for (let done = 0; done < cases; done += BATCH) {
    const property = fc.property(anything, (one) => {
      parentPort?.postMessage(JSON.stringify(one));
      checkAnything(one);
    });
    fc.assert(property, { numRuns: Math.min(BATCH, cases - done), seed: seed + done });
    if ((done + BATCH) % 5000 === 0) console.log(`${done + BATCH} cases …`);
  }
}

function seconds(begin: number): string {
  return ((performance.now() - begin) / 1000).toFixed(0);
}
