import { unreachable } from "../text/unreachable.ts";
import type { Reason } from "./reason.ts";

/** Says a reason in one sentence, without a final period. */
export function explain(reason: Reason): string {
  switch (reason.kind) {
    case "always":
      return "it always says so";
    case "end of list":
      return "no restriction had an opinion, so the list ends without one";
    case "nothing refuses":
      return "no list refuses it";
    case "no restrictions":
      return "the list is empty";
    case "decided by":
      return `\`${reason.step}\` decided`;
    case "not reached":
      return `\`${reason.step}\` had already decided`;
    case "discarded":
      return "the message is discarded, so nothing more is asked";
    case "attribute missing":
      return `there is no ${reason.attribute} at this point, so it says nothing`;
    case "network":
      return networkSentence(reason);
    case "lookup failed":
      return `${reason.what} could not be looked up: ${reason.because}`;
    case "login":
      return loginSentence(reason);
    case "destination":
      return destinationSentence(reason);
    case "entry":
      return `\`${reason.key}\` has the action \`${reason.value}\``;
    case "no entry":
      return reason.keys === 1 ? "the key is not in the table" : `none of the ${reason.keys} keys is in the table`;
    case "table unavailable":
      return `${reason.table} does not work (${reason.because}), so the answer is a temporary error`;
    case "action":
      return reason.meaning;
    case "misused action":
      return reason.complaint;
    case "unknown restriction":
      return `\`${reason.name}\` is neither a restriction nor a declared class, so the answer is a temporary error`;
    case "bad argument":
      return badArgument(reason);
    case "table needs a check":
      return `\`${reason.reference}\` needs a check_*_access in front of it in this list`;
    case "permit forbidden":
      return `the table says OK for ${reason.target}, which ${reason.restriction} forbids; use DUNNO`;
    case "suspicious route":
      return `${reason.recipient} names a further route, so an OK does not count`;
    case "warning":
    case "fact":
      return reason.text;
    case "flag":
      return FLAGS[reason.flag];
    default:
      return unreachable(reason);
  }
}

const FLAGS = {
  warn_if_reject: "the next restriction only warns when it would refuse",
  defer_if_permit: "if nothing refuses, the message is deferred",
  defer_if_reject: "if something refuses, the message is deferred instead",
} as const;

type Kind<K extends Reason["kind"]> = Extract<Reason, { readonly kind: K }>;

function networkSentence({ list, client, pattern }: Kind<"network">): string {
  return pattern === undefined ? `${client} is not in ${list}` : `${client} is in ${list}, by \`${pattern}\``;
}

function loginSentence({ login, enabled }: Kind<"login">): string {
  if (!enabled) return "SASL is off in this service (smtpd_sasl_auth_enable = no), so nobody is logged in";
  return login === undefined ? "the client is not logged in" : `the client is logged in as ${login}`;
}

const CLASSES = {
  local: "a local domain of this server (mydestination or an own address)",
  "virtual-alias": "a virtual alias domain of this server",
  "virtual-mailbox": "a virtual mailbox domain of this server",
  relay: "in relay_domains",
  default: "not a domain of this server",
} as const;

function destinationSentence({ recipient, addressClass, routed }: Kind<"destination">): string {
  if (routed) return `${recipient} names a further route in its local part, which strangers may not use`;
  return `${recipient.slice(recipient.lastIndexOf("@") + 1)} is ${CLASSES[addressClass]}`;
}

function badArgument({ restriction, argument }: Kind<"bad argument">): string {
  if (argument === undefined) return `${restriction} has no argument`;
  return `${restriction} cannot use \`${argument}\` as its argument`;
}
