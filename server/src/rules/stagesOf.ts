import { accessMapIn } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import type { RestrictionList } from "../config/restrictionList.ts";
import { STAGES, type Stage } from "../postfix/stages.ts";
import { derived } from "../text/derived.ts";
import { placesOf, type Place } from "./places.ts";

/** The stages in which a list may be asked: for a class or a right-hand side, those of all that lead there. */
export function stagesOf(configuration: Configuration, place: Place): ReadonlySet<Stage> {
  if (place.kind === "stage") return new Set([place.stage]);
  if (place.kind === "entry") return stagesOfTable(configuration, place.map.reference);
  return stagesByName(configuration).classes.get(place.list.name) ?? NONE;
}

/** The stages in which an access map may be asked. */
export function stagesOfTable(configuration: Configuration, reference: string): ReadonlySet<Stage> {
  return stagesByName(configuration).tables.get(reference) ?? NONE;
}

const NONE: ReadonlySet<Stage> = new Set();

interface ByName {
  readonly classes: Map<string, Set<Stage>>;
  readonly tables: Map<string, Set<Stage>>;
}

const stagesByName = derived((configuration: Configuration): ByName => {
  const found: ByName = { classes: new Map(), tables: new Map() };
  const inTable = new Map<string, RestrictionList[]>();
  for (const place of placesOf(configuration)) {
    if (place.kind !== "entry") continue;
    const { reference } = place.map;
    inTable.set(reference, [...(inTable.get(reference) ?? []), place.list]);
  }
  const visit = ({ items }: RestrictionList, stage: Stage): void => {
    for (const item of items) {
      const { meaning } = item;
      const table = accessMapIn(item);
      if (meaning.kind === "class" && add(found.classes, meaning.name, stage)) {
        const list = configuration.classes.get(meaning.name)?.list;
        if (list) visit(list, stage);
      } else if (table && add(found.tables, table.reference, stage)) {
        for (const list of inTable.get(table.reference) ?? []) visit(list, stage);
      }
    }
  };
  for (const { stage } of STAGES) visit(configuration.lists[stage], stage);
  return found;
});

/** False when it was there already. */
function add(map: Map<string, Set<Stage>>, name: string, stage: Stage): boolean {
  const known = map.get(name) ?? new Set();
  map.set(name, known);
  if (known.has(stage)) return false;
  known.add(stage);
  return true;
}
