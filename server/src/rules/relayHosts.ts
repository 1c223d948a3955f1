import { listWords, type ListWord } from "../config/listWord.ts";
import { mainParameters } from "../config/mainParameters.ts";
import type { Project } from "../config/project.ts";

/** The transport that takes mail for others, to a relay host or to the destination itself. */
export function defaultTransport(project: Project): string {
  return mainParameters(project).value("default_transport").split(":", 1)[0] ?? "";
}

/** The hosts that take all mail for others. */
export function relayHosts(project: Project): readonly ListWord[] {
  return listWords(mainParameters(project).expanded("relayhost"));
}
