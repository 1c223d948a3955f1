import type { ActionName } from "../postfix/actions.ts";
import { derived } from "../text/derived.ts";
import type { Location } from "../text/location.ts";
import { placeInEntry, type Entries, type EntryGroup } from "./accessTable.ts";
import type { AccessMap } from "./places.ts";
import { few } from "./repeated.ts";
import { rightHandSide, type RightHandSide } from "../config/rightHandSide.ts";

/** A right-hand side that some rule has a word to say about, and the entries that have it. */
export interface OddValue {
  readonly kind: "empty" | "number" | "table inside" | "bad argument" | "wrong status" | "delivery";
  readonly value: string;
  readonly entries: EntryGroup;
  readonly action: ActionName | undefined;
}

/** The right-hand sides of a table that rules look at closer; the result lives as long as the table. */
export const oddValues = derived((content: Entries): readonly OddValue[] => {
  const found: OddValue[] = [];
  for (const [value, entries] of content.byValue) {
    for (const odd of kindsOf(value)) found.push({ ...odd, value, entries });
  }
  return found;
});

/** The places of the first entries that have a value, with what to add to the message. */
export function* placesOfValue(
  map: AccessMap,
  { value, entries }: OddValue,
): Generator<{ readonly at: Location; readonly note: string }> {
  const { content } = map;
  if (content.kind !== "entries") return;
  for (const { entry, note } of few(entries)) {
    const at = placeInEntry({ ...map, content }, entry, { start: 0, end: value.length });
    if (at) yield { at, note };
  }
}

function kindsOf(value: string): readonly Pick<OddValue, "kind" | "action">[] {
  const side = rightHandSide(value);
  if (side.kind === "table inside") return [{ kind: "table inside", action: undefined }];
  if (side.kind === "list") return value === "" ? [{ kind: "empty", action: undefined }] : [];
  return kindsOfAction(side, value);
}

function kindsOfAction(
  { action, text }: Extract<RightHandSide, { readonly kind: "action" }>,
  value: string,
): readonly Pick<OddValue, "kind" | "action">[] {
  if (action === "all-digits") return /^[45][0-9][0-9]$/.test(value) ? [{ kind: "number", action }] : [];
  const found: Pick<OddValue, "kind" | "action">[] = [];
  if (ARGUMENTS[action]?.test(text) === false) found.push({ kind: "bad argument", action });
  if (STATUS[action]?.test(text) === true) found.push({ kind: "wrong status", action });
  if (DELIVERY.has(action)) found.push({ kind: "delivery", action });
  return found;
}

/** What Postfix wants behind an action. See smtpd_check.c, check_table_result(). */
const ARGUMENTS: Readonly<Partial<Record<ActionName, RegExp>>> = {
  FILTER: /:/,
  REDIRECT: /@/,
  BCC: /@/,
  PREPEND: /^[!-9;-~]+[ \t]*:/,
};

/** Status codes of the other class than the reply. See smtpd_check.c, smtpd_check_reject(). */
const STATUS: Readonly<Partial<Record<ActionName, RegExp>>> = {
  REJECT: /^4\.\d+\.\d+(?:\s|$)/,
  "5NN": /^4\.\d+\.\d+(?:\s|$)/,
  DEFER: /^5\.\d+\.\d+(?:\s|$)/,
  "4NN": /^5\.\d+\.\d+(?:\s|$)/,
};

/** Actions that other programs have to carry out later. */
const DELIVERY: ReadonlySet<ActionName> = new Set<ActionName>([
  "FILTER",
  "HOLD",
  "DISCARD",
  "REDIRECT",
  "BCC",
  "PREPEND",
]);
