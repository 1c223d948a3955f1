import type { DocumentHighlight } from "vscode-languageserver-types";
import type { Project } from "../config/project.ts";
import { rangeAt } from "./diagnostics.ts";
import { mentionsAt, mentionsIn } from "./uses/uses.ts";

/** The places of the file that name what is named at an offset; where it gets its value counts as writing. */
export function highlights(project: Project, file: string, offset: number): DocumentHighlight[] {
  const [mention] = mentionsAt(project, file, offset);
  if (!mention) return [];
  return mentionsIn(project, mention.subject, file).map(({ at, role }) => ({
    range: rangeAt(project, at),
    kind: role === "use" ? READ : WRITE,
  }));
}

/** The numbers of the language server protocol. */
const READ = 2;
const WRITE = 3;
