import type { Configuration } from "../config/configuration.ts";
import { hasTypeAndName } from "../config/tables/reference.ts";
import type { Table } from "../config/table.ts";
import { compareReleases } from "../postfix/release.ts";
import { splitWords } from "../syntax/words.ts";

/** The tables of a list; since 3.12 without those that lack a type or a name. See maps.c, maps_create(). */
export function openMaps(configuration: Configuration, list: string): readonly Table[] {
  const leavesOut = compareReleases(configuration.project.release, "3.12") >= 0;
  const words = splitWords(list).filter(({ text }) => !leavesOut || hasTypeAndName(text));
  return words.map(({ text }) => configuration.table(text));
}
