import type { Configuration } from "../config/configuration.ts";
import type { ListItem } from "../config/restrictionList.ts";
import { restriction } from "../postfix/restrictions.ts";
import { STAGES, type Stage } from "../postfix/stages.ts";
import { eachItem, type ItemProblem } from "./items.ts";
import { perService } from "./perService.ts";
import type { Place } from "./places.ts";
import type { Related, Rule } from "./rule.ts";
import { stagesOf } from "./stagesOf.ts";

export const attributeNotKnown: Rule = {
  code: "attribute-not-known",
  severity: "warning",
  summary: "A restriction asks about something that is not known yet where it stands",
  why:
    "With `smtpd_delay_reject = no` each list is asked at its own command: at connect there is no HELO name, no sender, no recipient and no login yet, at MAIL FROM no recipient. A restriction that asks about it says nothing, without a word in the log. " +
    "ETRN has no sender and no recipient. In the lists of the DATA command the recipient is known only when the message has exactly one. See smtpd_check.c, generic_checks() and smtpd_check_data().",
  manual: "https://www.postfix.org/postconf.5.html#smtpd_delay_reject",
  bad: `
smtpd_delay_reject = no
smtpd_client_restrictions = check_recipient_access hash:/etc/postfix/recipients
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`check_recipient_access\` says nothing in smtpd_client_restrictions: the recipient is not known there with smtpd_delay_reject = no
smtpd_data_restrictions = check_recipient_access hash:/etc/postfix/recipients
#                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`check_recipient_access\` says nothing in smtpd_data_restrictions for a message with several recipients
smtpd_etrn_restrictions = reject_unknown_sender_domain
#                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_unknown_sender_domain\` says nothing in smtpd_etrn_restrictions: the sender is not known there
#- recipients
all@example.com REJECT
`,
  good: `
smtpd_client_restrictions = check_recipient_access hash:/etc/postfix/recipients
smtpd_data_restrictions = reject_multi_recipient_bounce
smtpd_recipient_restrictions = check_recipient_access hash:/etc/postfix/recipients, reject_unauth_destination
#- recipients
all@example.com REJECT
`,
  check: (context) =>
    perService(context, (configuration) =>
      eachItem(configuration, (item, _index, place) => problemOf(configuration, item, place)),
    ),
};

type Attribute = ReturnType<typeof restriction>["attribute"];

/** What is not known at which command when nothing is delayed. */
const NOT_YET: Readonly<Partial<Record<Stage, readonly Attribute[]>>> = {
  client: ["helo", "sender", "recipient", "etrn", "sasl"],
  helo: ["sender", "recipient", "etrn"],
  sender: ["recipient"],
};

/** What is never known there. */
const NEVER: Readonly<Partial<Record<Stage, readonly Attribute[]>>> = {
  sender: ["etrn"],
  relay: ["etrn"],
  recipient: ["etrn"],
  data: ["etrn"],
  "end-of-data": ["etrn"],
  etrn: ["sender", "recipient"],
};

const NAMES: Readonly<Partial<Record<Attribute, string>>> = {
  helo: "HELO name",
  sender: "sender",
  recipient: "recipient",
  etrn: "domain of ETRN",
  sasl: "login",
};

type Knowledge = "known" | "not yet" | "never" | "one recipient";

function* problemOf(
  configuration: Configuration,
  { meaning, word, argument }: ListItem,
  place: Place,
): Generator<ItemProblem> {
  if (meaning.kind !== "restriction") return;
  const stages = [...stagesOf(configuration, place)];
  const { attribute } = restriction(meaning.name);
  const [stage, first] = [stages[0], commonKnowledge(configuration, stages, attribute)];
  if (!stage || first === "known") return;
  const list = STAGES.find((fact) => fact.stage === stage)?.parameter ?? "";
  const silent = `\`${word.text}\` says nothing in ${list}`;
  const words = [word, argument] as const;
  if (first === "one recipient") {
    yield { words, message: `${silent} for a message with several recipients`, severity: "info" };
    return;
  }
  const why = first === "not yet" ? " with smtpd_delay_reject = no" : "";
  const message = `${silent}: the ${NAMES[attribute] ?? attribute} is not known there${why}`;
  yield { words, message, related: first === "not yet" ? setting(configuration) : [] };
}

/** What holds in all of the stages, which may be unknown for different reasons. */
function commonKnowledge(configuration: Configuration, stages: readonly Stage[], attribute: Attribute): Knowledge {
  const knowledge = stages.map((stage) => knowledgeAt(configuration, stage, attribute));
  const [first = "known"] = knowledge;
  const isPartly = first === "one recipient";
  return knowledge.every((one) => one !== "known" && (one === "one recipient") === isPartly) ? first : "known";
}

function knowledgeAt({ parameters }: Configuration, stage: Stage, attribute: Attribute): Knowledge {
  const delays = parameters.value("smtpd_delay_reject").toLowerCase() !== "no";
  if (NEVER[stage]?.includes(attribute)) return "never";
  if (!delays && NOT_YET[stage]?.includes(attribute)) return "not yet";
  const isLate = stage === "data" || stage === "end-of-data";
  return isLate && attribute === "recipient" ? "one recipient" : "known";
}

function setting({ parameters }: Configuration): readonly Related[] {
  const at = parameters.written("smtpd_delay_reject")?.nameAt;
  return at ? [{ at, message: "each list is asked at its own command" }] : [];
}
