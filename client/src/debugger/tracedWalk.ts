import type { Message } from "../../../server/src/evaluate/message.ts";
import type { StepReport } from "../../../server/src/evaluate/report.ts";
import type { TraceResult } from "../../../server/src/lsp/protocol.ts";
import { stopsOf, type Stop } from "./walk.ts";

/** A message on its way through a configuration. */
export interface TracedWalk {
  readonly message: Message;
  readonly steps: readonly StepReport[];
  readonly stops: readonly Stop[];
  /** The paths of the files of the configuration, by name. */
  readonly paths: ReadonlyMap<string, string>;
}

export const NOWHERE: TracedWalk = { message: { client_address: "" }, steps: [], stops: [], paths: new Map() };

/** The walk through a trace; what keeps it from being one is thrown. */
export function tracedWalk(result: TraceResult | null, pathOf: (uri: string) => string): TracedWalk {
  if (!result)
    throw new Error("This file belongs to no Postfix configuration: there is no main.cf of Postfix above it.");
  const { json, message, text, files } = result;
  if (!json || !message) throw new Error(text.trim());
  if (json.fatal) throw new Error(`The server would not start: ${json.fatal.join("; ")}`);
  const steps = json.trace?.steps ?? [];
  const paths = new Map(Object.entries(files).map(([file, uri]) => [file, pathOf(uri)]));
  return { message, steps, stops: stopsOf(steps), paths };
}

/** What the client is told, command by command. */
export function outcomeOf({ steps }: TracedWalk): string {
  return steps.flatMap(({ asked, reply }) => (reply === undefined ? [] : [`${asked} → ${reply}`])).join("\n");
}

export const AS_BEFORE = "The steps are those from before this edit.";
export const NOTHING_NEW = "The configuration has changed; the replies are the same.";

/** What an edit has changed, in words; undefined: nothing but places. */
export function newsOf(before: TracedWalk, after: TracedWalk): string | undefined {
  if (outcomeOf(before) !== outcomeOf(after)) return `The configuration has changed.\n${outcomeOf(after)}`;
  const [old, current] = [before, after].map(({ steps }) => JSON.stringify(steps, withoutPlace));
  return old === current ? undefined : NOTHING_NEW;
}

function withoutPlace(key: string, value: unknown): unknown {
  return key === "range" ? undefined : value;
}
