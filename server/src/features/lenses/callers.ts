import type { Project } from "../../config/project.ts";
import type { Location } from "../../text/location.ts";
import { groupBy } from "../groupBy.ts";
import { callsTo } from "../uses/calls.ts";
import { keyOf, type Subject } from "../uses/mention.ts";

/** Who calls a class or a table, in words, and where. */
export interface Callers {
  readonly words: readonly string[];
  readonly places: readonly Location[];
}

/** More places than this no editor shows quickly. */
const MOST_PLACES = 1000;

/** The lists and classes by name, the tables with the number of their entries. */
export function callersOf(project: Project, callee: Subject): Callers {
  const calls = callsTo(project, callee);
  const words = groupBy(calls, ({ caller }) => keyOf(caller)).map((group) => {
    const [{ caller }] = group;
    return caller.kind === "table" ? `${count(group.length, "entry", "entries")} of ${caller.name}` : caller.name;
  });
  return { words, places: calls.slice(0, MOST_PLACES).map(({ at }) => at) };
}

export function count(number: number, one: string, more: string): string {
  return `${number} ${number === 1 ? one : more}`;
}
