import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { answerOf } from "./answer.ts";
import { startAuthServer } from "./authServer.ts";
import type { Answer, Case, Stages } from "./case.ts";
import { clearConfig, empty, writeConfig } from "./configDirectory.ts";
import { startDnsServer, type DnsServer } from "./dnsServer.ts";
import { zoneOf } from "./dnsZone.ts";
import { ADMIN_ENVIRONMENT, type Installation } from "./installation.ts";
import { openLog, type Log, type LogLine } from "./logSocket.ts";
import { startLauncher, startMaster, type Launch, type Master } from "./master.ts";
import { furnish } from "./namespace.ts";
import { writeOld } from "./oldFile.ts";
import { startPolicyServer } from "./policyServer.ts";
import { connectFrom } from "./smtpConnection.ts";
import { converse } from "./smtpDialogue.ts";

/** What a worker is told on its command line. */
export interface WorkerSetup {
  readonly world: string;
  readonly installation: Installation;
}

/** What a worker has around it for as long as it lives. */
interface Bench extends WorkerSetup {
  readonly log: Log;
  readonly dns: DnsServer;
  readonly launch: Launch;
}

/** A Postfix that runs with the configuration of a case. */
export interface Server extends Master {
  /** Stops it, and removes what was made for it. */
  remove(): Promise<void>;
}

const REFUSED: Stages = {
  connect: { closed: true },
  ehlo: null,
  mail: null,
  rcpt: [],
  data: null,
  eod: null,
  etrn: null,
};
const QUEUES = [
  "incoming",
  "active",
  "hold",
  "deferred",
  "defer",
  "bounce",
  "maildrop",
  "flush",
  "trace",
  "corrupt",
  "pid",
];
const DISCONNECT_LIMIT = 2_000;

/** Runs inside the namespaces: one case per line in, one answer per line out. */
export async function runWorker(setup: WorkerSetup): Promise<void> {
  const bench = await openBench(setup);
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = await answerCase(bench, JSON.parse(line) as Case);
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  process.exit(0);
}

/** Makes the namespaces ready for Postfix. */
export async function openBench(setup: WorkerSetup): Promise<Bench> {
  const { queue } = setup.installation;
  furnish(setup.installation);
  const launch = startLauncher(setup.installation.daemons);
  const bench: Bench = { ...setup, log: await openLog("/dev/log"), dns: await startDnsServer(), launch };
  await startAuthServer(`${queue}/private/auth`);
  await standInForQueueManager(`${queue}/public/qmgr`);
  clearConfig();
  writeOld("/etc/postfix/main.cf", "");
  execFileSync("postalias", ["hash:/etc/aliases"], { env: ADMIN_ENVIRONMENT });
  return bench;
}

async function answerCase(bench: Bench, asked: Case): Promise<Answer> {
  const { log, dns } = bench;
  const server = await startServer(bench, asked);
  try {
    const stages = server.started ? await runSession(log, asked) : REFUSED;
    await server.stop();
    return answerOf(asked, stages, { log: log.lines(), queries: dns.queries() });
  } finally {
    await server.remove();
  }
}

/** Starts Postfix with the configuration of a case, and whatever the case has around it. */
export async function startServer(bench: Bench, asked: Case): Promise<Server> {
  const { log, dns, launch, installation } = bench;
  cleanUp(installation);
  const removeFiles = writeConfig(asked, bench.world);
  dns.serve(zoneOf(asked));
  writeFileSync("/proc/sys/kernel/hostname", asked.hostname ?? "mail.oracle.test");
  const policyServers = await Promise.all(
    (asked.policy ?? []).map((server) => startPolicyServer(server, installation.queue)),
  );
  log.clear();
  const master = await startMaster(launch, log);
  const remove = async (): Promise<void> => {
    await master.stop();
    await Promise.all(policyServers.map((stop) => stop()));
    removeFiles();
  };
  return { ...master, remove };
}

async function runSession(log: Log, { message }: Case): Promise<Stages> {
  const connection = connectFrom(message.client_address);
  // A server that cannot start leaves the client waiting for a greeting, while master tries again and again.
  const stop = log.watch((line) => {
    if (!connection.greeted() && diedAtStart(line)) connection.hangUp();
  });
  try {
    return await converse(connection, message);
  } finally {
    stop();
    connection.hangUp();
    if (log.lines().some(isConnect)) await log.waitFor(isDisconnect, DISCONNECT_LIMIT);
  }
}

function diedAtStart({ program, text }: LogLine): boolean {
  if (program.endsWith("/master")) return text.includes("bad command startup");
  return program.endsWith("/smtpd") && /^(?:fatal|panic): /.test(text);
}

function isConnect({ program, text }: LogLine): boolean {
  return program.endsWith("/smtpd") && text.startsWith("connect from");
}

function isDisconnect({ program, text }: LogLine): boolean {
  return (
    (program.endsWith("/smtpd") && /^(?:disconnect from|fatal: )/.test(text)) ||
    /process .*\/smtpd pid \d+ (?:killed|exit)/.test(text)
  );
}

function cleanUp({ queue, data }: Installation): void {
  for (const name of QUEUES) empty(`${queue}/${name}`);
  empty(`${queue}/private`, new Set(["auth"]));
  empty(`${queue}/public`, new Set(["qmgr"]));
  empty(data);
}

/** cleanup wakes the queue manager up for each message; here somebody listens, and delivers nothing. */
async function standInForQueueManager(path: string): Promise<void> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy()).resume();
  });
  server.listen({ path, readableAll: true, writableAll: true });
  await once(server, "listening");
}
