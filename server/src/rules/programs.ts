import { entryConfiguration } from "../config/configurations.ts";
import { mainParameters } from "../config/mainParameters.ts";
import { masterEntries } from "../config/masterEntries.ts";
import type { Parameters } from "../config/parameters.ts";
import type { Project } from "../config/project.ts";
import { derived } from "../text/derived.ts";

/** A program of Postfix as a service of master.cf runs it. */
export interface Program {
  readonly service: string;
  readonly command: string;
  /** What main.cf and the `-o` of the service say. */
  readonly parameters: Parameters;
}

/** The programs of master.cf; without one, those that deliver mail, each in a service of its own name. */
export const programs = derived((project: Project): readonly Program[] => {
  if (!project.masterCf) {
    const parameters = mainParameters(project);
    return ["smtp", "lmtp", "local", "virtual"].map((name) => ({ service: name, command: name, parameters }));
  }
  return masterEntries(project).map((entry) => ({
    service: entry.columns[0]?.text ?? "",
    command: entry.columns[7]?.text ?? "",
    parameters: entryConfiguration(project, entry).parameters,
  }));
});
