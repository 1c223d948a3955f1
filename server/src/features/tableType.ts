import type { Project } from "../config/project.ts";
import type { MapTypeName } from "../postfix/mapTypes.ts";
import { tableFiles } from "../config/tableFiles.ts";

/** What a table is by its references, or by the end of its name. Undefined: nobody knows how Postfix would read it. */
export function tableType(project: Project, file: string): MapTypeName | undefined {
  const known = tableFiles(project).get(file);
  if (known) return known.use === "aliases" ? undefined : known.type;
  const suffix = /\.(cidr|pcre|regexp)$/.exec(file)?.[1];
  return suffix as "cidr" | "pcre" | "regexp" | undefined;
}
