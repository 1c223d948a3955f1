import { plainConfiguration } from "../../config/configurations.ts";
import { assignments, parseMainCf, type Assignment, type Malformed } from "../../syntax/mainCf.ts";
import { MARK, unmarkedSpan, type CursorText } from "./cursorText.ts";
import type { Offers } from "./offer.ts";
import { parameterNameOffers } from "./parameterNames.ts";
import type { CompletionPlace } from "./place.ts";
import { mainCfSnippets } from "./snippets.ts";
import { valueCursor } from "./valueCursor.ts";
import { valueOffers } from "./values.ts";

/** What may stand at a cursor in main.cf. */
export function mainCfOffers(place: CompletionPlace, text: CursorText): Offers | undefined {
  const node = parseMainCf(text.text).nodes.find(({ span }) => span.start <= text.at && text.at < span.end);
  if (node?.kind === "malformed") return nameOffers(place, text, node);
  if (node?.kind !== "assignment") return undefined;
  const { name: parameter, value: marked, valueStart, line } = node;
  const configuration = plainConfiguration(place.project);
  const cursor = valueCursor(text, { configuration, parameter, marked, valueStart, line });
  return cursor ? valueOffers({ cursor, names: place.names }) : nameOffers(place, text, node);
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
