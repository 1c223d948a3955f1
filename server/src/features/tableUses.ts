import type { Configuration } from "../config/configuration.ts";
import { configurations } from "../config/configurations.ts";
import { resolveFile, type Project } from "../config/project.ts";
import type { RestrictionList } from "../config/restrictionList.ts";
import { holdsHeaderActions } from "../postfix/headerActions.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { stageOf } from "../postfix/stages.ts";
import { tableWord, referenceIn } from "../rules/places.ts";
import { assignments } from "../syntax/mainCf.ts";
import { derived } from "../text/derived.ts";
import { referencesIn } from "./tableFiles.ts";

/** A restriction that asks a table. */
export interface TableUse {
  readonly configuration: Configuration;
  /** The restriction list or class that it stands in. */
  readonly list: string;
  /** Undefined: a bare `type:name` in a class, whose meaning depends on the list that calls it. */
  readonly check: RestrictionName | undefined;
}

/** The restrictions that ask a file of the project, in each service. */
export function tableUses(project: Project, file: string): readonly TableUse[] {
  return usesByFile(project).get(file) ?? [];
}

const usesByFile = derived((project: Project): ReadonlyMap<string, readonly TableUse[]> => {
  const found = new Map<string, TableUse[]>();
  for (const configuration of configurations(project)) {
    for (const list of listsOf(configuration)) {
      for (const [file, check] of tablesIn(list, project)) {
        const uses = found.get(file) ?? [];
        found.set(file, uses);
        uses.push({ configuration, list: list.name, check });
      }
    }
  }
  return found;
});

function listsOf({ lists, classes }: Configuration): readonly RestrictionList[] {
  return [...Object.values(lists), ...[...classes.values()].flatMap(({ list }) => (list ? [list] : []))];
}

function tablesIn(
  list: RestrictionList,
  project: Project,
): readonly (readonly [string, RestrictionName | undefined])[] {
  return list.items.flatMap((item) => {
    const word = tableWord(item);
    const check = item.meaning.kind === "restriction" ? item.meaning.name : stageOf(list.name)?.bareTable;
    return word ? filesIn(referenceIn(word.text), project).map((file) => [file, check] as const) : [];
  });
}

/** The main.cf parameters, apart from restriction lists, whose value refers to a file of the project. */
export function parametersAsking(project: Project, file: string): readonly string[] {
  return askingParameters(project).get(file) ?? [];
}

const askingParameters = derived((project: Project): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  const names = new Set(project.mainCf ? assignments(project.mainCf).map(({ name }) => name) : []);
  for (const configuration of configurations(project)) {
    for (const { parameter } of configuration.service.overrides) names.add(parameter);
    for (const name of names) {
      if (stageOf(name) || configuration.classes.has(name)) continue;
      for (const file of filesIn(configuration.parameters.value(name), project)) {
        const known = found.get(file) ?? [];
        found.set(file, known);
        if (!known.includes(name)) known.push(name);
      }
    }
  }
  return found;
});

/** Whether the right-hand sides of a file are actions of header or body checks. */
export function isHeaderTable(project: Project, file: string): boolean {
  return parametersAsking(project, file).some((name) => holdsHeaderActions(name));
}

function filesIn(value: string, project: Project): readonly string[] {
  return referencesIn(value).flatMap(({ path }) => resolveFile(project, path)?.name ?? []);
}
