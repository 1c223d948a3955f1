import type { ClientCapabilities, InitializeParams } from "vscode-languageserver";

/** What the editor said of itself when it started. */
export class Client {
  readonly capabilities: ClientCapabilities;
  readonly #commands: ReadonlySet<unknown>;

  /** `commands` in the options that the editor begins with are the names of the commands that it has for us. */
  constructor({ capabilities, initializationOptions }: InitializeParams) {
    this.capabilities = capabilities;
    const { commands } = (initializationOptions ?? {}) as { readonly commands?: unknown };
    this.#commands = new Set(Array.isArray(commands) ? commands : []);
  }

  hasCommand(name: string): boolean {
    return this.#commands.has(name);
  }

  /** Whether an edit of ours may give a file another name. */
  get renamesFiles(): boolean {
    const { documentChanges, resourceOperations } = this.capabilities.workspace?.workspaceEdit ?? {};
    return documentChanges === true && resourceOperations?.includes("rename") === true;
  }
}
