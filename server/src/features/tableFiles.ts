import type { Configuration } from "../config/configuration.ts";
import { resolveFile, type Project } from "../config/project.ts";
import { parseReference, type Reference } from "../config/tables/reference.ts";
import { mapType, mapTypeNamed, type MapTypeName } from "../postfix/mapTypes.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { restriction } from "../postfix/restrictions.ts";
import { assignments } from "../syntax/mainCf.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import { configurations } from "../config/configurations.ts";

/** A file of the project that is the source of a lookup table. */
export interface TableFile {
  readonly type: MapTypeName;
  /** access: its right-hand sides are actions. aliases: its lines are `name: value`. */
  readonly use: "access" | "aliases" | "other";
}

/** The files that parameters refer to as tables, by name. Asking makes the project want those that are not loaded. */
export const tableFiles = derived((project: Project): ReadonlyMap<string, TableFile> => {
  const files = new Map<string, TableFile>();
  for (const configuration of configurations(project)) {
    for (const parameter of parametersIn(configuration)) {
      const use = ALIASES.has(parameter) ? "aliases" : "other";
      for (const reference of referencesIn(configuration.parameters.value(parameter))) {
        add(files, project, { ...reference, use });
      }
    }
    for (const text of accessMaps(configuration)) {
      for (const reference of referencesIn(text)) add(files, project, { ...reference, use: "access" });
    }
  }
  return files;
});

/** A reference to a table that stands in a file. */
interface FileReference {
  readonly type: MapTypeName;
  readonly path: string;
}

/** The references to files in an expanded value, those inside `unionmap:{…}` and the like included. */
export function referencesIn(value: string): readonly FileReference[] {
  return splitWords(value).flatMap(({ text }) => {
    const word = text.replace(/^!+/, "");
    const reference = parseReference(word);
    const type = reference && mapTypeNamed(reference.type);
    return type ? filesOf(reference, type) : referencesInBraces(word);
  });
}

function filesOf({ name }: Reference, type: MapTypeName): readonly FileReference[] {
  const { source } = mapType(type);
  if (source === "file") return [{ type, path: name }];
  return source === "tables" ? referencesInBraces(name) : [];
}

function referencesInBraces(text: string): readonly FileReference[] {
  return /^\{[^]*\}$/.test(text) ? referencesIn(text.slice(1, -1)) : [];
}

function add(files: Map<string, TableFile>, project: Project, reference: FileReference & TableFile): void {
  const found = resolveFile(project, reference.path);
  if (!found) return;
  const known = files.get(found.name);
  if (known && RANK[known.use] >= RANK[reference.use]) return;
  files.set(found.name, { type: reference.type, use: reference.use });
}

/** `local_recipient_maps` takes in `$alias_maps`: that does not make another kind of file of it. */
const RANK = { other: 0, aliases: 1, access: 2 } as const;

const ALIASES: ReadonlySet<string> = new Set(["alias_maps", "alias_database"]);

/** The parameters whose values may name tables: those that are set, and those whose default names one. */
function parametersIn({ project, service }: Configuration): ReadonlySet<string> {
  const names = new Set(service.overrides.map(({ parameter }) => parameter));
  if (project.mainCf) for (const { name } of assignments(project.mainCf)) names.add(name);
  for (const name of PARAMETERS_WITH_TABLES) names.add(name);
  return names;
}

const PARAMETERS_WITH_TABLES: readonly string[] = [...PARAMETERS.values()]
  .filter(({ name, defaults }) => name.endsWith("_maps") && defaults.some(({ value }) => value.includes(":")))
  .map(({ name }) => name);

/** What the restriction lists and classes of a configuration use as access maps, as text. */
function accessMaps({ lists, classes }: Configuration): readonly string[] {
  const all = [...Object.values(lists), ...[...classes.values()].flatMap(({ list }) => (list ? [list] : []))];
  return all.flatMap(({ items }) =>
    items.flatMap(({ meaning, word, argument }) => {
      if (meaning.kind === "table") return [word.text];
      const isAccess = meaning.kind === "restriction" && restriction(meaning.name).argument === "access-map";
      return isAccess && argument ? [argument.text] : [];
    }),
  );
}

/** Whether the right-hand sides of a file are actions. A table that nobody refers to yet is taken for an access table. */
export function isAccessTable(project: Project, file: string): boolean {
  return (tableFiles(project).get(file)?.use ?? "access") === "access";
}
