import { plainConfiguration } from "../config/configurations.ts";
import type { ListWord } from "../config/listWord.ts";
import type { Project } from "../config/project.ts";
import type { Location } from "../text/location.ts";
import type { Span } from "../text/span.ts";
import { placeInEntry, tableContent } from "./accessTable.ts";
import { few } from "./repeated.ts";

/** A right-hand side of a table. */
export interface Answer {
  readonly value: string;
  /** Where a stretch of it stands in the first entries that have it; the note tells how many more there are. */
  places(part: Span): Iterable<{ readonly at: Location; readonly note: string }>;
}

/** The right-hand sides of the table that a word names, each once. */
export function* eachAnswer(project: Project, word: ListWord): Generator<Answer> {
  const content = tableContent(plainConfiguration(project), word.text);
  if (content.kind !== "entries") return;
  for (const [value, entries] of content.byValue) {
    yield {
      value,
      *places({ start, end }) {
        for (const { entry, note } of few(entries)) {
          const at = placeInEntry(content, entry, { start, end, reference: word });
          if (at) yield { at, note };
        }
      },
    };
  }
}
