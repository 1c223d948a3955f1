import type { DocumentHighlight } from "vscode-languageserver-types";
import type { Project } from "../config/project.ts";
import { lineAround } from "../syntax/logicalLines.ts";
import { touches } from "../text/span.ts";
import { conditionAt, conditionWord, hasConditions } from "./conditions.ts";
import { rangeAt } from "./diagnostics.ts";
import { groupPlaces } from "./groupReference.ts";
import { tableType } from "./tableType.ts";
import { mentionsAt, mentionsIn } from "./uses/uses.ts";

/** The places of the file that name what is named at an offset; where it gets its value counts as writing. */
export function highlights(project: Project, file: string, offset: number): DocumentHighlight[] {
  const [mention] = mentionsAt(project, file, offset);
  if (!mention) return [...ofCondition(project, file, offset), ...ofGroup(project, file, offset)];
  return mentionsIn(project, mention.subject, file).map(({ at, role }) => ({
    range: rangeAt(project, at),
    kind: role === "use" ? READ : WRITE,
  }));
}

/** An `if` of a table and its `endif`. */
function ofCondition(project: Project, file: string, offset: number): DocumentHighlight[] {
  const content = project.files.get(file);
  if (content?.kind !== "text" || !hasConditions(tableType(project, file))) return [];
  const line = lineAround(content.text, offset);
  const condition = line && conditionWord(line.text) && conditionAt(content.text, line.span.start);
  const words = [condition?.ifAt, condition?.endifAt].filter((word) => word !== undefined);
  return words.some((word) => touches(word, offset))
    ? words.map((span) => ({ range: rangeAt(project, { file, span }), kind: TEXT }))
    : [];
}

/** `$1` of a pattern table and the group that it names. */
function ofGroup(project: Project, file: string, offset: number): DocumentHighlight[] {
  const places = groupPlaces(project, file, offset);
  if (!places) return [];
  return [
    { range: rangeAt(project, places.group), kind: WRITE },
    { range: rangeAt(project, places.reference), kind: READ },
  ];
}

/** The numbers of the language server protocol. */
const TEXT = 1;
const READ = 2;
const WRITE = 3;
