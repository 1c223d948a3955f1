import type { Project } from "../config/project.ts";
import { DAEMONS } from "../postfix/daemons.ts";
import { manualOfMasterCf } from "../postfix/manual.ts";
import { MASTER_COLUMNS } from "../postfix/masterColumns.ts";
import { touches } from "../text/span.ts";
import { documentation } from "./documentation.ts";
import { documentationText } from "./documentationText.ts";
import type { Note } from "./hoverValue.ts";
import { code, paragraphs } from "./markdown.ts";

/** What a column of master.cf means, and what its value does. */
export function masterNote(project: Project, offset: number): Note | undefined {
  const services = project.masterCf?.nodes.filter((node) => node.kind === "service") ?? [];
  const columns = services.find(({ span }) => touches(span, offset))?.columns ?? [];
  const index = columns.findIndex(({ span }) => touches(span, offset));
  const [word, fact] = [columns[index], MASTER_COLUMNS[index]];
  if (!word || !fact) return undefined;
  if (fact.name === "command" && Object.hasOwn(DAEMONS, word.text)) {
    const found = documentation({ kind: "daemon", name: word.text }, project.release);
    return found && { span: word.span, text: documentationText(found) };
  }
  const value = fact.values.find(({ text }) => text === word.text)?.summary;
  const byDefault = word.text === "-" ? fact.byDefault : undefined;
  return {
    span: word.span,
    text: paragraphs(
      `**${code(word.text)}** — column \`${fact.name}\` of master.cf`,
      value && (byDefault === undefined ? `${value}.` : `${value}: ${code(byDefault)}.`),
      fact.summary,
      fact.details,
      `[Manual](${manualOfMasterCf()})`,
    ),
  };
}
