import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { connect as startTls } from "node:tls";
import type { Reply } from "./case.ts";

/** The longest silence of smtpd that we wait for: it retries a dead policy server for some seconds (smtpd_policy_service_retry_delay). */
const PATIENCE = 30_000;

export interface SmtpConnection {
  /** Sends lines in one packet. */
  send(...lines: readonly string[]): void;
  /** The next reply; undefined when the server has hung up, or keeps silent. */
  reply(): Promise<Reply | undefined>;
  /** Whether the server has said anything yet. */
  greeted(): boolean;
  secure(): Promise<void>;
  hangUp(): void;
}

/** Connects from the given address, which need not be one of this machine's. */
export function connectFrom(address: string): SmtpConnection {
  const six = address.includes(":");
  let socket = createConnection({ host: six ? "::1" : "127.0.0.1", port: 25, localAddress: address, noDelay: true });
  let nextLine = lineReader(socket);
  return {
    send: (...lines) => {
      socket.write(lines.map((line) => `${line}\r\n`).join(""));
    },
    reply: () => readReply(() => nextLine()),
    greeted: () => socket.bytesRead > 0,
    secure: async () => {
      socket.removeAllListeners();
      const encrypted = startTls({ socket, rejectUnauthorized: false });
      nextLine = lineReader(encrypted);
      socket = encrypted;
      await Promise.race([once(encrypted, "secureConnect"), once(encrypted, "close")]);
    },
    hangUp: () => {
      socket.destroy();
    },
  };
}

/** Gives one line after the other, undefined at the end. */
function lineReader(socket: Socket): () => Promise<string | undefined> {
  const lines: string[] = [];
  let [rest, ended] = ["", false];
  let wake = (): void => undefined;
  socket.setTimeout(PATIENCE, () => socket.destroy());
  socket.on("error", () => socket.destroy());
  socket.on("close", () => {
    ended = true;
    wake();
  });
  socket.on("data", (chunk: Buffer) => {
    const parts = (rest + chunk.toString("latin1")).split("\r\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
    wake();
  });
  return async () => {
    while (lines.length === 0 && !ended) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const line = lines.shift();
    return line === undefined ? undefined : Buffer.from(line, "latin1").toString("utf8");
  };
}

async function readReply(nextLine: () => Promise<string | undefined>): Promise<Reply | undefined> {
  const lines: string[] = [];
  let line: string | undefined;
  do {
    line = await nextLine();
    if (line === undefined) return undefined;
    lines.push(line);
  } while (line.startsWith("-", 3));
  return parseReply(lines);
}

function parseReply(lines: readonly string[]): Reply {
  const parts = lines.map((line) => /^(\d{3})[ -]?(?:(\d\.\d{1,3}\.\d{1,3}) )?(.*)$/s.exec(line));
  const last = parts.at(-1);
  return {
    code: Number(last?.[1]),
    enhanced: last?.[2] ?? null,
    text: parts.map((part) => part?.[3] ?? "").join("\n"),
    raw: lines.join("\n"),
  };
}
