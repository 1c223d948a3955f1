import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** One line of a daemon, e.g. program `postfix/smtpd`. */
export interface LogLine {
  readonly program: string;
  readonly text: string;
}
type LogTest = (line: LogLine) => boolean;

export interface Log {
  /** What was logged since the last `clear`. */
  lines(): readonly LogLine[];
  clear(): void;
  /** Calls back for each new line, until the returned function is called. */
  watch(listener: (line: LogLine) => void): () => void;
  /** True as soon as a line, old or new, passes the test; false after `milliseconds`. */
  waitFor(test: LogTest, milliseconds: number): Promise<boolean>;
  /** Resolves when every daemon that ever logged is gone and all its lines are here. */
  drained(): Promise<void>;
}

/**
 * The system log of the worker. Node has no datagram sockets of the unix kind, but the C library falls back to a stream when
 * `/dev/log` is one (glibc misc/syslog.c, openlog_internal(): EPROTOTYPE), each record then ending in a NUL.
 */
export async function openLog(path: string): Promise<Log> {
  let lines: LogLine[] = [];
  const listeners = new Set<(line: LogLine) => void>();
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => open.delete(socket));
    readRecords(socket, (line) => {
      lines.push(line);
      for (const listener of listeners) listener(line);
    });
  });
  server.listen({ path, readableAll: true, writableAll: true, backlog: 511 });
  await once(server, "listening");
  const watch = (listener: (line: LogLine) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    lines: () => lines,
    clear: () => {
      lines = [];
    },
    watch,
    waitFor: (test, milliseconds) => waitFor(lines, watch, { test, milliseconds }),
    drained: async () => {
      await Promise.all([...open].map((socket) => once(socket, "close")));
    },
  };
}

function waitFor(
  lines: readonly LogLine[],
  watch: Log["watch"],
  wanted: { test: LogTest; milliseconds: number },
): Promise<boolean> {
  if (lines.some(wanted.test)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const finish = (found: boolean): void => {
      clearTimeout(timer);
      stop();
      resolve(found);
    };
    const timer = setTimeout(finish, wanted.milliseconds, false);
    const stop = watch((line) => {
      if (wanted.test(line)) finish(true);
    });
  });
}

function readRecords(socket: Socket, found: (line: LogLine) => void): void {
  let rest = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      found(parseRecord(rest.toString("utf8", 0, end)));
      rest = rest.subarray(end + 1);
    }
  });
}

/** `<22>Jan  1 00:00:00 postfix/smtpd[123]: connect from …` */
function parseRecord(record: string): LogLine {
  const match = /^<\d+>(?:\w{3} [ \d]\d [\d:]{8} )?(?<program>[^\s[:]+)(?:\[\d+\])?: ?(?<text>.*)$/s.exec(
    record.trimEnd(),
  );
  return { program: match?.groups?.["program"] ?? "?", text: match?.groups?.["text"] ?? record };
}
