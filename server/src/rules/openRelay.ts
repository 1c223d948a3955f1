import type { Configuration } from "../config/configuration.ts";
import type { Message } from "../evaluate/message.ts";
import { evaluate, type Evaluation } from "../evaluate/evaluate.ts";
import { settingsOf } from "../evaluate/settings.ts";
import type { Step } from "../evaluate/trace.ts";
import type { Location } from "../text/location.ts";
import { perService } from "./perService.ts";
import { permitPaths, type PermitPath } from "./permitPaths.ts";
import { isReachable } from "../relay/reachable.ts";
import type { Finding, Related, Rule } from "./rule.ts";
import { factsFor, strangerTo, type Stranger } from "./stranger.ts";

export const openRelay: Rule = {
  code: "open-relay",
  severity: "error",
  summary: "A stranger can send mail to other servers through this one",
  why:
    "A recipient is accepted when neither `smtpd_relay_restrictions` nor `smtpd_recipient_restrictions` refuses it. A permit ends only the list in which it stands; where one list has no `reject_unauth_destination` before the permit and the other one does not refuse either, the recipient may be anywhere. " +
    "Below `compatibility_level = 1` the relay list is empty unless it is written. HELO name, sender and recipient are what the client says they are. " +
    "Each finding was tried with the message that it names. See SMTPD_ACCESS_README, “Dangerous use of smtpd_recipient_restrictions”, and smtpd_check.c, smtpd_check_rcpt().",
  manual: "https://www.postfix.org/SMTPD_ACCESS_README.html#danger",
  bad: `
compatibility_level = 3.6
mydestination = example.com
smtpd_relay_restrictions =
smtpd_recipient_restrictions =
    permit_mynetworks
    check_helo_access hash:/etc/postfix/helo_access
#   ^^^^^^^^^^^^^^^^^ Open relay: anyone who says HELO friend may relay: HELO friend, MAIL FROM:<someone@stranger.example>, RCPT TO:<someone@elsewhere.example> → 250
    reject_unauth_destination
#- helo_access
friend  OK
`,
  good: `
compatibility_level = 3.6
mydestination = example.com
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions =
    permit_mynetworks
    check_helo_access hash:/etc/postfix/helo_access
#- helo_access
friend  OK
`,
  check: (context) => perService(context, findRelays),
};

function* findRelays(configuration: Configuration): Generator<Finding> {
  if (settingsOf(configuration).fatal || !isReachable(configuration)) return;
  const stranger = strangerTo(configuration);
  if (!stranger) return;
  const anybody = replay(configuration, stranger, stranger.message);
  if (!anybody) {
    yield* byForgery(configuration, stranger);
    return;
  }
  const at = permitIn(anybody.evaluation.steps)?.at ?? placeOfLists(configuration);
  if (at) yield finding({ at, who: "anyone", message: stranger.message, entry: undefined }, anybody.unknown);
}

/** Each restriction that permits a forged message, once. */
function* byForgery(configuration: Configuration, stranger: Stranger): Generator<Finding> {
  const said = new Set<string>();
  for (const path of permitPaths(configuration, stranger)) {
    const { at } = path.word;
    if (!at || said.has(placeName(at))) continue;
    const accepted = replay(configuration, stranger, path.message);
    if (!accepted || !isPermitted(accepted.evaluation.steps, at)) continue;
    said.add(placeName(at));
    yield finding({ ...path, at }, accepted.unknown);
  }
}

interface Accepted {
  readonly evaluation: Evaluation;
  /** The tables and policy services that were asked and whose answers are not known. */
  readonly unknown: ReadonlySet<string>;
}

/** Tries a message; undefined when it does not get to the recipient: refused, thrown away, held or sent elsewhere. */
function replay(configuration: Configuration, stranger: Stranger, message: Message): Accepted | undefined {
  const unknown = new Set<string>();
  const evaluation = evaluate(configuration, message, factsFor(stranger, unknown));
  const { accepted, eod, steps } = evaluation;
  const delivered = accepted[0] && eod && "code" in eod && eod.code === 250 && !isDiverted(steps);
  return delivered ? { evaluation, unknown } : undefined;
}

function isDiverted(steps: readonly Step[]): boolean {
  return steps.some(({ outcome, children }) => DIVERTED.has(outcome) || isDiverted(children));
}

const DIVERTED: ReadonlySet<Step["outcome"]> = new Set<Step["outcome"]>(["DISCARD", "HANGUP", "HOLD", "REDIRECT"]);

/** The restriction that permitted, the innermost one. */
function permitIn(steps: readonly Step[]): Step | undefined {
  return permittingLists(steps)
    .map((list) => ({ list, inner: innermost(list) }))
    .find(({ list, inner }) => inner !== list)?.inner;
}

/** The relay and recipient lists that ended with a permit. */
function permittingLists(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => {
    const isList = step.asked === "smtpd_relay_restrictions" || step.asked === "smtpd_recipient_restrictions";
    if (!isList) return permittingLists(step.children);
    return step.outcome === "PERMIT" ? [step] : [];
  });
}

function innermost(step: Step): Step {
  const inner = step.children.find(({ outcome, at }) => outcome === "PERMIT" && at);
  return inner ? innermost(inner) : step;
}

/** Whether the word at this place is what permitted. */
function isPermitted(steps: readonly Step[], at: Location): boolean {
  const has = ({ outcome, at: place, children }: Step): boolean =>
    outcome === "PERMIT" && ((place !== undefined && placeName(place) === placeName(at)) || children.some(has));
  return permittingLists(steps).some(has);
}

/** The list that should have refused: the one that is written. */
function placeOfLists({ parameters }: Configuration): Location | undefined {
  const written = parameters.written("smtpd_recipient_restrictions") ?? parameters.written("smtpd_relay_restrictions");
  return written?.nameAt;
}

function placeName({ file, span }: Location): string {
  return `${file}:${span.start}`;
}

function finding(
  { at, who, message, entry }: Pick<PermitPath, "who" | "message" | "entry"> & { readonly at: Location },
  unknown: ReadonlySet<string>,
): Finding {
  const related: readonly Related[] = entry ? [{ at: entry, message: "this entry permits it" }] : [];
  const unless = unknown.size > 0 ? `, unless ${[...unknown].map((name) => `\`${name}\``).join(" or ")} refuses` : "";
  const text = `Open relay: ${who} may relay: ${dialogue(message)} → 250${unless}`;
  return { at, message: text, related };
}

function dialogue({ client_address, client_name, helo, sender, recipients = [] }: Message): string {
  const from = client_name === null ? `client unknown[${client_address}], ` : "";
  return `${from}HELO ${helo ?? ""}, MAIL FROM:<${sender ?? ""}>, RCPT TO:<${recipients[0] ?? ""}>`;
}
