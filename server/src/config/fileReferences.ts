import { mapType, mapTypeNamed, type MapTypeName } from "../postfix/mapTypes.ts";
import { splitWords } from "../syntax/words.ts";
import { resolveFile, type Project } from "./project.ts";
import { parseReference, type Reference } from "./tables/reference.ts";

/** A reference to a table that stands in a file. */
export interface FileReference {
  readonly type: MapTypeName;
  readonly path: string;
}

/** The references to files in an expanded value, those inside `unionmap:{…}` and the like included. */
export function referencesIn(value: string): readonly FileReference[] {
  if (!value.includes(":")) return NONE;
  return splitWords(value).flatMap(({ text }) => {
    const word = text.replace(/^!+/, "");
    const reference = parseReference(word);
    const type = reference && mapTypeNamed(reference.type);
    return type ? filesOf(reference, type) : referencesInBraces(word);
  });
}

const NONE: readonly FileReference[] = [];

function filesOf({ name }: Reference, type: MapTypeName): readonly FileReference[] {
  const { source } = mapType(type);
  if (source === "file") return [{ type, path: name }];
  return source === "tables" ? referencesInBraces(name) : [];
}

function referencesInBraces(text: string): readonly FileReference[] {
  return /^\{[^]*\}$/.test(text) ? referencesIn(text.slice(1, -1)) : [];
}

/** The files of the project among them, by name. */
export function filesIn(value: string, project: Project): readonly string[] {
  return referencesIn(value).flatMap(({ path }) => resolveFile(project, path)?.name ?? []);
}
