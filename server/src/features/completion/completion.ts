import type { CompletionItem, CompletionList } from "vscode-languageserver-types";
import { plainConfiguration } from "../../config/configurations.ts";
import type { Project } from "../../config/project.ts";
import { rangeOf, type Range } from "../../text/lineIndex.ts";
import { linesOf } from "../../config/lines.ts";
import { documentedText } from "../documentedText.ts";
import type { Documented } from "../documentation.ts";
import { cursorText } from "./cursorText.ts";
import { mainCfOffers } from "./mainCf.ts";
import { masterCfOffers } from "./masterCf.ts";
import { KINDS, plainSnippet, type Offer } from "./offer.ts";
import type { CompletionPlace } from "./place.ts";
import { tableOffers } from "./table.ts";
import { own } from "../../text/own.ts";

/** What an editor can do with completions. */
export interface CompletionAbilities {
  readonly snippets: boolean;
}

/** What may stand at a cursor. The edits take the place of the whole word. */
export function completion(place: CompletionPlace, abilities: CompletionAbilities): CompletionList {
  const { project, file, offset } = place;
  const content = project.files.get(file);
  if (content?.kind !== "text") return { isIncomplete: false, items: [] };
  const found = (own(OFFERS, file) ?? tableOffers)(place, cursorText(content.text, offset));
  if (!found) return { isIncomplete: false, items: [] };
  const range = rangeOf(linesOf(project, file), found.span);
  const items = found.offers.map((offer) => itemOf(offer, range, abilities));
  return { isIncomplete: found.followsTyping ?? false, items };
}

/** The documentation of a completion, which is worked out when somebody looks at it. */
export function completionDocumentation(project: Project, about: Documented): string | undefined {
  return documentedText(plainConfiguration(project), about);
}

const OFFERS: Readonly<Partial<Record<string, typeof mainCfOffers>>> = {
  "main.cf": mainCfOffers,
  "master.cf": masterCfOffers,
};

function itemOf(offer: Offer, range: Range, abilities: CompletionAbilities): CompletionItem {
  const { label, kind, detail, rank = 0, deprecated, about } = offer;
  return {
    label,
    kind: KINDS[kind],
    sortText: `${String(rank).padStart(2, "0")}${label}`,
    ...(detail && { detail }),
    ...(deprecated && { tags: [DEPRECATED] }),
    ...(about && { data: about }),
    ...insertion(offer, range, abilities),
  };
}

/** What is inserted; editors that know no snippets get their text. */
function insertion(
  { label, insert, snippet }: Offer,
  range: Range,
  { snippets }: CompletionAbilities,
): Pick<CompletionItem, "textEdit" | "insertTextFormat"> {
  if (snippet === undefined) return { textEdit: { range, newText: insert ?? label } };
  if (!snippets) return { textEdit: { range, newText: plainSnippet(snippet) } };
  return { textEdit: { range, newText: snippet }, insertTextFormat: SNIPPET };
}

const DEPRECATED = 1;
const SNIPPET = 2;
