import type {
  Connection,
  ConnectionOptions,
  InitializeParams,
  InitializeResult,
  MessageStrategy,
} from "vscode-languageserver";
import type { Release } from "../postfix/release.ts";
import type { Host } from "../workspace/host.ts";
import { capabilitiesFor } from "./capabilities.ts";
import type { Server } from "./server.ts";

/** What a server talks to. */
interface Surroundings {
  readonly connect: (options: ConnectionOptions) => Connection;
  readonly hostFor: (connection: Connection) => Host;
  /** Meant where the settings name none. */
  readonly release: Release;
}

type Message = Parameters<MessageStrategy["handleMessage"]>[0];

/**
 * Serves an editor. `initialize` is answered at once. What keeps the documents and finds mistakes is loaded behind it,
 * and what answers requests with the first of them; messages wait for it, and keep their order.
 */
export function serve({ connect, hostFor, release }: Surroundings): void {
  let params: InitializeParams | undefined;
  let server: Promise<Server> | undefined;
  let answers: Promise<void> | undefined;
  const start = async (begin: InitializeParams): Promise<Server> =>
    (await import("./server.ts")).startServer({ connection, host: hostFor(connection), release }, begin);
  const connectAnswers = async (begun: Promise<Server>): Promise<void> => {
    (await import("./answers.ts")).connectAnswers(await begun);
  };
  const started = (begin: InitializeParams): Promise<Server> => (server ??= start(begin));
  const loaded = async (begin: InitializeParams, message: Message): Promise<void> => {
    if (answers || isRequest(message)) await (answers ??= connectAnswers(started(begin)));
    else await started(begin);
  };
  const messageStrategy: MessageStrategy = {
    async handleMessage(message, next) {
      if (params) await loaded(params, message);
      await next(message);
    },
  };
  const connection = connect({ messageStrategy });
  connection.onInitialize((begin): InitializeResult => {
    params = begin;
    // While the answer is on its way.
    setTimeout(() => void started(begin), 0);
    return { serverInfo: { name: "Postfix Mailflow" }, capabilities: capabilitiesFor(begin.capabilities) };
  });
  connection.listen();
}

/** An answer to a request of ours has an `id`, but no `method`. */
function isRequest(message: Message): boolean {
  return "id" in message && "method" in message;
}
