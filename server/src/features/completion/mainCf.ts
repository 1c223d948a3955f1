import { plainConfiguration } from "../../config/configurations.ts";
import type { Project } from "../../config/project.ts";
import { assignments, parseMainCf, type Assignment, type Malformed } from "../../syntax/mainCf.ts";
import { MARK, unmarkedSpan, type CursorText } from "./cursorText.ts";
import type { Offers } from "./offer.ts";
import { parameterNameOffers } from "./parameterNames.ts";
import type { CompletionPlace } from "./place.ts";
import { mainCfSnippets } from "./snippets.ts";
import { valueCursor, type ValueCursor } from "./valueCursor.ts";
import { valueOffers } from "./values.ts";

/** What may stand at a cursor in main.cf. */
export function mainCfOffers(place: CompletionPlace, text: CursorText): Offers | undefined {
  const cursor = mainCfCursor(place.project, text);
  if (cursor) return valueOffers({ cursor, names: place.names });
  const node = nodeAtMark(text);
  return node && nameOffers(place, text, node);
}

/** The cursor in a value of main.cf; undefined when it is elsewhere. */
export function mainCfCursor(project: Project, text: CursorText): ValueCursor | undefined {
  const node = nodeAtMark(text);
  if (node?.kind !== "assignment") return undefined;
  const { name: parameter, value: marked, valueStart, line } = node;
  return valueCursor(text, { configuration: plainConfiguration(project), parameter, marked, valueStart, line });
}

function nodeAtMark({ text, at }: CursorText): Assignment | Malformed | undefined {
  const node = parseMainCf(text).nodes.find(({ span }) => span.start <= at && at < span.end);
  return node?.kind === "assignment" || node?.kind === "malformed" ? node : undefined;
}

/** The cursor is in the first word of a line. */
function nameOffers({ project }: CompletionPlace, text: CursorText, node: Assignment | Malformed): Offers | undefined {
  const { line, kind } = node;
  const end = kind === "assignment" ? node.name.length : line.text.search(/\s|$/);
  const at = line.text.indexOf(MARK);
  if (at < 0 || at >= end) return undefined;
  const set = new Set(project.mainCf ? assignments(project.mainCf).map(({ name }) => name) : []);
  const offers = parameterNameOffers({
    configuration: plainConfiguration(project),
    isSet: (name) => set.has(name),
    equals: kind === "assignment" ? undefined : " = ",
  });
  return {
    span: unmarkedSpan(text, line, 0, end),
    offers: kind === "assignment" ? offers : [...offers, ...mainCfSnippets()],
  };
}
