import { derived } from "../text/derived.ts";
import { programParameters } from "./mainParameters.ts";
import { masterEntries } from "./masterEntries.ts";
import type { Project } from "./project.ts";
import { overrideText } from "./services.ts";

/** A parameter with its expanded value. */
export interface ProgramSetting {
  readonly name: string;
  readonly value: string;
}

/** What `-o` sets for the programs of master.cf that are no smtpd, as far as tables may be named: `header_checks` of a cleanup(8) for submission. */
export const programSettings = derived((project: Project): readonly ProgramSetting[] =>
  masterEntries(project).flatMap(({ columns, options }) => {
    if (columns[7]?.text === "smtpd" || !options.some(({ value }) => MAY_NAME_TABLES.test(value))) return [];
    const overrides = options.map(overrideText);
    const parameters = programParameters(project, overrides);
    return overrides.map(({ parameter }) => ({ name: parameter, value: parameters.value(parameter) }));
  }),
);

/** `type:name`, or a name that may stand for one. */
const MAY_NAME_TABLES = /[:$]/;
