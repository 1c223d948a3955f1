import { accessMapIn } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import type { ListWord } from "../config/listWord.ts";
import type { ListItem, RestrictionList } from "../config/restrictionList.ts";
import type { Message } from "../evaluate/message.ts";
import { settingsOf } from "../evaluate/settings.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import type { Location } from "../text/location.ts";
import { placeOfEntry, tableContent, type Entries, type Entry } from "./accessTable.ts";
import { forge } from "./forge.ts";
import { listFrom } from "./places.ts";
import { permits, rightHandSide } from "./rightHandSide.ts";
import type { Stranger } from "./stranger.ts";

/** A message that may get a permit from a word of the relay or the recipient list. */
export interface PermitPath {
  readonly message: Message;
  /** Who can send it: "anyone who says HELO friend". */
  readonly who: string;
  /** The word in main.cf or master.cf that permits. */
  readonly word: ListWord;
  /** The entry of the access map that says so. */
  readonly entry: Location | undefined;
}

/** How a path came here. */
interface Way {
  readonly stranger: Stranger;
  readonly message: Message;
  readonly who: string;
  readonly entry: Location | undefined;
  /** The word that called this list, when the list is the right-hand side of an entry. */
  readonly caller: ListWord | undefined;
  readonly bareTable: RestrictionName;
  readonly classes: readonly string[];
}

/** Entries of one table that are tried: when so many fail, the rest of the lists stands in the way. */
const TRIED_ENTRIES = 50;

/** The messages by which a stranger may get a permit from the relay and the recipient lists. */
export function* permitPaths(configuration: Configuration, stranger: Stranger): Generator<PermitPath> {
  const way: Way = {
    stranger,
    message: stranger.message,
    who: "anyone",
    entry: undefined,
    caller: undefined,
    bareTable: "check_recipient_access",
    classes: [],
  };
  for (const { list } of settingsOf(configuration).recipientLists) yield* pathsIn(configuration, list, way);
}

function* pathsIn(configuration: Configuration, list: RestrictionList, way: Way): Generator<PermitPath> {
  for (const item of list.items) yield* pathsOf(configuration, item, way);
}

function* pathsOf(configuration: Configuration, item: ListItem, way: Way): Generator<PermitPath> {
  const { meaning } = item;
  const word = way.caller ?? item.word;
  const { message, who, entry } = way;
  if (meaning.kind === "class") {
    const list = configuration.classes.get(meaning.name)?.list;
    if (!list || way.classes.includes(meaning.name)) return;
    yield* pathsIn(configuration, list, { ...way, caller: undefined, classes: [...way.classes, meaning.name] });
    return;
  }
  if (meaning.kind === "restriction" && PERMITS.has(meaning.name)) yield { message, who, word, entry };
  const check = meaning.kind === "restriction" ? meaning.name : way.bareTable;
  const map = accessMapIn(item);
  if (map) yield* pathsThrough(configuration, { check, item, reference: map.reference }, way);
}

/** What may permit without a login, apart from tables. Whether it does, the evaluation tells. */
const PERMITS: ReadonlySet<RestrictionName> = new Set<RestrictionName>([
  "permit",
  "permit_mynetworks",
  "permit_naked_ip_address",
]);

interface Asked {
  readonly check: RestrictionName;
  readonly item: ListItem;
  readonly reference: string;
}

function* pathsThrough(configuration: Configuration, asked: Asked, way: Way): Generator<PermitPath> {
  const content = tableContent(configuration, asked.reference);
  if (content.kind !== "entries" || content.keys === "regexp" || content.keys === "pcre") return;
  let left = TRIED_ENTRIES;
  for (const entry of permittingEntries(content)) {
    const forged = forgedMessages(configuration, asked.check, entry, way);
    if (forged.length === 0) continue;
    const place = placeOfEntry(content, entry) ?? way.entry;
    for (const one of forged) yield* pathsFrom(configuration, asked, entry, { ...way, ...one, entry: place });
    left -= 1;
    if (left === 0) return;
  }
}

function* permittingEntries({ byValue }: Entries): Generator<Entry> {
  for (const [value, entries] of byValue) {
    const side = rightHandSide(value);
    if (permits(side) || side.kind === "list") yield* entries;
  }
}

function* pathsFrom(
  configuration: Configuration,
  { item: { word } }: Asked,
  { value }: Entry,
  way: Way,
): Generator<PermitPath> {
  const { message, who, entry } = way;
  if (permits(rightHandSide(value))) yield { message, who, word, entry };
  else yield* pathsIn(configuration, listFrom(value, configuration.classes), { ...way, caller: word });
}

function forgedMessages(
  configuration: Configuration,
  check: RestrictionName,
  { key }: Entry,
  { stranger, message, who }: Way,
): readonly Pick<Way, "message" | "who">[] {
  return key === undefined ? [{ message, who }] : forge(configuration, { check, key, who }, { stranger, message });
}
