import { EventEmitter, type Disposable } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { CHANGED, type Requests } from "../../server/src/lsp/protocol.ts";

/** The requests that only this client makes, with their types. */
export interface ServerRequests {
  send<Method extends keyof Requests>(
    method: Method,
    params: Requests[Method]["params"],
  ): Promise<Requests[Method]["result"]>;
  /** Calls `listener` whenever a configuration has changed. */
  onChanged(listener: () => void): Disposable;
}

export function requestsOf(client: BaseLanguageClient): ServerRequests {
  // The client keeps one handler for each notification; who comes second would replace the first.
  const changed = new EventEmitter<void>();
  client.onNotification(CHANGED, () => {
    changed.fire();
  });
  return {
    send: (method, params) => client.sendRequest(method, params),
    onChanged: (listener) => changed.event(listener),
  };
}
