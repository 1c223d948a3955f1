import type { Memento } from "vscode";
import type { Traced } from "./traced.ts";
import type { Store } from "./traceSession.ts";

const KEY = "postfixMailflow.messages";

/** The messages that were saved in this workspace. */
export function savedMessages(state: Memento): Store {
  const all = (): Readonly<Record<string, Traced>> => state.get(KEY, {});
  return {
    all,
    put(name, traced) {
      const others = Object.entries(all()).filter(([other]) => other !== name);
      return state.update(KEY, Object.fromEntries(traced ? [...others, [name, traced]] : others));
    },
  };
}
