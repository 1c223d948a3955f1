import type { RemoteConsole } from "vscode-languageserver";

/** Runs a handler; a bug in it is logged and answered with nothing, so that it does not silence the others. */
export type Guard = <Result>(what: string, run: () => Result | Promise<Result>) => Promise<Result | null>;

export function guardWith(console: Pick<RemoteConsole, "error">): Guard {
  return async (what, run) => {
    try {
      return await run();
    } catch (error) {
      console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return null;
    }
  };
}
