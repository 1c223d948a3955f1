import { accessMapIn } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import type { ListItem, RestrictionList } from "../config/restrictionList.ts";
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
  /** The lists behind an item that no earlier item of the stage has led to. */
  const behind = (item: ListItem, stage: Stage): readonly RestrictionList[] => {
    const { meaning } = item;
    const table = accessMapIn(item);
    if (meaning.kind === "class" && add(found.classes, meaning.name, stage)) {
      return [configuration.classes.get(meaning.name)?.list ?? []].flat();
    }
    return table && add(found.tables, table.reference, stage) ? (inTable.get(table.reference) ?? []) : [];
  };
  for (const { stage } of STAGES) {
    // Thousands of classes may be nested.
    const open: RestrictionList[] = [configuration.lists[stage]];
    for (let list = open.pop(); list; list = open.pop()) {
      open.push(...list.items.flatMap((item) => behind(item, stage)));
    }
  }
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
