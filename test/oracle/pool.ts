import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmdirSync } from "node:fs";
import { once } from "node:events";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import type { Answer, Case } from "./case.ts";
import { ADMIN_ENVIRONMENT, findInstallation, UNSHARE, type Installation } from "./installation.ts";
import { SETUP } from "./namespace.ts";
import type { WorkerSetup } from "./worker.ts";

export interface PoolOptions {
  /** The program that calls runWorker() when it gets `--worker` and a WorkerSetup. */
  readonly program: string;
  readonly workers?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** A program in namespaces of its own: one JSON value per line in, one per line out. */
interface Worker {
  ask(question: object): Promise<unknown>;
  stop(): Promise<void>;
}

const CASE_LIMIT = 180_000;
const GOODBYE_LIMIT = 5_000;
const ATTEMPTS = 2;

/** Hands the cases to the workers, and returns the answers in the order of the cases. */
export async function runPool(cases: readonly Case[], options: PoolOptions): Promise<Answer[]> {
  const installation = findInstallation();
  const answers: Answer[] = [];
  const queue = cases.entries();
  let done = 0;
  const work = async (): Promise<void> => {
    let worker: Worker | undefined;
    try {
      for (const [index, asked] of queue) {
        for (let attempt = 1; answers[index] === undefined; attempt++) {
          worker ??= startWorker(options.program, installation);
          try {
            answers[index] = (await worker.ask(asked)) as Answer;
          } catch (error) {
            await worker.stop();
            worker = undefined;
            if (attempt === ATTEMPTS) throw new Error(`case ${asked.id}`, { cause: error });
          }
        }
        options.onProgress?.(++done, cases.length);
      }
    } finally {
      await worker?.stop();
    }
  };
  // A processor waits for its neighbour much of the time: twice as many workers as processors is the fastest.
  const count = Math.min(options.workers ?? 2 * availableParallelism(), cases.length);
  await Promise.all(Array.from({ length: count }, work));
  return answers;
}

/** Starts `program --worker SETUP` in namespaces of its own. */
export function startWorker(program: string, installation: Installation): Worker {
  const world = mkdtempSync(path.join(tmpdir(), "postfix-mailflow-"));
  const setup: WorkerSetup = { world, installation };
  const command = [process.execPath, program, "--worker", JSON.stringify(setup)];
  const [unshare, ...flags] = UNSHARE;
  const shell = ["sh", "-c", SETUP, "sh", world, installation.queue, installation.data];
  const child = spawn(unshare, [...flags, ...shell, ...command], {
    env: ADMIN_ENVIRONMENT,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const complaints = text(child.stderr);
  const died = once(child, "exit").then(async () => {
    throw new Error(`the worker died: ${(await complaints).trim()}`);
  });
  died.catch(() => undefined);
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (question) => {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const killer = setTimeout(() => child.kill("SIGKILL"), CASE_LIMIT);
      const line = await Promise.race([lines.next(), died]).finally(() => {
        clearTimeout(killer);
      });
      return line.done === true ? await died : (JSON.parse(line.value) as unknown);
    },
    stop: () => stop(child, world),
  };
}

/** A worker ends with its input, and all its namespaces with it. */
async function stop(child: ChildProcess, world: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, "exit");
    child.stdin?.end();
    const killer = setTimeout(() => child.kill("SIGKILL"), GOODBYE_LIMIT);
    await exited;
    clearTimeout(killer);
  }
  rmdirSync(world);
}
