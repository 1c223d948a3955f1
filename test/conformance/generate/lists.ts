import { restriction, RESTRICTIONS, type RestrictionName } from "../../../server/src/postfix/restrictions.ts";
import { STAGES, type Stage } from "../../../server/src/postfix/stages.ts";
import type { Draft } from "./draft.ts";
import type { KeyKind } from "./names.ts";
import { accessMap } from "./tables.ts";

/** The verify daemon takes seconds, and its answer is the queue manager's. */
export const LEFT_OUT: readonly RestrictionName[] = ["reject_unverified_sender", "reject_unverified_recipient"];
const ALL = (Object.keys(RESTRICTIONS) as RestrictionName[]).filter((name) => !LEFT_OUT.includes(name));

/** The attributes that a list of a stage is usually about. */
const ATTRIBUTES: Readonly<Record<Stage, readonly string[]>> = {
  client: ["client", "reverse-client", "session"],
  helo: ["helo", "client"],
  sender: ["sender", "sasl", "client"],
  relay: ["recipient", "client", "sasl"],
  recipient: ["recipient", "sender", "client", "helo", "reverse-client", "sasl", "all"],
  data: ["none", "sender", "session", "all"],
  "end-of-data": ["none", "recipient", "all"],
  etrn: ["etrn", "client", "helo"],
};
const GENERIC: readonly (readonly [number, RestrictionName])[] = [
  [3, "permit"],
  [2, "reject"],
  [2, "defer"],
  [4, "defer_if_permit"],
  [4, "defer_if_reject"],
  [1, "sleep"],
];
const REQUIRED = ["reject_unauth_destination", "defer_unauth_destination", "reject", "defer", "defer_if_permit"];
const UNKNOWN = ["no_such_restriction", "OK", "DUNNO", "REJECT", "#", "Class1", "permit_mynetwork"];

/** Writes the eight lists, most of them empty, and the classes that they and the tables use. */
export function writeLists(draft: Draft): void {
  const { dice, parameters } = draft;
  const count = dice.weigh([[3, 0], [3, 1], [2, 2], [1, 3]]); // prettier-ignore
  draft.classes.push(...dice.some(CLASS_NAMES, count));
  for (const { stage, parameter } of STAGES) {
    if (!dice.chance(stage === "etrn" && draft.message.etrn !== undefined ? 70 : SHARE[stage])) continue;
    parameters.set(parameter, dice.chance(1) ? dice.pick(["", ",", "permit"]) : list(draft, stage));
  }
  require(draft);
  writeClasses(draft);
}

/** Some are names of actions and restrictions too. */
const CLASS_NAMES = ["class1", "class2", "Greylist", "HOLD", "permit_mynetworks", "REJECT"];

/** How often a list is written, in per cent. */
const SHARE: Readonly<Record<Stage, number>> = {
  client: 38,
  helo: 30,
  sender: 38,
  relay: 40,
  recipient: 65,
  data: 26,
  "end-of-data": 26,
  etrn: 22,
};

function list(draft: Draft, stage: Stage): string {
  const { dice } = draft;
  const length = dice.weigh([[4, 1], [4, 2], [3, 3], [1, 4], [1, 5]]); // prettier-ignore
  const items = Array.from({ length }, () => item(draft, stage));
  return items.join(dice.chance(85) ? ", " : dice.pick([" ", ",", ",\n    ", "\t"]));
}

function item(draft: Draft, stage: Stage): string {
  const { dice, classes } = draft;
  const softened = dice.chance(9) ? `warn_if_reject${dice.pick([" ", ", "])}` : "";
  if (classes.length > 0 && dice.chance(14)) return softened + dice.pick(classes);
  if (dice.chance(2)) return softened + dice.pick(UNKNOWN);
  if (dice.chance(4)) return softened + accessMap(draft, bareKind(stage));
  return softened + written(draft, dice.chance(16) ? dice.weigh(GENERIC) : specific(draft, stage));
}

function bareKind(stage: Stage): KeyKind {
  if (stage === "client" || stage === "helo" || stage === "sender" || stage === "etrn") return stage;
  return "recipient";
}

function specific({ dice }: Draft, stage: Stage): RestrictionName {
  const attribute = dice.chance(70) ? dice.pick(ATTRIBUTES[stage]) : undefined;
  const names = ALL.filter((name) => attribute === undefined || restriction(name).attribute === attribute);
  const maps = names.filter((name) => /^check_(?!.*_(?:a|mx|ns)_).*access$/.test(name));
  return maps.length > 0 && dice.chance(45) ? dice.pick(maps) : dice.pick(names);
}

/** The restriction with its argument, which is missing or wrong now and then. */
function written(draft: Draft, name: RestrictionName): string {
  const { dice } = draft;
  const spelled = dice.chance(3) ? name.toUpperCase() : name;
  if (restriction(name).argument === "none" || dice.chance(1)) return spelled;
  return `${spelled} ${argument(draft, name)}`;
}

function argument(draft: Draft, name: RestrictionName): string {
  const { dice } = draft;
  switch (restriction(name).argument) {
    case "access-map":
      return dice.chance(1) ? "not_a_table" : accessMap(draft, kindOf(name));
    case "client-dns-list":
      return `bl.test${filter(draft)}`;
    case "domain-dns-list":
      return `dbl.test${filter(draft)}`;
    case "policy-service":
      return policyService(draft);
    case "seconds":
      return dice.chance(90) ? "0" : "soon";
    case "restriction":
      return "reject";
    case "none":
      return "";
  }
}

function filter({ dice }: Draft): string {
  return dice.weigh([
    [8, ""],
    [2, "=127.0.0.2"],
    [1, "=127.0.0.[2;4]"],
    [1, "=127.0.[0..1].[3..11]"],
    [1, "=127.0.0.3"],
    [1, "=127.0.0.[1..255]"],
    [1, dice.pick(["=127.0.0.[4..2]", "=127.0.0", "=", "=127.0.0.[2", "=127.0.0.256", "=127.0.0.2;"])],
  ]);
}

function kindOf(name: RestrictionName): KeyKind {
  if (/_(?:a|mx|ns)_access$/.test(name)) return "server";
  if (name === "check_reverse_client_hostname_access") return "reverse-client";
  const [, kind = "client"] = /^check_(client|helo|sender|recipient|etrn|sasl)_access$/.exec(name) ?? [];
  return kind as KeyKind;
}

const POLICY_ACTIONS = ["DUNNO", "OK", "REJECT no", "DEFER_IF_PERMIT greylisted", "", "450 4.2.0 wait", "HOLD", "PREPEND X-P: y", "class1", "permit_mynetworks, reject", "static:OK", "421 4.3.0 bye", "REJECT 5.7.9", "DISCARD", "FILTER smtp:x", "DEFER_IF_REJECT later", "521 5.7.1 gone"]; // prettier-ignore

function policyService(draft: Draft): string {
  const { dice, policy } = draft;
  const listen = dice.pick(["inet:127.0.0.1:10031", "unix:private/policy", "inet:localhost:10032"]);
  // A server that is not there is tried again for seconds.
  if (dice.chance(5)) draft.parameters.set("smtpd_policy_service_try_limit", "1");
  else if (!policy.some((server) => server.listen === listen)) {
    const action = dice.weigh<(typeof policy)[number]["action"]>([
      [6, dice.pick(POLICY_ACTIONS)],
      [2, [dice.pick(POLICY_ACTIONS), dice.pick(POLICY_ACTIONS)]],
      [1, { RCPT: dice.pick(POLICY_ACTIONS), "*": "DUNNO" }],
    ]);
    policy.push({ listen, action });
  }
  if (!policy.some((server) => server.listen === listen)) draft.parameters.set("smtpd_policy_service_try_limit", "1");
  return dice.chance(15)
    ? `{ ${listen}, default_action=${dice.pick(["DUNNO", "{REJECT down}", "{450 4.7.0}", "class1"])} }`
    : listen;
}

/** Without one of these the server does not start; a few per cent shall not. */
function require(draft: Draft): void {
  const { dice, parameters } = draft;
  const name = dice.pick(["smtpd_relay_restrictions", "smtpd_recipient_restrictions"]);
  const old = (parameters.get("compatibility_level") ?? "0") < "1";
  const satisfied = !old && !parameters.has("smtpd_relay_restrictions");
  if (satisfied || dice.chance(3)) return;
  const before = parameters.get(name);
  const needed = dice.chance(80) ? "reject_unauth_destination" : dice.pick(REQUIRED);
  parameters.set(name, before === undefined ? needed : `${before}, ${needed}`);
}

/** Defines the classes; each may use those behind it, and now and then itself. */
function writeClasses(draft: Draft): void {
  const { dice, classes, parameters } = draft;
  if (classes.length === 0) return;
  parameters.set("smtpd_restriction_classes", classes.join(dice.pick([", ", " "])));
  const all = [...classes];
  while (classes.length > 0) {
    const name = classes.shift() ?? "";
    if (dice.chance(1)) continue;
    const stage = dice.pick(["client", "sender", "recipient", "helo"] as const);
    const text = list(draft, stage);
    parameters.set(name, dice.chance(1) ? `${text}, ${dice.pick(all)}` : text);
  }
}
