import { derived } from "../text/derived.ts";
import type { ProgramNames } from "./computedDefaults.ts";
import { parametersFrom, type Parameters } from "./parameters.ts";
import type { Project } from "./project.ts";
import type { SourceText } from "./sourceText.ts";

/** What main.cf alone says: all that programs know to which master.cf gives no `-o`. */
export const mainParameters = derived((project: Project): Parameters => parametersWith(project, []));

/** What main.cf and the `-o` of a program say. */
export function programParameters(
  project: Project,
  overrides: readonly SourceText[],
  program?: ProgramNames,
): Parameters {
  const isPlain = overrides.length === 0 && (!program || !NAMES_PROGRAM.test(project.mainCf?.text ?? ""));
  return isPlain ? mainParameters(project) : parametersWith(project, overrides, program);
}

/** What differs from program to program without any `-o`. */
const NAMES_PROGRAM = /\$[({]?\s*(?:service|process)_name\b/;

function parametersWith(
  { mainCf, release, machine }: Project,
  overrides: readonly SourceText[],
  program?: ProgramNames,
): Parameters {
  return parametersFrom({ mainCf, overrides, release, machine, program });
}
