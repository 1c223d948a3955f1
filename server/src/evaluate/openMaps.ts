import type { Configuration } from "../config/configuration.ts";
import { hasTypeAndName } from "../config/tables/reference.ts";
import type { Table } from "../config/table.ts";
import { compareReleases } from "../postfix/release.ts";
import { splitWords } from "../syntax/words.ts";

/** The tables of a list; since 3.12 without those that lack a type or a name. See maps.c, maps_create(). */
export function openMaps(configuration: Configuration, list: string): readonly Table[] {
  return splitWords(list).flatMap(({ text }) => openMap(configuration, text) ?? []);
}

/** One table, as openMaps() opens it; undefined where that leaves it out. */
export function openMap(configuration: Configuration, reference: string): Table | undefined {
  const isLeftOut = !hasTypeAndName(reference) && compareReleases(configuration.project.release, "3.12") >= 0;
  return isLeftOut ? undefined : configuration.table(reference);
}
