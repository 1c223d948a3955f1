import { derived } from "../text/derived.ts";
import { parametersFrom, type Parameters } from "./parameters.ts";
import type { Project } from "./project.ts";
import type { SourceText } from "./sourceText.ts";

/** What main.cf alone says: all that programs know to which master.cf gives no `-o`. */
export const mainParameters = derived((project: Project): Parameters => parametersWith(project, []));

/** What main.cf and the `-o` of a program say. */
export function programParameters(project: Project, overrides: readonly SourceText[]): Parameters {
  return overrides.length === 0 ? mainParameters(project) : parametersWith(project, overrides);
}

function parametersWith({ mainCf, release, machine }: Project, overrides: readonly SourceText[]): Parameters {
  return parametersFrom({ mainCf, overrides, release, machine });
}
