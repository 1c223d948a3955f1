import { plainConfiguration } from "../config/configurations.ts";
import type { ListWord } from "../config/listWord.ts";
import type { Project } from "../config/project.ts";
import type { Location } from "../text/location.ts";
import type { Span } from "../text/span.ts";
import { placeInEntry, tableContent, type PlacedTable } from "./accessTable.ts";
import { few } from "./repeated.ts";
import { tableParts } from "./tableParts.ts";

/** A right-hand side of a table. */
export interface Answer {
  readonly value: string;
  /** Where a stretch of it stands in the first entries that have it; the note tells how many more there are. */
  places(part: Span): Iterable<{ readonly at: Location; readonly note: string }>;
}

/** The right-hand sides of the tables that a word names, each once in its table. */
export function* eachAnswer(project: Project, word: ListWord): Generator<Answer> {
  for (const { reference, answers, ...part } of tableParts(project, word)) {
    const content = tableContent(plainConfiguration(project), reference);
    if (content.kind === "entries" && answers) yield* answersOf({ project, content, ...part });
  }
}

function* answersOf(table: PlacedTable): Generator<Answer> {
  for (const [value, entries] of table.content.byValue) {
    yield {
      value,
      *places(part) {
        for (const { entry, note } of few(entries)) {
          const at = placeInEntry(table, entry, part);
          if (at) yield { at, note };
        }
      },
    };
  }
}
