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
  return firstDecider(configuration, list, { context, known: new Map(), softened });
}

/** Then a refusal in a class or in a table may be a warning only, for those who come by that way. */
const usesWarnIfReject = derived((configuration: Configuration): boolean =>
  listsOf(configuration).some(({ items }) => items.some(isWarnIfReject)),
);

function isWarnIfReject({ meaning }: ListItem): boolean {
  return meaning.kind === "restriction" && meaning.name === "warn_if_reject";
}

interface Surroundings {
  readonly context: DecideContext;
  /** What the classes say that were come by, softened or not: one that contains itself never decides. */
  readonly known: Map<string, Decision | undefined>;
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
  const { known, softened } = surroundings;
  const key = `${name} ${softened}`;
  const list = configuration.classes.get(name)?.list;
  if (!list || known.has(key)) return known.get(key);
  known.set(key, undefined);
  const decision = firstDecider(configuration, list, surroundings)?.decision;
  known.set(key, decision);
  return decision;
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
