import type { Project } from "../config/project.ts";
import { DAEMONS } from "../postfix/daemons.ts";
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
  const { name } = mention.subject;
  const services = project.masterCf?.nodes.filter((node) => node.kind === "service") ?? [];
  const entry = services.find(({ columns: [service, type] }) => service?.text === name && type?.text !== "inet");
  const [at] = entry?.columns ?? [];
  if (!entry || !at) return undefined;
  const program = entry.columns[7]?.text ?? "";
  const text = paragraphs(
    `**${code(name)}** — service of ${showPlace({ file: "master.cf", span: at.span })}`,
    code(entry.columns.map((column) => column.text).join(" ")),
    own(DAEMONS, program)?.summary,
  );
  return { span: mention.at.span, text };
}
