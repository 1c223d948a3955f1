import { plainConfiguration } from "../../config/configurations.ts";
import type { Project } from "../../config/project.ts";
import { restriction } from "../../postfix/restrictions.ts";
import { splitWords } from "../../syntax/words.ts";
import type { MapTypeName } from "../../postfix/mapTypes.ts";
import { clientTypeOf, isAccessTable, tableFiles } from "../../config/tableFiles.ts";
import type { LogicalLine } from "../../syntax/logicalLines.ts";
import { hasConditions } from "../conditions.ts";
import { groupCount } from "../groupReference.ts";
import { tableLine } from "../tableLine.ts";
import { parametersAsking, restrictionsAsking } from "../../config/tableAskers.ts";
import { lineAtMark, MARK, unmarkedSpan, type CursorText } from "./cursorText.ts";
import { answerOffers, answersParameter } from "./answers.ts";
import { clientFileOffers } from "./clientSettings.ts";
import { keyOffers } from "./keys.ts";
import type { Offer, Offers } from "./offer.ts";
import type { CompletionPlace } from "./place.ts";
import { rightHandSideOffers } from "./rightHandSides.ts";

/** What may stand at a cursor in a lookup table. */
export function tableOffers(place: CompletionPlace, text: CursorText): Offers | undefined {
  const { project, file } = place;
  const client = clientTypeOf(project, file);
  if (client) return clientFileOffers(place, text, client);
  const line = lineAtMark(text.text);
  const type: MapTypeName = tableFiles(project).get(file)?.type ?? "hash";
  return line && !isCondition(line, type) ? lineOffers(place, text, line, type) : undefined;
}

function isCondition(line: LogicalLine, type: MapTypeName): boolean {
  return hasConditions(type) && /^(?:if|endif)[\s!/]/i.test(line.text);
}

function lineOffers(
  { project, file }: CompletionPlace,
  text: CursorText,
  line: LogicalLine,
  type: MapTypeName,
): Offers | undefined {
  const at = line.text.indexOf(MARK);
  const { key, value } = tableLine(line, type);
  const start = line.text.slice(0, at).search(/[^\s,]*$/);
  const end = at + line.text.slice(at).search(/[\s,]|$/);
  if (value && value.start <= at) {
    const groups = groupOffers(line, type, at);
    if (groups) return { span: unmarkedSpan(text, line, groups.start, at), offers: groups.offers };
    const before = line.text.slice(value.start, Math.max(start, value.start));
    const offers = valueOffers({ project, file, before, typed: line.text.slice(Math.max(start, value.start), at) });
    return offers && { span: unmarkedSpan(text, line, Math.max(start, value.start), end), offers };
  }
  return { span: unmarkedSpan(text, line, key.start, end), offers: keyOffers(project, file, type) };
}

/** Behind a `$` in the result of a pattern: its groups. */
function groupOffers(
  line: LogicalLine,
  type: MapTypeName,
  at: number,
): { readonly start: number; readonly offers: readonly Offer[] } | undefined {
  const typed = /(?<!\$)(?:\$\$)*(\$[{(]?\d*)$/.exec(line.text.slice(0, at))?.[1];
  if (typed === undefined || (type !== "regexp" && type !== "pcre")) return undefined;
  const offers = Array.from({ length: groupCount(line, type) }, (_, index): Offer => {
    const label = `\${${index + 1}}`;
    return { label, kind: "reference", detail: `what group ${index + 1} of the pattern has matched` };
  });
  return { start: at - typed.length, offers };
}

interface RightHandSide {
  readonly project: Project;
  readonly file: string;
  /** What of it stands before the word at the cursor. */
  readonly before: string;
  /** What of that word stands before the cursor. */
  readonly typed: string;
}

function valueOffers(side: RightHandSide): readonly Offer[] | undefined {
  const { project, file, before, typed } = side;
  const asking = parametersAsking(project, file);
  if (asking.some(answersParameter)) return answerOffers(project, asking, before, typed);
  return isAccessTable(project, file) ? accessOffers(side) : undefined;
}

function accessOffers({ project, file, before }: RightHandSide): readonly Offer[] | undefined {
  const uses = restrictionsAsking(project, file);
  const mayPermit = uses.length === 0 || uses.some(({ check }) => !check || restriction(check).can.includes("OK"));
  const words = splitWords(before).map(({ text }) => text);
  return rightHandSideOffers(plainConfiguration(project), mayPermit, words);
}
