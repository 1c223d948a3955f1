import { once } from "node:events";
import { createServer, type ListenOptions, type Socket } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import type { PolicyAction, PolicyServer } from "./case.ts";

/** Starts a policy server (SMTPD_POLICY_README) and returns what stops it. */
export async function startPolicyServer(
  { listen, action }: PolicyServer,
  queueDirectory: string,
): Promise<() => Promise<void>> {
  const open = new Set<Socket>();
  let requests = 0;
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => open.delete(socket));
    answerRequests(socket, (state) => choose(action, state, requests++));
  });
  server.listen(addressOf(listen, queueDirectory));
  await once(server, "listening");
  return async () => {
    const closed = once(server, "close");
    server.close();
    for (const socket of open) socket.destroy();
    await closed;
  };
}

function answerRequests(socket: Socket, answer: (state: string) => PolicyAction): void {
  let state = "";
  createInterface({ input: socket }).on("line", (line) => {
    if (line.startsWith("protocol_state=")) state = line.slice("protocol_state=".length);
    if (line !== "") return;
    const action = answer(state);
    if (action === null) socket.destroy();
    else socket.write(`action=${action}\n\n`);
  });
}

function choose(action: PolicyServer["action"], state: string, request: number): PolicyAction {
  if (action === null || typeof action === "string") return action;
  if (isList(action)) return action[Math.min(request, action.length - 1)] ?? null;
  const chosen = action[state];
  return chosen === undefined ? (action["*"] ?? "DUNNO") : chosen;
}

function isList(action: object): action is readonly PolicyAction[] {
  return Array.isArray(action);
}

/** `inet:127.0.0.1:10031` or `unix:private/policy`, relative to the queue directory. */
function addressOf(listen: string, queueDirectory: string): ListenOptions {
  const [, type, rest = ""] = /^(\w+):(.*)$/.exec(listen) ?? [];
  if (type === "unix") return { path: path.resolve(queueDirectory, rest), readableAll: true, writableAll: true };
  const [, host = "", port] = /^(.*?):?(\d+)$/.exec(rest) ?? [];
  const plainHost = host.replace(/^\[|\]$/g, "");
  return { host: plainHost === "" || plainHost === "localhost" ? "127.0.0.1" : plainHost, port: Number(port) };
}
