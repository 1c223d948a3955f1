import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { ADMIN_ENVIRONMENT } from "./installation.ts";
import type { Log, LogLine } from "./logSocket.ts";
import { CONFIG_DIRECTORY } from "./unsupported.ts";

export interface Master {
  /** False when Postfix refused to start. */
  readonly started: boolean;
  /** Kills master and every daemon it started, and returns when they are gone. */
  stop(): Promise<void>;
}

/** Starts a master, and gives its process id. */
export type Launch = () => Promise<number>;

const START_LIMIT = 10_000;

/**
 * Starts a master for each line, in a session of its own (hence one process group for it and all its daemons), and as an orphan,
 * which the first process of the namespace will bury.
 */
const LAUNCHER = '(setsid "$1" -c "$2" </dev/null >/dev/null 2>&1 & echo $!)';

/** Forking Node takes longer than everything else that we do for a case; a small shell forks at once. */
export function startLauncher(daemons: string): Launch {
  const command = ["-c", `while read -r _; do ${LAUNCHER}; done`, "sh", `${daemons}/master`, CONFIG_DIRECTORY];
  const shell = spawn("sh", command, { stdio: ["pipe", "pipe", "inherit"], env: ADMIN_ENVIRONMENT });
  const lines = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
  return async () => {
    shell.stdin.write("\n");
    const line = await lines.next();
    if (line.done === true) throw new Error("the launcher died");
    return Number(line.value);
  };
}

export async function startMaster(launch: Launch, log: Log): Promise<Master> {
  const group = -(await launch());
  // Before a daemon exits with a fatal error, it sleeps for a second (util/msg.c).
  await log.waitFor((line) => saysStarted(line) || saysFatal(line), START_LIMIT);
  return {
    started: log.lines().some(saysStarted),
    stop: async () => {
      while (kill(group)) await sleep(1);
      await log.drained();
    },
  };
}

function saysStarted({ program, text }: LogLine): boolean {
  return program.endsWith("/master") && text.startsWith("daemon started");
}

function saysFatal({ program, text }: LogLine): boolean {
  return program.endsWith("/master") && text.startsWith("fatal: ");
}

/** False when nobody is left to be killed. */
function kill(group: number): boolean {
  try {
    return process.kill(group, "SIGKILL");
  } catch {
    return false;
  }
}
