import type { Project } from "../config/project.ts";
import { tableFiles } from "../config/tableFiles.ts";
import type { Content } from "../config/tables/tableContext.ts";
import type { MapTypeName } from "../postfix/mapTypes.ts";
import { derived } from "../text/derived.ts";
import { isTextFile, keysOf, type Keys } from "./accessTable.ts";

/** A table that is no access map and no list of aliases: header checks, virtual aliases, transports, networks … */
export interface OtherTable {
  readonly file: string;
  readonly type: MapTypeName;
  readonly keys: Keys;
  readonly content: Content;
}

/** The tables in files that parameters ask for anything but an action of access(5). */
export const otherTables = derived((project: Project): readonly OtherTable[] =>
  [...tableFiles(project)].flatMap(([file, { type, use }]): OtherTable[] => {
    const content = project.files.get(file);
    if (use !== "other" || content?.kind !== "text" || !isTextFile(type)) return [];
    return [{ file, type, keys: keysOf(type), content }];
  }),
);
