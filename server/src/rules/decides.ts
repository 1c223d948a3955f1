import type { Configuration } from "../config/configuration.ts";
import type { ListItem, RestrictionList } from "../config/restrictionList.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import type { Stage } from "../postfix/stages.ts";
import { tableContent } from "./accessTable.ts";
import { inComment } from "./comments.ts";
import { referenceIn, tableWord } from "./places.ts";
import { rightHandSide } from "./rightHandSide.ts";

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
  return firstDecider(configuration, list, { context, above: [], softened: false });
}

interface Surroundings {
  readonly context: DecideContext;
  /** The classes around this list: one that contains itself never decides. */
  readonly above: readonly string[];
  /** warn_if_reject stands before the class. */
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
    if (item.meaning.kind === "restriction" && item.meaning.name === "warn_if_reject") {
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
function decisionOf(
  configuration: Configuration,
  item: ListItem,
  surroundings: Surroundings,
): Decision | undefined {
  const { meaning } = item;
  if (meaning.kind === "class") {
    const list = configuration.classes.get(meaning.name)?.list;
    if (!list || surroundings.above.includes(meaning.name)) return undefined;
    const above = [...surroundings.above, meaning.name];
    return firstDecider(configuration, list, { ...surroundings, above })?.decision;
  }
  if (meaning.kind === "restriction") {
    if (meaning.name === "permit") return "permits";
    if (meaning.name === "reject" || meaning.name === "defer") return "refuses";
  }
  const check = meaning.kind === "restriction" ? meaning.name : BARE_TABLE[surroundings.context];
  const word = tableWord(item);
  return check && word ? constantAnswer(configuration, referenceIn(word.text), check, surroundings) : undefined;
}

/** What a bare `type:name` asks, for the stages in which that value is always there. */
const BARE_TABLE: Readonly<Partial<Record<DecideContext, RestrictionName>>> = {
  client: "check_client_access",
  relay: "check_recipient_access",
  recipient: "check_recipient_access",
};

/**
 * `static:REJECT` and its like. The client is always known. The recipient is in its own lists, but an OK does not count
 * for an address with a route in it. See smtpd_check.c, check_mail_access().
 */
function constantAnswer(
  configuration: Configuration,
  reference: string,
  check: RestrictionName,
  { context }: Surroundings,
): Decision | undefined {
  if (!reference.startsWith("static:")) return undefined;
  const isRecipient = check === "check_recipient_access" && (context === "relay" || context === "recipient");
  if (check !== "check_client_access" && !isRecipient) return undefined;
  const content = tableContent(configuration, reference);
  const [value = ""] = content.kind === "entries" ? content.byValue.keys() : [];
  const side = rightHandSide(value);
  if (side.kind !== "action") return undefined;
  if (["REJECT", "DEFER", "4NN", "5NN"].includes(side.action)) return "refuses";
  return !isRecipient && ["OK", "RELAY", "all-digits"].includes(side.action) ? "permits" : undefined;
}
