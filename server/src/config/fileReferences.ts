import { mapType, mapTypeNamed, type MapTypeName } from "../postfix/mapTypes.ts";
import { splitWords } from "../syntax/words.ts";
import { resolveFile, type Project } from "./project.ts";
import { isNestedTooDeep, parseReference, type Reference } from "./tables/reference.ts";

/** A reference to a table that stands in a file. */
export interface FileReference {
  readonly type: MapTypeName;
  readonly path: string;
}

/** A table that a value names. */
interface NamedTable {
  readonly type: MapTypeName;
  readonly name: string;
}

/** The tables in an expanded value that are not made of others; those inside `unionmap:{…}` and the like included. */
export function tablesIn(value: string): readonly NamedTable[] {
  if (!value.includes(":")) return NONE;
  return splitWords(value).flatMap(({ text }) => {
    const word = text.replace(/^!+/, "");
    const reference = parseReference(word);
    const type = reference && mapTypeNamed(reference.type);
    return type ? partsOf(reference, type) : tablesInBraces(word);
  });
}

const NONE: readonly NamedTable[] = [];

function partsOf({ name }: Reference, type: MapTypeName): readonly NamedTable[] {
  return mapType(type).source === "tables" ? tablesInBraces(name) : [{ type, name }];
}

function tablesInBraces(text: string): readonly NamedTable[] {
  return /^\{[^]*\}$/.test(text) && !isNestedTooDeep(text) ? tablesIn(text.slice(1, -1)) : [];
}

/** The references to files among them. */
export function referencesIn(value: string): readonly FileReference[] {
  return tablesIn(value).flatMap(({ type, name }) => (mapType(type).source === "file" ? [{ type, path: name }] : []));
}

/** The files of the project among them, by name. */
export function filesIn(value: string, project: Project): readonly string[] {
  return referencesIn(value).flatMap(({ path }) => resolveFile(project, path)?.name ?? []);
}
