import { holdsHeaderActions } from "../postfix/headerActions.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { stageOf } from "../postfix/stages.ts";
import { derived } from "../text/derived.ts";
import { accessMapUses, type AccessMapUse } from "./accessMaps.ts";
import type { Configuration } from "./configuration.ts";
import { configurations } from "./configurations.ts";
import { filesIn } from "./fileReferences.ts";
import { programSettings, type ProgramSetting } from "./programSettings.ts";
import type { Project } from "./project.ts";

/** That a service asks a table. */
export interface TableAsker extends AccessMapUse {
  readonly configuration: Configuration;
}

/** The restrictions that ask a file of the project, in each service. */
export function restrictionsAsking(project: Project, file: string): readonly TableAsker[] {
  return askingRestrictions(project).get(file) ?? [];
}

/** The restrictions that ask a table by such a reference, in each service. */
export function askersOf(project: Project, isMeant: (reference: string) => boolean): readonly TableAsker[] {
  return configurations(project).flatMap((configuration) =>
    accessMapUses(configuration).flatMap((use) => (isMeant(use.reference) ? [{ ...use, configuration }] : [])),
  );
}

const askingRestrictions = derived((project: Project): ReadonlyMap<string, readonly TableAsker[]> => {
  const found = new Map<string, TableAsker[]>();
  for (const configuration of configurations(project)) {
    for (const use of accessMapUses(configuration)) {
      for (const file of filesIn(use.reference, project)) {
        const uses = found.get(file) ?? [];
        found.set(file, uses);
        uses.push({ ...use, configuration });
      }
    }
  }
  return found;
});

/** The parameters, apart from restriction lists, whose value refers to a file of the project. */
export function parametersAsking(project: Project, file: string): readonly string[] {
  return [...(askingParameters(project).get(file) ?? [])];
}

const askingParameters = derived((project: Project): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  const add = ({ name, value }: ProgramSetting): void => {
    if (stageOf(name) || !PARAMETERS.has(name) || LISTS_OF_TABLES.has(name)) return;
    for (const file of filesIn(value, project)) {
      const known = found.get(file) ?? new Set();
      found.set(file, known.add(name));
    }
  };
  for (const { parameters, classes } of configurations(project)) {
    for (const name of parameters.writtenNames()) if (!classes.has(name)) add({ name, value: parameters.value(name) });
  }
  programSettings(project).forEach(add);
  return found;
});

/** They say which tables proxymap(8) may open, and ask none. */
const LISTS_OF_TABLES: ReadonlySet<string> = new Set(["proxy_read_maps", "proxy_write_maps"]);

/** Whether the right-hand sides of a file are actions of header or body checks. */
export function isHeaderTable(project: Project, file: string): boolean {
  return parametersAsking(project, file).some((name) => holdsHeaderActions(name));
}
