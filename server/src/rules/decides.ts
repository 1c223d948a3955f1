import { accessMapIn, listsOf } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import type { ListItem, RestrictionList } from "../config/restrictionList.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import type { Stage } from "../postfix/stages.ts";
import { derived } from "../text/derived.ts";
import { tableContent } from "./accessTable.ts";
import { inComment } from "./comments.ts";
import { permits, refuses, rightHandSide } from "../config/rightHandSide.ts";

/** Where the list stands: checks of a value that may not be there never decide for sure. */
export type DecideContext = Stage | "class";

/** What a restriction says whatever the message. */
export type Decision = "permits" | "refuses";

/** The first item of a list that always decides, so that nothing behind it is reached. */
export function decider(
  configuration: Configuration,
  list: RestrictionList,
  context: DecideContext,
): { readonly index: number; readonly decision: Decision } | undefined {
  const softened = context === "class" && usesWarnIfReject(configuration);
  return firstDecider(configuration, list, { context, known: knownIn(configuration, context), softened });
}

/** What the classes say that were come by, softened or not: `name true`. */
type Known = Map<string, Decision | undefined>;

function knownIn(configuration: Configuration, context: DecideContext): Known {
  const byContext = knownDecisions(configuration);
  const known: Known = byContext.get(context) ?? new Map<string, Decision | undefined>();
  byContext.set(context, known);
  return known;
}

const knownDecisions = derived<Configuration, Map<DecideContext, Known>>(() => new Map());

/** Then a refusal in a class or in a table may be a warning only, for those who come by that way. */
const usesWarnIfReject = derived((configuration: Configuration): boolean =>
  listsOf(configuration).some(({ items }) => items.some(isWarnIfReject)),
);

function isWarnIfReject({ meaning }: ListItem): boolean {
  return meaning.kind === "restriction" && meaning.name === "warn_if_reject";
}

interface Surroundings {
  readonly context: DecideContext;
  readonly known: Known;
  /** warn_if_reject stands, or may stand, before what called this list. */
  readonly softened: boolean;
}

function firstDecider(
  configuration: Configuration,
  { items }: RestrictionList,
  surroundings: Surroundings,
): { readonly index: number; readonly decision: Decision } | undefined {
  let { softened } = surroundings;
  for (const [index, item] of items.entries()) {
    if (inComment(configuration.project, item.word.at)) continue;
    if (isWarnIfReject(item)) {
      softened = true;
      continue;
    }
    const decision = decisionOf(configuration, item, { ...surroundings, softened });
    if (decision === "permits" || (decision === "refuses" && !softened)) return { index, decision };
    softened = surroundings.softened;
  }
  return undefined;
}

/** See smtpd_check.c, generic_checks(). */
function decisionOf(configuration: Configuration, item: ListItem, surroundings: Surroundings): Decision | undefined {
  const { meaning } = item;
  if (meaning.kind === "class") return decisionOfClass(configuration, meaning.name, surroundings);
  const name = meaning.kind === "restriction" ? meaning.name : BARE_TABLE[surroundings.context];
  if (name === "permit") return "permits";
  if (name === "reject" || name === "defer") return "refuses";
  const map = accessMapIn(item);
  return name && map ? constantAnswer(configuration, map.reference, name, surroundings) : undefined;
}

function decisionOfClass(configuration: Configuration, name: string, surroundings: Surroundings): Decision | undefined {
  const { known } = surroundings;
  for (const { name: inner, items } of innermostFirst(configuration, name, known)) {
    for (const softened of [false, true]) {
      const decision = firstDecider(configuration, { name: inner, items }, { ...surroundings, softened })?.decision;
      known.set(keyOf(inner, softened), decision);
    }
  }
  return known.get(keyOf(name, surroundings.softened));
}

function keyOf(name: string, softened: boolean): string {
  return `${name} ${softened}`;
}

/**
 * A class and those that it names, of which nothing is known yet, the inner ones first: thousands may be nested. Until its
 * turn comes, a class never decides, and so one that contains itself does not.
 */
function innermostFirst({ classes }: Configuration, name: string, known: Known): readonly RestrictionList[] {
  const found: RestrictionList[] = [];
  const open: { readonly name: string; readonly entered?: RestrictionList }[] = [{ name }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.entered) found.push(next.entered);
    const list = classes.get(next.name)?.list;
    if (!list || known.has(keyOf(next.name, false))) continue;
    for (const softened of [false, true]) known.set(keyOf(next.name, softened), undefined);
    open.push({ name: next.name, entered: list });
    for (const { meaning } of list.items) if (meaning.kind === "class") open.push({ name: meaning.name });
  }
  return found;
}

/** What a bare `type:name` asks, for the stages in which that value is always there. */
const BARE_TABLE: Readonly<Partial<Record<DecideContext, RestrictionName>>> = {
  client: "check_client_access",
  helo: "check_helo_access",
  sender: "check_sender_access",
  relay: "check_recipient_access",
  recipient: "check_recipient_access",
};

/** `static:REJECT` and its like. An OK does not count for a recipient with a route in it. See smtpd_check.c, check_mail_access(). */
function constantAnswer(
  configuration: Configuration,
  reference: string,
  check: RestrictionName,
  { context }: Surroundings,
): Decision | undefined {
  if (!reference.startsWith("static:") || !isAlwaysThere(check, context)) return undefined;
  const content = tableContent(configuration, reference);
  const [value = ""] = content.kind === "entries" ? content.byValue.keys() : [];
  const side = rightHandSide(value);
  if (refuses(side)) return "refuses";
  return permits(side) && check !== "check_recipient_access" ? "permits" : undefined;
}

/**
 * The client is always known. The lists about the HELO name and the sender are not asked without them; those about
 * recipients are asked for VRFY, too, which needs no sender. See smtpd_check.c, smtpd_check_helo(), smtpd_check_mail().
 */
function isAlwaysThere(check: RestrictionName, context: DecideContext): boolean {
  return check === "check_client_access" || THERE.get(check)?.includes(context) === true;
}

const THERE: ReadonlyMap<RestrictionName, readonly DecideContext[]> = new Map<
  RestrictionName,
  readonly DecideContext[]
>([
  ["check_helo_access", ["helo"]],
  ["check_sender_access", ["sender", "data", "end-of-data"]],
  ["check_recipient_access", ["relay", "recipient"]],
]);
