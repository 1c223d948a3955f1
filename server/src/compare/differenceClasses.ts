import type { Configuration } from "../config/configuration.ts";
import type { Evaluation } from "../evaluate/evaluate.ts";
import { explore, type Assumption } from "../evaluate/explore.ts";
import { knownWorld } from "../evaluate/knownWorld.ts";
import type { Message } from "../evaluate/message.ts";
import { kindsFor, OUTSIDE, STRANGER, type KindOf } from "./kinds.ts";
import { changeOf, outcomeOf, type Change } from "./outcome.ts";
import { nameOf, type Parting } from "./parting.ts";
import { messageOf } from "./parts.ts";
import { probedParting, type Probed } from "./probe.ts";
import type { Found } from "./search.ts";

/** Messages whose fate an edit changes in one way, for one reason. */
export interface DifferenceClass {
  readonly change: Change;
  readonly who: readonly string[];
  readonly senders: readonly string[];
  readonly recipients: readonly string[];
  readonly witness: DifferenceWitness;
}

/** A message that shows the difference, replayed on both sides. */
export interface DifferenceWitness {
  readonly message: Message;
  /** The answers from outside that it takes, apart from the ordinary ones. */
  readonly if: readonly Assumption[];
  readonly before: Evaluation;
  readonly after: Evaluation;
  readonly parting: Parting | undefined;
}

/** Puts together what is found, the most dangerous first. */
export function differenceClasses(
  both: readonly [Configuration, Configuration],
  found: readonly Found[],
): readonly DifferenceClass[] {
  const members = membersOf(both, found);
  const best = new Map<string, number>();
  for (const { cause, tier } of members) best.set(cause, Math.min(tier, best.get(cause) ?? tier));
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    if (member.tier === best.get(member.cause)) addTo(groups, `${member.change}\n${member.cause}`, member);
  }
  const classes = [...groups.values()].flatMap((group) => classFrom(both, group) ?? []);
  return classes.toSorted((a, b) => a.danger - b.danger || a.cost - b.cost).map(({ made }) => made);
}

function addTo(groups: Map<string, Member[]>, name: string, member: Member): void {
  const group = groups.get(name);
  if (group) group.push(member);
  else groups.set(name, [member]);
}

function membersOf(both: readonly [Configuration, Configuration], found: readonly Found[]): readonly Member[] {
  const kindOf = kindsFor(...both);
  return found.flatMap((one) => {
    const { change, answers } = one.probed;
    if (!change) return [];
    const kinds = kindOf(one.parts);
    const tier = answers.some(({ answer }) => FAILURES.has(answer)) ? 2 : tierOf(change);
    return [{ ...one, change, kinds, danger: dangerOf(change, kinds), cause: causeOf(one.probed), tier }];
  });
}

/** Whether mail goes through counts most, then how it is refused; other words, or what happens only in trouble, least. */
function tierOf(change: Change): number {
  if (change === "treatment" || change.includes("accept")) return 0;
  return change === "reply" ? 2 : 1;
}

/** The answers of something that does not work. */
const FAILURES: ReadonlySet<string> = new Set(["fails", "no answer"]);

interface Member extends Found {
  readonly change: Change;
  readonly kinds: ReturnType<KindOf>;
  readonly danger: number;
  readonly cause: string;
  /** Of members with the same cause only those of the lowest tier are told. */
  readonly tier: number;
}

interface Ranked {
  readonly made: DifferenceClass;
  readonly danger: number;
  readonly cost: number;
}

/** What the edit did, as far as the steps tell: messages with the same cause belong together. */
function causeOf(probed: Probed): string {
  const parting = probedParting(probed);
  if (!parting) return "";
  const { before, after, cause, list } = parting;
  const names = { before: before ? nameOf(before) : "", after: after ? nameOf(after) : "" };
  return cause === "order" ? `${names.before}\n${names.after}` : `${cause} ${nameOf({ asked: list })} ${names[cause]}`;
}

/** Undefined when no member proves true, which would be a mistake of ours. */
function classFrom(both: readonly [Configuration, Configuration], members: readonly Member[]): Ranked | undefined {
  const sorted = members.toSorted((a, b) => a.danger - b.danger || a.cost - b.cost);
  for (const member of sorted.slice(0, MOST_TRIES)) {
    const witness = witnessFrom(both, member);
    if (!witness) continue;
    const made: DifferenceClass = {
      change: member.change,
      who: namesIn(sorted, ({ kinds }) => kinds.who),
      senders: namesIn(sorted, ({ kinds }) => kinds.sender),
      recipients: namesIn(sorted, ({ kinds }) => kinds.recipient),
      witness,
    };
    return { made, danger: member.danger, cost: member.cost };
  }
  return undefined;
}

const MOST_TRIES = 3;

function namesIn(members: readonly Member[], name: (member: Member) => string): readonly string[] {
  return [...new Set(members.map(name))];
}

/** Replays a message on both sides, with every answer from outside pinned to what it was. */
function witnessFrom(
  [before, after]: readonly [Configuration, Configuration],
  { parts, probed, change }: Member,
): DifferenceWitness | undefined {
  const message = messageOf(parts);
  const pins = new Map([...probed.asked, ...probed.answers].map(({ ask, answer }) => [ask, answer]));
  const world = knownWorld({});
  const old = explore(before, message, world, pins).evaluation;
  const fresh = explore(after, message, world, pins).evaluation;
  if (changeOf(outcomeOf(old), outcomeOf(fresh)) !== change) return undefined;
  return { message, if: probed.answers, before: old, after: fresh, parting: probedParting(probed) };
}

/** A relay for strangers is the worst, then what strangers can do, then mail that gets lost. */
function dangerOf(change: Change, { who, recipient }: ReturnType<KindOf>): number {
  if (change.endsWith("→ accept")) return who === STRANGER ? (recipient === OUTSIDE ? 0 : 1) : 2;
  if (change.startsWith("accept →")) return 3;
  if (change === "treatment") return 4;
  return change === "reply" ? 6 : 5;
}
