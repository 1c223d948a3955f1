import { accessMapIn, listsOf } from "../../config/accessMaps.ts";
import type { Configuration } from "../../config/configuration.ts";
import { configurations } from "../../config/configurations.ts";
import type { ListWord } from "../../config/listWord.ts";
import type { Project } from "../../config/project.ts";
import type { ListItem, RestrictionList } from "../../config/restrictionList.ts";
import { derived } from "../../text/derived.ts";
import type { Location } from "../../text/location.ts";
import { inlineWords } from "./inlineWords.ts";
import { keyOf, type Subject } from "./mention.ts";
import { tableNamed } from "./tableMentions.ts";
import { wordsOfTable } from "./uses.ts";

/** That a list, a class or a table makes Postfix go on with a class or a table. */
export interface Call {
  readonly caller: Subject;
  readonly callee: Subject;
  /** The word in the caller: `$name` where that brought the callee. */
  readonly at: Location;
}

/** What the lists and classes of all services call. Tables are asked one by one: see callsFrom(). */
const listCalls = derived((project: Project): readonly Call[] => {
  const calls = new Map<string, Call>();
  for (const configuration of configurations(project)) {
    for (const call of callsIn(configuration)) {
      const { file, span } = call.at;
      calls.set(`${keyOf(call.caller)}\n${keyOf(call.callee)}\n${file} ${span.start}`, call);
    }
  }
  return [...calls.values()];
});

/** What a list, a class or a table calls. */
export function callsFrom(project: Project, caller: Subject): readonly Call[] {
  if (caller.kind !== "table") return listCalls(project).filter((call) => keyOf(call.caller) === keyOf(caller));
  const classes = new Set(configurations(project).flatMap((configuration) => [...configuration.classes.keys()]));
  return [...classes].flatMap((name) => callsOfTable(project, caller.name, name));
}

/** What calls a class or a table. */
export function callsTo(project: Project, callee: Subject): readonly Call[] {
  const calls = listCalls(project);
  const direct = calls.filter((call) => keyOf(call.callee) === keyOf(callee));
  if (callee.kind !== "parameter") return direct;
  const tables = new Set(calls.flatMap(({ callee: { kind, name } }) => (kind === "table" ? [name] : [])));
  return [...direct, ...[...tables].flatMap((table) => callsOfTable(project, table, callee.name))];
}

/** The right-hand sides of a table that name a class. */
function callsOfTable(project: Project, file: string, name: string): readonly Call[] {
  const starts = wordsOfTable(project, file)?.words.get(name) ?? [];
  return starts.map((start) => ({
    caller: { kind: "table", name: file },
    callee: { kind: "parameter", name },
    at: { file, span: { start, end: start + name.length } },
  }));
}

function* callsIn(configuration: Configuration): Generator<Call> {
  for (const list of listsOf(configuration)) yield* callsOfList(configuration, list);
}

function* callsOfList(configuration: Configuration, list: RestrictionList): Generator<Call> {
  const caller: Subject = { kind: "parameter", name: list.name };
  for (const item of list.items) {
    for (const { callee, word } of calleesOf(configuration, item)) {
      const at = placeInCaller(word);
      if (at) yield { caller, callee, at };
    }
  }
}

function calleesOf(
  { project, classes }: Configuration,
  item: ListItem,
): readonly { readonly callee: Subject; readonly word: ListWord }[] {
  const { meaning, word } = item;
  if (meaning.kind === "class") return [{ callee: { kind: "parameter", name: meaning.name }, word }];
  const table = accessMapIn(item)?.word;
  if (!table) return [];
  const files = table.text.split(/[\s,{}!]+/).flatMap((text) => tableNamed(project, text) ?? []);
  const inside = inlineWords(table.text).filter(({ text }) => classes.has(text));
  return [
    ...files.map((name) => ({ callee: { kind: "table", name } as const, word: table })),
    ...inside.map(({ text }) => ({ callee: { kind: "parameter", name: text } as const, word: table })),
  ];
}

/** The word itself, or the `$name` in the caller that brought it. */
function placeInCaller({ at, via: [first] }: ListWord): Location | undefined {
  return first ? first.source.locate(first.start, first.end) : at;
}
