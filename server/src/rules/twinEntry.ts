import type { Project } from "../config/project.ts";
import { entryAt, type TableEntry } from "../syntax/table.ts";
import type { Location } from "../text/location.ts";

/** An entry of a table, and the other one that has the key which was meant. */
export interface Twins {
  readonly own: TableEntry;
  readonly sameValue: boolean;
}

/** The twin of the entry at a place: the one with another key; undefined: there is none. */
export function twinEntry({ files }: Project, { file, span }: Location, key: string): Twins | undefined {
  const content = files.get(file);
  if (content?.kind !== "text") return undefined;
  const { text } = content;
  const own = entryAt(text, text.lastIndexOf("\n", span.start - 1) + 1);
  const lines = `\n${text}`;
  const start = [" ", "\t"].map((gap) => lines.indexOf(`\n${key}${gap}`)).find((index) => index >= 0);
  const twin = start === undefined ? undefined : entryAt(text, start);
  if (!own || !twin) return undefined;
  return { own, sameValue: own.value === twin.value };
}
