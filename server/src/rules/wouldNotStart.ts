import type { Configuration } from "../config/configuration.ts";
import type { ListWord } from "../config/listWord.ts";
import type { Project } from "../config/project.ts";
import type { RestrictionList } from "../config/restrictionList.ts";
import type { Fatal } from "../evaluate/fatal.ts";
import { parseReference } from "../config/tables/reference.ts";
import { fatalsAtStart, REQUIRED } from "../evaluate/startup.ts";
import type { Stage } from "../postfix/stages.ts";
import { assignments } from "../syntax/mainCf.ts";
import type { Location } from "../text/location.ts";
import { addWord } from "./addWord.ts";
import { inComment } from "./comments.ts";
import { decider } from "./decides.ts";
import { hasBrokenOption } from "./optionSyntax.ts";
import { perService } from "./perService.ts";
import type { Finding, Fix, Related, Rule } from "./rule.ts";

export const wouldNotStart: Rule = {
  code: "would-not-start",
  severity: "error",
  summary: "The SMTP server does not start",
  why:
    "smtpd looks through `smtpd_relay_restrictions` and `smtpd_recipient_restrictions` before it greets anybody, and stops unless one of them has `reject_unauth_destination`, `defer_unauth_destination`, `reject`, `defer` or `defer_if_permit`, by itself or in a class. " +
    "What stands behind `warn_if_reject` or `permit`, in an access map or in another list does not count. Below `compatibility_level = 1` the relay list is empty unless it is written. A table that it may not open, or cannot name, stops it too. " +
    "The client gets a connection but no greeting, and master(8) tries again each minute. See smtpd_check.c, smtpd_check_init() and fail_required().",
  manual: "https://www.postfix.org/SMTPD_ACCESS_README.html",
  bad: `
compatibility_level = 3.6
smtpd_relay_restrictions =
smtpd_recipient_restrictions = permit_mynetworks, warn_if_reject reject_unauth_destination
#<-------------------------- smtpd does not start: neither \`smtpd_relay_restrictions\` nor \`smtpd_recipient_restrictions\` has a \`reject_unauth_destination\` or the like that counts
`,
  good: `
compatibility_level = 3.6
smtpd_relay_restrictions =
smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination
`,
  check: (context) => perService(context, findFatals),
};

function* findFatals(configuration: Configuration): Generator<Finding> {
  if (!configuration.project.mainCf) return;
  for (const fatal of fatalsAtStart(configuration)) {
    // An option that is torn apart at a blank has lost its list: that is said there.
    if (fatal.kind === "nothing required" && !hasBrokenOption(configuration.service.entry)) {
      yield* nothingRequired(configuration);
    }
    if (fatal.kind === "table" && !isUnnamed(fatal)) yield* badTable(fatal);
  }
}

/** What is not `type:name` is said as such: `wrong-argument` in a restriction list, `unusable-table` elsewhere. */
function isUnnamed({ words: [word] }: Fatal): boolean {
  return word !== undefined && !parseReference(word.text);
}

function* badTable({ text, words }: Fatal): Generator<Finding> {
  const at = words[0]?.at;
  if (at) yield { at, message: `smtpd does not start: ${text}` };
}

function* nothingRequired(configuration: Configuration): Generator<Finding> {
  const { parameters, project } = configuration;
  const list = parameters.written(RECIPIENT) ?? parameters.written(RELAY);
  const fix = missingRefusal(configuration);
  const at = list?.nameAt ?? firstName(project);
  const isOld = !parameters.written(RELAY) && parameters.value(RELAY) === "";
  const because = isOld ? "; without a `compatibility_level` of 1 or more the relay list is empty" : "";
  const message = `smtpd does not start: neither \`${RELAY}\` nor \`${RECIPIENT}\` has a \`reject_unauth_destination\` or the like that counts${because}`;
  yield { at, message, related: [...notCounted(configuration)], ...(fix && { fix }) };
}

/** The place for what nobody wrote. */
function firstName({ mainCf }: Project): Location {
  const [first] = mainCf ? assignments(mainCf) : [];
  return { file: "main.cf", span: first?.nameSpan ?? { start: 0, end: 0 } };
}

const RECIPIENT = "smtpd_recipient_restrictions";
const RELAY = "smtpd_relay_restrictions";

/** What somebody may have thought to be enough. */
function* notCounted({ lists }: Configuration): Generator<Related> {
  for (const stage of ["relay", "recipient"] as const) yield* hidden(lists[stage]);
  for (const stage of ELSEWHERE) {
    const word = lists[stage].items.find((item) => isUnauth(item.word))?.word;
    if (word?.at) yield { at: word.at, message: "counts only in the relay or the recipient list" };
  }
}

function* hidden(list: RestrictionList): Generator<Related> {
  const words = list.items.flatMap(({ word, argument }) => (argument ? [word, argument] : [word]));
  for (const [index, word] of words.entries()) {
    if (!isRequired(word) || !word.at) continue;
    const before = words[index - 1]?.text.toLowerCase() === "warn_if_reject" ? "warn_if_reject" : "permit";
    yield { at: word.at, message: `does not count behind \`${before}\`` };
  }
}

const ELSEWHERE: readonly Stage[] = ["client", "helo", "sender", "data"];

function isRequired({ text }: ListWord): boolean {
  return (REQUIRED as readonly string[]).includes(text.toLowerCase());
}

function isUnauth({ text }: ListWord): boolean {
  return /^(?:reject|defer)_unauth_destination$/i.test(text);
}

/** In the list that is written, unless what always decides would hide it there; else in a relay list. */
function missingRefusal(configuration: Configuration): Fix | undefined {
  const refusal = added(configuration, "recipient", RECIPIENT) ?? added(configuration, "relay", RELAY);
  if (refusal) return { title: "Add `reject_unauth_destination`", edits: [refusal] };
  const { parameters, project } = configuration;
  const relay = parameters.written(RELAY);
  if (!relay) return newList(project.mainCf?.text ?? "");
  if (relay.text !== "" || relay.nameAt?.file !== "main.cf") return undefined;
  const edits = addWord(project, relay, USUAL);
  return edits && { title: `Set \`${RELAY}\``, edits: [edits] };
}

function added(configuration: Configuration, stage: Stage, name: string): ReturnType<typeof addWord> {
  const { parameters, project, lists } = configuration;
  const list = parameters.written(name);
  if (!list?.text || decider(configuration, lists[stage], stage)) return undefined;
  if (inComment(project, list.locate(list.text.length - 1, list.text.length))) return undefined;
  return addWord(project, list, "reject_unauth_destination");
}

function newList(text: string): Fix {
  const end = text.length;
  const lead = text === "" || text.endsWith("\n") ? "" : "\n";
  const edits = [{ span: { start: end, end }, newText: `${lead}${RELAY} = ${USUAL}\n` }];
  return { title: `Set \`${RELAY}\``, edits: [{ file: "main.cf", edits }] };
}

/** The default since compatibility level 1. */
const USUAL = "permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination";
