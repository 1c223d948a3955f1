import type { Configuration } from "../config/configuration.ts";
import type { ListItem, RestrictionList } from "../config/restrictionList.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { inComment } from "./comments.ts";

/** What refuses relaying, or everything. */
const REFUSING: ReadonlySet<RestrictionName> = new Set<RestrictionName>([
  "reject_unauth_destination",
  "defer_unauth_destination",
  "reject",
  "defer",
  "defer_if_permit",
]);

/** The items that are asked before one that refuses relaying, or everything; undefined when none does. */
export function beforeRefusal(items: readonly ListItem[]): readonly ListItem[] | undefined {
  const end = items.findIndex((item, index) => refuses(item) && !isRestriction(items[index - 1], "warn_if_reject"));
  return end < 0 ? undefined : items.slice(0, end);
}

function refuses({ meaning }: ListItem): boolean {
  return meaning.kind === "restriction" && REFUSING.has(meaning.name);
}

/** Whether an item is a certain restriction. */
export function isRestriction(item: ListItem | undefined, name: RestrictionName): boolean {
  return item?.meaning.kind === "restriction" && item.meaning.name === name;
}

/** The items of a list with those of its classes in their places, without what is meant as a comment. */
export function meantItems(configuration: Configuration, list: RestrictionList): readonly ListItem[] {
  return withClasses(configuration, list).filter(({ word }) => !inComment(configuration.project, word.at));
}

/** The items of a list with those of its classes in their places; a class that comes again brings nothing new. */
export function withClasses(configuration: Configuration, { items }: RestrictionList): readonly ListItem[] {
  const found: ListItem[] = [];
  const seen = new Set<string>();
  const open = items.toReversed();
  for (let item = open.pop(); item; item = open.pop()) {
    const { meaning } = item;
    const list = meaning.kind === "class" ? configuration.classes.get(meaning.name)?.list : undefined;
    if (meaning.kind !== "class" || !list || seen.has(meaning.name)) found.push(item);
    else {
      seen.add(meaning.name);
      open.push(...list.items.toReversed());
    }
  }
  return found;
}
