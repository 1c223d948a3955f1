import type { Configuration } from "../config/configuration.ts";
import type { ListWord } from "../config/listWord.ts";
import type { ListItem } from "../config/restrictionList.ts";
import type { Location } from "../text/location.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { commentsIn, inComment } from "./comments.ts";
import { decider } from "./decides.ts";
import { placesOf, wordIn, type EntryList, type Place } from "./places.ts";
import { few, inEachTable } from "./repeated.ts";
import type { Severity } from "../config/severity.ts";
import type { Finding, Fix, Related } from "./rule.ts";

/** A mistake in an item of a restriction list. */
export interface ItemProblem {
  /** The words that are wrong; the second one only if it stands behind the first in the same file. */
  readonly words: readonly [ListWord, (ListWord | undefined)?];
  readonly message: string;
  readonly severity?: Severity | undefined;
  readonly related?: readonly Related[];
  readonly unnecessary?: true;
  /** Makes the edit for the place of the words. */
  readonly fix?: (at: Location) => Fix | undefined;
}

/** Says what is wrong with an item; `index` is its number in the list. */
export type CheckItem = (item: ListItem, index: number, place: Place) => Iterable<ItemProblem>;

/** Whether a list of a configuration has one of these restrictions, be it in a class or a table. */
export function hasRestriction(configuration: Configuration, names: ReadonlySet<RestrictionName>): boolean {
  return placesOf(configuration).some(({ list }) =>
    list.items.some(({ meaning }) => meaning.kind === "restriction" && names.has(meaning.name)),
  );
}

/** Checks every item of every list of a configuration that Postfix can get to. */
export function* eachItem(configuration: Configuration, check: CheckItem): Generator<Finding> {
  const entries: EntryList[] = [];
  for (const place of placesOf(configuration)) {
    if (place.kind === "entry") entries.push(place);
    else for (const problem of problemsIn(configuration, place, check)) yield* finding(problem, (word) => word.at);
  }
  yield* inEachTable(entries, (place) => inEntries(configuration, place, check));
}

function* inEntries(configuration: Configuration, place: EntryList, check: CheckItem): Generator<Finding> {
  if (commentsIn(place.list.name, "C too", () => place.list.name.length).length > 0) return;
  for (const problem of problemsIn(configuration, place, check)) {
    for (const { entry, note } of few(place.entries)) {
      const message = `${problem.message}${note}`;
      yield* finding({ ...problem, message }, (word) => wordIn(place, entry, word).at);
    }
  }
}

function* problemsIn(configuration: Configuration, place: Place, check: CheckItem): Generator<ItemProblem> {
  for (const { item, index } of reachedItems(configuration, place)) yield* check(item, index, place);
}

/** The items of a list that Postfix can get to. A right-hand side does not tell which list asks it. */
export function reachedItems(
  configuration: Configuration,
  place: Place,
): readonly { readonly item: ListItem; readonly index: number }[] {
  const context = place.kind === "stage" ? place.stage : "class";
  const end = decider(configuration, place.list, context)?.index ?? place.list.items.length;
  return place.list.items
    .slice(0, end + 1)
    .map((item, index) => ({ item, index }))
    .filter(({ item }) => !inComment(configuration.project, item.word.at));
}

function* finding(problem: ItemProblem, placeOf: (word: ListWord) => Location | undefined): Generator<Finding> {
  const { words, message, severity, related, unnecessary } = problem;
  const [from, to] = words;
  const at = spanOf(placeOf(from), to && placeOf(to));
  if (!at) return;
  const fix = problem.fix?.(at);
  yield {
    at,
    message,
    ...(severity && { severity }),
    ...(related && { related }),
    ...(unnecessary && { unnecessary }),
    ...(fix && { fix }),
  };
}

function spanOf(start: Location | undefined, end: Location | undefined): Location | undefined {
  if (!start || end?.file !== start.file || end.span.end < start.span.end) return start;
  return { file: start.file, span: { start: start.span.start, end: end.span.end } };
}
