import { readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { isReply, type Case, type Message } from "../oracle/case.ts";
import { connectFrom } from "../oracle/smtpConnection.ts";
import { converse } from "../oracle/smtpDialogue.ts";
import { openBench, startServer, type WorkerSetup } from "../oracle/worker.ts";

/** Asks for sessions with the message of a case, so many at a time, for so long each. */
export interface SessionsQuestion {
  readonly asked: Case;
  readonly parallel: readonly number[];
  readonly seconds: number;
}

export interface SessionsAnswer {
  /** From the texts of the files to the end of the first session: postmap, master, smtpd and what it calls. */
  readonly firstMilliseconds: number;
  readonly speeds: readonly SessionsSpeed[];
}

interface SessionsSpeed {
  readonly perSecond: number;
  /** What all daemons of Postfix together spent on a session. */
  readonly processorMilliseconds: number;
}

const CLOCK_TICK_MILLISECONDS = 10;
const WARM_UP_SESSIONS = 20;

/** Runs inside the namespaces of the oracle: one question per line in, one answer per line out. */
export async function runSessions(setup: WorkerSetup): Promise<void> {
  const bench = await openBench(setup);
  for await (const line of createInterface({ input: process.stdin })) {
    const { asked, parallel, seconds } = JSON.parse(line) as SessionsQuestion;
    const { client_address: address, client_name: name } = asked.message;
    // Names from a file: the time of our own DNS server is not Postfix's.
    writeFileSync("/etc/hosts", `${address} ${name ?? ""}\n`);
    const start = performance.now();
    const server = await startServer(bench, asked);
    const expected = await session(asked.message);
    const firstMilliseconds = performance.now() - start;
    for (let at = 0; at < WARM_UP_SESSIONS; at++) await session(asked.message);
    const speeds: SessionsSpeed[] = [];
    for (const count of parallel) {
      speeds.push(await speedOfSessions(asked.message, { count, seconds, expected }));
      bench.log.clear();
    }
    await server.remove();
    process.stdout.write(`${JSON.stringify({ firstMilliseconds, speeds } satisfies SessionsAnswer)}\n`);
  }
  process.exit(0);
}

async function speedOfSessions(
  message: Message,
  { count, seconds, expected }: { readonly count: number; readonly seconds: number; readonly expected: string },
): Promise<SessionsSpeed> {
  const processor = processorMilliseconds();
  const start = performance.now();
  let done = 0;
  const client = async (): Promise<void> => {
    while (performance.now() - start < seconds * 1000) {
      const reply = await session(message);
      if (reply !== expected) throw new Error(`Postfix said "${reply}", and before "${expected}"`);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: count }, client));
  const elapsed = (performance.now() - start) / 1000;
  return {
    perSecond: done / elapsed,
    processorMilliseconds: (processorMilliseconds() - processor) / done,
  };
}

/** One session from connect to QUIT, and what was said to its recipient. */
async function session(message: Message): Promise<string> {
  const connection = connectFrom(message.client_address);
  const { rcpt } = await converse(connection, message);
  connection.hangUp();
  const [reply] = rcpt;
  return isReply(reply) ? reply.raw : "nothing";
}

/** What the processes of these namespaces used, the dead ones included, other than ourselves. See proc(5). */
function processorMilliseconds(): number {
  const world = readlinkSync("/proc/self/ns/pid");
  const ours = new Set(["node", "MainThread", "sh", "unshare"]);
  let ticks = 0;
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      if (readlinkSync(`/proc/${name}/ns/pid`) !== world) continue;
      const [, command = "", rest = ""] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${name}/stat`, "utf8")) ?? [];
      // From the state on: utime, stime and those of the children that are gone.
      if (!ours.has(command)) ticks += sum(rest.split(" ").slice(11, 15));
    } catch {
      // It ended meanwhile; its parent has its time.
    }
  }
  return ticks * CLOCK_TICK_MILLISECONDS;
}

function sum(numbers: readonly string[]): number {
  return numbers.reduce((total, number) => total + Number(number), 0);
}
