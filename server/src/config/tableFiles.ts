import { isClientType, type ClientType } from "../postfix/clientParameters.ts";
import type { MapTypeName } from "../postfix/mapTypes.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { derived } from "../text/derived.ts";
import { accessMapUses } from "./accessMaps.ts";
import type { Configuration } from "./configuration.ts";
import { configurations } from "./configurations.ts";
import { clientFilesIn } from "./clientTables.ts";
import { referencesIn, type FileReference } from "./fileReferences.ts";
import { programSettings, type ProgramSetting } from "./programSettings.ts";
import { resolveFile, type Project } from "./project.ts";

/** A file of the project that is the source of a lookup table. */
export interface TableFile {
  readonly type: MapTypeName;
  /** access: its right-hand sides are actions. aliases: its lines are `name: value`. client: how to ask a database. */
  readonly use: "access" | "aliases" | "other" | "client";
}

/** The files that parameters refer to as tables, by name. Asking makes the project want those that are not loaded. */
export const tableFiles = derived((project: Project): ReadonlyMap<string, TableFile> => {
  const files = new Map<string, TableFile>();
  for (const configuration of configurations(project)) {
    const { parameters } = configuration;
    for (const name of parametersIn(configuration)) addNamed(files, project, { name, value: parameters.value(name) });
    for (const { reference: text } of accessMapUses(configuration)) {
      for (const reference of referencesIn(text)) add(files, project, { ...reference, use: "access" });
    }
  }
  for (const setting of programSettings(project)) addNamed(files, project, setting);
  return files;
});

/** What the value of a parameter refers to. */
function addNamed(files: Map<string, TableFile>, project: Project, { name, value }: ProgramSetting): void {
  const use = ALIASES.has(name) ? "aliases" : "other";
  for (const reference of referencesIn(value)) add(files, project, { ...reference, use });
  for (const { type, path } of clientFilesIn(value)) add(files, project, { type, path, use: "client" });
}

function add(files: Map<string, TableFile>, project: Project, reference: FileReference & TableFile): void {
  const found = resolveFile(project, reference.path);
  if (!found) return;
  const known = files.get(found.name);
  if (known && RANK[known.use] >= RANK[reference.use]) return;
  files.set(found.name, { type: reference.type, use: reference.use });
}

/** `local_recipient_maps` takes in `$alias_maps`: that does not make another kind of file of it. */
const RANK = { other: 0, aliases: 1, access: 2, client: 3 } as const;

const ALIASES: ReadonlySet<string> = new Set(["alias_maps", "alias_database"]);

/** The parameters whose values may name tables: those that are set, and those whose default names one. */
function parametersIn({ parameters }: Configuration): ReadonlySet<string> {
  return new Set([...parameters.writtenNames(), ...PARAMETERS_WITH_TABLES]);
}

const PARAMETERS_WITH_TABLES: readonly string[] = [...PARAMETERS.values()]
  .filter(({ name, defaults }) => name.endsWith("_maps") && defaults.some(({ value }) => value.includes(":")))
  .map(({ name }) => name);

/** Whether the right-hand sides of a file are actions. A table that nobody refers to yet is taken for an access table. */
export function isAccessTable(project: Project, file: string): boolean {
  return (tableFiles(project).get(file)?.use ?? "access") === "access";
}

/** The texts of the files that may be shown to others: not those that say how to log in to a database. */
export const publicTexts = derived((project: Project): Readonly<Record<string, string>> => {
  const files = [...project.files].flatMap(([name, content]) =>
    content.kind === "text" && clientTypeOf(project, name) === undefined ? [[name, content.text] as const] : [],
  );
  return Object.fromEntries(files);
});

/** The kind of database that a file of the project says how to ask; undefined: it is no such file. */
export function clientTypeOf(project: Project, file: string): ClientType | undefined {
  const table = tableFiles(project).get(file);
  return table?.use === "client" && isClientType(table.type) ? table.type : undefined;
}
