import { CLIENT_TYPES, isClientType, type ClientType } from "../postfix/clientParameters.ts";
import { assignments, parseMainCf, type MainCf } from "../syntax/mainCf.ts";
import { derived } from "../text/derived.ts";
import type { Location } from "../text/location.ts";
import { configurations } from "./configurations.ts";
import type { Content } from "./tables/tableContext.ts";
import { tablesIn } from "./fileReferences.ts";
import { listWords } from "./listWord.ts";
import { assignedText, type Parameters } from "./parameters.ts";
import { resolveFile, type Project } from "./project.ts";
import type { SourceText } from "./sourceText.ts";

/** A table that a database answers for, and where its settings stand. */
export interface ClientTable {
  readonly type: ClientType;
  /** A path, or what the names of its settings in main.cf begin with. */
  readonly name: string;
  /** The first word that names it. */
  readonly at: Location;
  /** The file with its settings; undefined: they stand in main.cf. */
  readonly file: string | undefined;
  /** What it is set to, by the name that the setting has in a file. */
  readonly settings: ReadonlyMap<string, ClientSetting>;
}

/** A setting of a database table. */
interface ClientSetting {
  readonly source: SourceText;
  /** As the client reads it: in main.cf every `$name` is replaced, in a file none is. */
  readonly value: string;
}

/** The database tables that the parameters of any service name and whose settings are here. See cfg_parser.c, cfg_parser_alloc(). */
export const clientTables = derived((project: Project): readonly ClientTable[] => {
  const found = new Map<string, ClientTable>();
  for (const { parameters } of configurations(project)) {
    for (const parameter of parameters.writtenNames()) {
      if (!CLIENT.test(parameters.value(parameter))) continue;
      for (const { text, at } of listWords(parameters.expanded(parameter))) {
        for (const { type, name } of clientsIn(text)) {
          const table = at && !found.has(`${type}:${name}`) && clientTable(project, parameters, { type, name, at });
          if (table) found.set(`${type}:${name}`, table);
        }
      }
    }
  }
  return [...found.values()];
});

const CLIENT = new RegExp(`\\b(?:${CLIENT_TYPES.join("|")}):`);

function clientTable(
  project: Project,
  parameters: Parameters,
  table: Pick<ClientTable, "type" | "name" | "at">,
): ClientTable | undefined {
  if (!isPath(table.name)) return { ...table, file: undefined, settings: settingsInMain(parameters, table.name) };
  const found = resolveFile(project, table.name);
  if (found?.content.kind !== "text") return undefined;
  return { ...table, file: found.name, settings: settingsIn(found.name, clientFile(found.content)) };
}

/** The settings of a database table in a file of their own, as nodes. */
export const clientFile = derived(({ text }: Content): MainCf => parseMainCf(text));

function settingsIn(file: string, syntax: MainCf): ReadonlyMap<string, ClientSetting> {
  return new Map(
    assignments(syntax).map((node) => [node.name, { source: assignedText(node, file), value: node.value }]),
  );
}

function settingsInMain(parameters: Parameters, name: string): ReadonlyMap<string, ClientSetting> {
  const prefix = `${name}_`;
  const settings = new Map<string, ClientSetting>();
  for (const parameter of parameters.writtenNames()) {
    const source = parameter.startsWith(prefix) ? parameters.written(parameter) : undefined;
    if (source) settings.set(parameter.slice(prefix.length), { source, value: parameters.value(parameter) });
  }
  return settings;
}

/** The files in an expanded value that say how to ask a database. */
export function clientFilesIn(value: string): readonly { readonly type: ClientType; readonly path: string }[] {
  if (!CLIENT.test(value)) return [];
  return clientsIn(value).flatMap(({ type, name }) => (isPath(name) ? [{ type, path: name }] : []));
}

function clientsIn(value: string): readonly { readonly type: ClientType; readonly name: string }[] {
  return tablesIn(value).flatMap(({ type, name }) => (isClientType(type) ? [{ type, name }] : []));
}

function isPath(name: string): boolean {
  return /^[/.]/.test(name);
}
