import { configurations } from "../../config/configurations.ts";
import type { Project } from "../../config/project.ts";
import { PARAMETERS } from "../../postfix/parameters.ts";
import { derived } from "../../text/derived.ts";
import { touches } from "../../text/span.ts";
import { parametersAsking } from "../../config/tableAskers.ts";
import { tableFiles } from "../../config/tableFiles.ts";
import { deadMentions, listMentions } from "./listMentions.ts";
import { macroMentions } from "./macroMentions.ts";
import { keyOf, sameSubject, type Mention, type Subject } from "./mention.ts";
import { serviceDefinitions, serviceMentions } from "./serviceMentions.ts";
import { settings, type Setting } from "./settings.ts";
import { tableMentions } from "./tableMentions.ts";
import { answersOf, type Answers } from "./servicesIn.ts";
import { beginsAt, tableWords, type TableWords } from "./tableWords.ts";

/** What main.cf and master.cf mention, by subject, in the order of the files. Tables are asked when they are needed. */
export const uses = derived((project: Project): ReadonlyMap<string, readonly Mention[]> => {
  const bySubject = new Map<string, Mention[]>();
  const seen = new Set<string>();
  for (const mention of written(project)) {
    const key = keyOf(mention.subject);
    const place = `${key} ${mention.at.file} ${mention.at.span.start}`;
    if (seen.has(place)) continue;
    seen.add(place);
    const known = bySubject.get(key);
    if (known) known.push(mention);
    else bySubject.set(key, [mention]);
  }
  for (const mentions of bySubject.values()) mentions.sort(byPlace);
  return bySubject;
});

/** All mentions of a subject: those in main.cf, in master.cf, then those in tables. */
export function mentionsOf(project: Project, subject: Subject): readonly Mention[] {
  const tables = subject.kind === "table" ? [] : accessTables(project).flatMap((table) => inTable(table, subject));
  return [...(uses(project).get(keyOf(subject)) ?? []), ...tables];
}

/** The mentions of a subject in one file. */
export function mentionsIn(project: Project, subject: Subject, file: string): readonly Mention[] {
  const mentions = (uses(project).get(keyOf(subject)) ?? []).filter(({ at }) => at.file === file);
  const tables = accessTables(project).filter((table) => table.file === file);
  return [...mentions, ...tables.flatMap((table) => inTable(table, subject))];
}

/** What is mentioned at an offset of a file, the innermost first. */
export function mentionsAt(project: Project, file: string, offset: number): readonly Mention[] {
  const mentions = [...uses(project).values()].flat();
  const touched = mentions.filter(({ at }) => at.file === file && touches(at.span, offset));
  return [...touched, ...inTableAt(project, file, offset)].sort(
    (a, b) => distance(a, offset) - distance(b, offset) || lengthOf(a) - lengthOf(b),
  );
}

/** The class names at the places of restrictions of an access table; undefined: the file is none. */
export function wordsOfTable(project: Project, file: string): TableWords | undefined {
  return accessTables(project).find((table) => table.file === file)?.words;
}

function* written(project: Project): Generator<Mention> {
  const all = settings(project);
  for (const setting of all) {
    yield* macroMentions(setting);
    yield* tableMentions(setting);
    yield* serviceMentions(setting);
  }
  yield* serviceDefinitions(project);
  for (const configuration of configurations(project)) yield* listMentions(configuration);
  yield* deadMentionsOf(project, all);
}

/** A word that nothing makes a restriction counts only where something has it as its name. */
function* deadMentionsOf(project: Project, all: readonly Setting[]): Generator<Mention> {
  const classes = configurations(project).flatMap((configuration) => [...configuration.classes.keys()]);
  const live = new Set([...classes, ...all.flatMap((setting) => macrosIn(setting))]);
  const names = new Set([...classes, ...all.map(({ name }) => name)]);
  for (const setting of all) {
    if (!setting.superseded && (PARAMETERS.has(setting.name) || live.has(setting.name))) continue;
    for (const mention of deadMentions(setting)) if (names.has(mention.subject.name)) yield mention;
  }
}

/** The names of the `$name` in a value. */
function macrosIn(setting: Setting): readonly string[] {
  return [...macroMentions(setting)].flatMap(({ subject, role }) => (role === "use" ? [subject.name] : []));
}

function byPlace(a: Mention, b: Mention): number {
  return a.at.file.localeCompare(b.at.file) || a.at.span.start - b.at.span.start;
}

/** A word that begins or goes on at the cursor comes before one that ends there. */
function distance({ at }: Mention, offset: number): number {
  return offset < at.span.end ? 0 : 1;
}

function lengthOf({ at: { span } }: Mention): number {
  return span.end - span.start;
}

interface AccessTable {
  readonly file: string;
  readonly words: TableWords;
}

const accessTables = derived((project: Project): readonly AccessTable[] =>
  [...tableFiles(project)].flatMap(([file, { type, use }]) => {
    const content = project.files.get(file);
    const answers = use === "access" ? use : answersIn(project, file);
    return content?.kind === "text" && answers ? [{ file, words: tableWords(content, type, answers) }] : [];
  }),
);

/** What a table answers that no restriction asks; undefined: it names no service. */
function answersIn(project: Project, file: string): Answers | undefined {
  const answers = parametersAsking(project, file).map(answersOf);
  return answers.find((one) => one === "header") ?? answers.find((one) => one !== undefined);
}

function inTable({ file, words }: AccessTable, subject: Subject): readonly Mention[] {
  const starts = subject.kind === "service" ? words.services : words.words;
  if (PARAMETERS.has(subject.name) && subject.kind === "parameter") return [];
  return (starts.get(subject.name) ?? []).map((start) => mentionIn(file, subject, start));
}

function mentionIn(file: string, subject: Subject, start: number): Mention {
  const span = { start, end: start + subject.name.length };
  return { subject, at: { file, span }, name: subject.kind === "table" ? undefined : span, role: "use" };
}

/** The word around the offset, if it is one that the table was found to name. */
function inTableAt(project: Project, file: string, offset: number): readonly Mention[] {
  const words = wordsOfTable(project, file);
  const content = project.files.get(file);
  if (!words || content?.kind !== "text") return [];
  const { text } = content;
  const start = edge(text, offset, -1);
  const word = text.slice(start, edge(text, offset, 1));
  const subjects = [
    { kind: "parameter", name: word },
    { kind: "service", name: word.replace(/:.*$/, "") },
  ] as const;
  return subjects
    .filter(({ kind, name }) => beginsAt((kind === "service" ? words.services : words.words).get(name), start))
    .map((subject) => mentionIn(file, subject, start))
    .filter((mention) => touches(mention.at.span, offset) && known(project, mention.subject));
}

function edge(text: string, offset: number, step: 1 | -1): number {
  let at = offset;
  const next = (): string => (step > 0 ? text.charAt(at) : text.charAt(at - 1));
  while (next() !== "" && !/[\s,]/.test(next())) at += step;
  return at;
}

/** Whether main.cf or master.cf knows it: any other word of a table is a restriction, or a mistake. */
function known(project: Project, subject: Subject): boolean {
  const mentions = uses(project).get(keyOf(subject)) ?? [];
  return mentions.some((mention) => sameSubject(mention.subject, subject));
}
