import type { Project } from "../../config/project.ts";
import { mentionsOf } from "../uses/uses.ts";

/** Why the file of a table cannot get this name. */
export function badTableName(project: Project, table: string, name: string): string | undefined {
  const bad = badFileName(name);
  if (bad !== undefined) return bad;
  const path = newPath(table, name);
  const content = project.files.get(path);
  if (FIXED.has(path) || (content && content.kind !== "missing")) return `There is a file \`${name}\` already`;
  return mentionsOf(project, { kind: "table", name: path }).length > 0 ? `\`${name}\` is used already` : undefined;
}

function badFileName(name: string): string | undefined {
  if (["", ".", ".."].includes(name)) return `\`${name}\` is no name of a file`;
  if (name.includes("/")) return "A table gets another name, not another directory";
  if (/^[^\s,{}$():"'=\\#!;]+$/.test(name)) return undefined;
  return `Postfix cannot read \`${name}\` in a list: no white space, comma, bracket, quote or one of \`$:=#!;\` may be in it`;
}

const FIXED: ReadonlySet<string> = new Set(["main.cf", "master.cf"]);

/** The path, or `type:path`, with another last part. */
export function newPath(path: string, name: string): string {
  return path.replace(/[^/:]*$/, () => name);
}
