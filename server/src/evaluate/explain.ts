import type { Reason } from "./reason.ts";

/** Says a reason in one sentence, without a final period. */
export function explain(reason: Reason): string {
  const sentence = SENTENCES[reason.kind] as (reason: Reason) => string;
  return sentence(reason);
}

type Kind<K extends Reason["kind"]> = Extract<Reason, { readonly kind: K }>;

/** The sentence for each kind of reason. A reason without a sentence does not compile. */
const SENTENCES: { readonly [K in Reason["kind"]]: (reason: Kind<K>) => string } = {
  always: () => "it always says so",
  "end of list": () => "no restriction had an opinion, so the list ends without one",
  "nothing refuses": nothingRefuses,
  refused: refusedSentence,
  "no restrictions": () => "the list is empty",
  "decided by": ({ step }) => `\`${step}\` decided`,
  "not reached": ({ step }) => `\`${step}\` had already decided`,
  discarded: () => "the message is discarded, so nothing more is asked",
  "attribute missing": ({ attribute }) => `there is no ${attribute} at this point, so it says nothing`,
  network: ({ list, client, pattern }) =>
    pattern === undefined ? `${client} is not in ${list}` : `${client} is in ${list}, by \`${pattern}\``,
  "lookup failed": ({ what, because }) => `${what} could not be looked up: ${because}`,
  login: loginSentence,
  destination: destinationSentence,
  entry: ({ key, value }) => `\`${key}\` has the action \`${value}\``,
  "no entry": ({ keys }) => (keys === 1 ? "the key is not in the table" : `none of the ${keys} keys is in the table`),
  "table unavailable": ({ table, because }) =>
    `${table} does not work (${because}), so the answer is a temporary error`,
  action: ({ meaning }) => meaning,
  "misused action": ({ complaint }) => complaint,
  "unknown restriction": ({ name }) =>
    `\`${name}\` is neither a restriction nor a declared class, so the answer is a temporary error`,
  "bad argument": ({ restriction, argument }) =>
    argument === undefined
      ? `${restriction} has no argument`
      : `${restriction} cannot use \`${argument}\` as its argument`,
  "table needs a check": ({ reference }) => `\`${reference}\` needs a check_*_access in front of it in this list`,
  "permit forbidden": ({ restriction, target }) =>
    `the table says OK for ${target}, which ${restriction} forbids; use DUNNO`,
  "suspicious route": ({ recipient }) => `${recipient} names a further route, so an OK does not count`,
  fact: ({ text }) => text,
  flag: ({ flag }) => FLAGS[flag],
};

const FLAGS = {
  warn_if_reject: "the next restriction only warns when it would refuse",
  defer_if_permit: "if nothing refuses, the message is deferred",
  defer_if_reject: "if something refuses, the message is deferred instead",
} as const;

function nothingRefuses({ lists }: Kind<"nothing refuses">): string {
  const permits = lists.map(({ asked, because }) =>
    because.kind === "decided by" ? `${asked} permits it by \`${because.step}\`` : `${asked} permits it`,
  );
  return ["no list refuses it", ...permits].join("; ");
}

/** The shortest true statement of the cause: what refused, and what could have permitted before it. */
function refusedSentence({ list, inside, step, because, isLast, before }: Kind<"refused">): string {
  if (step === list) return `${list}: ${explain(because)}`;
  const causes = [...before, because].filter(isCause).map(cause);
  const reasons = causes.length > 0 ? causes : [explain(because)];
  const path = inside === list ? list : `${list} leads to \`${inside}\`, which`;
  return `${path} ${isLast && before.length > 0 ? "ends in" : "comes to"} \`${step}\`: ${reasons.join(", ")}`;
}

/** Away from its step, a reason has to name the table. */
function cause(reason: Reason): string {
  return reason.kind === "no entry" ? `nothing fits in ${reason.table}` : explain(reason);
}

/** Whether a reason says something about the message, and not only about the list. */
function isCause({ kind }: Reason): boolean {
  return kind !== "always" && kind !== "flag";
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
