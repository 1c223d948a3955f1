import { masterEntries } from "../config/masterEntries.ts";
import type { Project } from "../config/project.ts";
import { manualOfMasterCf } from "../postfix/manual.ts";
import { MASTER_COLUMNS, type MasterColumnFact } from "../postfix/masterColumns.ts";
import { touches } from "../text/span.ts";
import { documentation } from "./documentation.ts";
import { documentationText } from "./documentationText.ts";
import type { Note } from "./hoverValue.ts";
import { code, paragraphs } from "./markdown.ts";

/** What a column of master.cf means, and what its value does. */
export function masterNote(project: Project, offset: number): Note | undefined {
  const columns = masterEntries(project).find(({ span }) => touches(span, offset))?.columns ?? [];
  const index = columns.findIndex(({ span }) => touches(span, offset));
  const [word, fact] = [columns[index], MASTER_COLUMNS[index]];
  if (!word || !fact) return undefined;
  const program =
    fact.name === "command" ? documentation({ kind: "daemon", name: word.text }, project.release) : undefined;
  return { span: word.span, text: program ? documentationText(program) : columnText(fact, word.text) };
}

function columnText(fact: MasterColumnFact, word: string): string {
  const value = fact.values.find(({ text }) => text === word)?.summary;
  const byDefault = word === "-" && fact.byDefault !== undefined ? `: ${code(fact.byDefault)}` : "";
  return paragraphs(
    `**${code(word)}** — column \`${fact.name}\` of master.cf`,
    value && `${value}${byDefault}.`,
    fact.summary,
    fact.details,
    `[Manual](${manualOfMasterCf()})`,
  );
}
