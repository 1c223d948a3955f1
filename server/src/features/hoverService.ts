import { namedEntries } from "../config/masterEntries.ts";
import type { Project } from "../config/project.ts";
import { DAEMONS } from "../postfix/daemons.ts";
import type { MasterEntry } from "../syntax/masterCf.ts";
import { own } from "../text/own.ts";
import type { Note } from "./hoverValue.ts";
import { code, paragraphs, type ShowPlace } from "./markdown.ts";
import { mentionsAt } from "./uses/uses.ts";

/** The service of master.cf that is named at an offset: its line, and what its program does. */
export function serviceNote(
  project: Project,
  { file, offset }: { readonly file: string; readonly offset: number },
  showPlace: ShowPlace,
): Note | undefined {
  const [mention] = mentionsAt(project, file, offset);
  if (mention?.subject.kind !== "service" || mention.role !== "use") return undefined;
  const columns = columnsOf(project, mention.subject.name);
  const [at] = columns;
  if (!at) return undefined;
  const text = paragraphs(
    `**${code(at.text)}** — service of ${showPlace({ file: "master.cf", span: at.span })}`,
    code(columns.map((column) => column.text).join(" ")),
    own(DAEMONS, columns[7]?.text ?? "")?.summary,
  );
  return { span: mention.at.span, text };
}

/** The line of a service that other programs find by its name. */
function columnsOf(project: Project, name: string): MasterEntry["columns"] {
  return namedEntries(project).find(({ columns: [first] }) => first?.text === name)?.columns ?? [];
}
