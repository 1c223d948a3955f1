import type { Configuration } from "../config/configuration.ts";
import type { Assumption } from "../evaluate/explore.ts";
import type { Message } from "../evaluate/message.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { derived } from "../text/derived.ts";
import { gatesOf } from "./askedLists.ts";
import { blameFor, type Blame } from "./blame.ts";
import { ATTRIBUTES, merged, type Attribute, type Path } from "./box.ts";
import { inSequence, newPassages, refuserOf, throughGate, type Passages } from "./passage.ts";
import { STRANGER_RELAYS, type Question } from "./question.ts";
import { isReachable } from "./reachable.ts";
import { replay, type Replayed, type Surroundings } from "./replay.ts";
import { representatives, type Space } from "./representatives.ts";
import { reasonText, whoText, fixText } from "./wording.ts";

/** A message that gets through, proven by the evaluator. */
export interface Witness {
  readonly message: Message;
  readonly surroundings: Surroundings;
  /** The answers from outside under which it gets through; none: whatever they are. */
  readonly if: readonly Assumption[];
  /** All that it asks of the world, with the answers. */
  readonly asked: readonly Assumption[];
  readonly blame: Blame;
  /** Who may: `anyone who says HELO friend`. */
  readonly who: string;
  /** In one sentence, with the dialogue. */
  readonly because: string;
  readonly fix: string | undefined;
}

/** Whether somebody may do what a question asks, for every possible message. */
export interface RelayAnswer {
  readonly verdict: "open" | "closed" | "depends";
  readonly because: string;
  /** One for each way in, those that need no answer from outside first. */
  readonly witnesses: readonly Witness[];
}

/** Whether a stranger may relay through a service. */
export const relayAnalysis = derived((configuration: Configuration): RelayAnswer =>
  answer(configuration, STRANGER_RELAYS),
);

/** Answers a question about a service. */
export function answer(configuration: Configuration, question: Question): RelayAnswer {
  const { fatal } = settingsOf(configuration);
  if (fatal) return closed(`the service does not start: ${fatal.text}`);
  if (!isReachable(configuration)) return closed("the service listens where no other machine can connect");
  const space = representatives(configuration, question);
  const empty = ATTRIBUTES.find((attribute) => space.values[attribute].length === 0);
  if (empty !== undefined) return closed(EMPTY[empty]);
  const passages = newPassages(configuration, space);
  const paths = throughAllGates(passages);
  const witnesses = typeof paths === "string" ? [] : witnessesOf({ configuration, question, space }, paths);
  const [first] = witnesses;
  if (first) return { verdict: first.if.length === 0 ? "open" : "depends", because: first.because, witnesses };
  const lost = typeof paths === "string" ? [] : ["a way through the lists was found of which no message could be made"];
  const doubts = [...lost, ...doubtsOf(passages)];
  if (doubts.length > 0) return { verdict: "depends", because: `not decided: ${doubts.join("; ")}`, witnesses };
  return closed(
    typeof paths === "string" ? refusal(passages, paths, question) : "what gets through the lists is not delivered",
  );
}

/** What keeps a relay that was not found open from being closed. */
function doubtsOf({ configuration, space, cut }: Passages): readonly string[] {
  const doubts = cut ? ["there are more ways through the lists than are followed"] : [];
  if (space.undecided.size === 0) return doubts;
  const worst = newPassages(configuration, space, space.undecided);
  const isRefused = typeof throughAllGates(worst) === "string" && !space.undecided.has("");
  return isRefused && !worst.cut ? doubts : [...doubts, ...[...space.undecided.values()].map(({ because }) => because)];
}

function closed(because: string): RelayAnswer {
  return { verdict: "closed", because, witnesses: [] };
}

const EMPTY: Readonly<Record<Attribute, string>> = {
  client: "no address outside the networks that the configuration names is left",
  helo: "there is no HELO name",
  sender: "no such sender is taken",
  twice: "there is no recipient",
  recipient: "every recipient that is taken at all belongs to this server",
  encrypted: "every client has to show a certificate that the server trusts",
};

/** The messages that come through all gates; or the gate that none comes through. */
export function throughAllGates(passages: Passages): readonly Path[] | string {
  const gates = gatesOf(passages.configuration).map((gate) => {
    const paths = throughGate(passages, gate);
    const isAboutRecipients = gate.name === "smtpd_relay_restrictions" || gate.name === "smtpd_recipient_restrictions";
    return {
      name: gate.name,
      paths: isAboutRecipients ? paths : merged(paths.map((path) => ({ ...path, permit: "" }))),
    };
  });
  const sorted = gates.toSorted((a, b) => a.paths.length - b.paths.length);
  let paths: readonly Path[] = [{ box: passages.all, answers: {}, permit: "" }];
  for (const gate of sorted) {
    paths = inSequence(passages, paths, gate.paths);
    if (paths.length === 0) return gate.name;
  }
  return paths;
}

const USUAL: ReadonlySet<string> = new Set(["DUNNO", "not found", "deliverable", "found"]);

const MOST_WITNESSES = 10;
/** How many ways are tried for them. */
const MOST_TRIES = 300;

/** What the witnesses of one question are made from. */
interface Asked {
  readonly configuration: Configuration;
  readonly question: Question;
  readonly space: Space;
}

function witnessesOf(asked: Asked, paths: readonly Path[]): readonly Witness[] {
  const found = new Map<string, Witness>();
  const most = asked.question.eachWay ? MOST_WITNESSES : 1;
  const conditions = ({ answers }: Path): number => {
    const given = Object.values(answers);
    // What is not usual weighs more than any number of usual answers, where only the plainest way counts.
    return asked.question.eachWay ? given.length : given.filter((one) => !USUAL.has(one)).length * 100 + given.length;
  };
  const sorted = paths.toSorted((a, b) => conditions(a) - conditions(b)).slice(0, MOST_TRIES);
  for (const path of sorted) {
    const witness = witnessOf(asked, path);
    const place = witness && placeName(witness.blame);
    if (witness && place !== undefined && !found.has(place)) found.set(place, witness);
    if (found.size === most) break;
  }
  return [...found.values()].toSorted((a, b) => a.if.length - b.if.length);
}

function placeName({ at, restriction }: Blame): string {
  return at ? `${at.file}:${at.span.start}` : (restriction ?? "");
}

export type Choice = Readonly<Record<Attribute, number>>;

/** Tries the plainest message of a path, then makes it plainer still. */
function witnessOf({ configuration, question, space }: Asked, { box, answers }: Path): Witness | undefined {
  const { login } = question;
  let choice = choiceOf((attribute) => lowestBit(box[attribute]));
  let best = replay(configuration, messageOf(space, choice, login), answers);
  if (!best) return undefined;
  const place = placeName(blameFor(configuration, best));
  for (const attribute of ["encrypted", "client", "twice", "recipient", "sender", "helo"] as const) {
    const plainer = { ...choice, [attribute]: 0 };
    const tried =
      choice[attribute] === 0 ? undefined : replay(configuration, messageOf(space, plainer, login), answers);
    if (!tried || tried.if.length > best.if.length) continue;
    if (question.eachWay && placeName(blameFor(configuration, tried)) !== place) continue;
    choice = plainer;
    best = tried;
  }
  const elsewhere = otherAddress(space, choice.client);
  const isAnywhere =
    elsewhere === undefined ||
    replay(configuration, messageOf(space, { ...choice, client: elsewhere }, login), answers) !== undefined;
  const who = whoText(space, choice, { subject: question.subject, isAnywhere });
  return described(configuration, best, { who, does: question.does });
}

/** A client of the same name with another address of the same family. */
function otherAddress({ values: { client } }: Space, chosen: number): number | undefined {
  const { client_name: name, client_address: address = "" } = client[chosen]?.given ?? {};
  const at = client.findIndex(
    ({ given: { client_name, client_address } }) =>
      client_name === name && client_address !== address && client_address.includes(":") === address.includes(":"),
  );
  return at < 0 ? undefined : at;
}

function described(
  configuration: Configuration,
  replayed: Replayed,
  { who, does }: { readonly who: string; readonly does: string },
): Witness {
  const { message, surroundings } = replayed;
  const blame = blameFor(configuration, replayed);
  const because = reasonText(`${who} ${does}`, message, replayed.if);
  return { message, surroundings, if: replayed.if, asked: replayed.asked, blame, who, because, fix: fixText(blame) };
}

function choiceOf(choose: (attribute: Attribute) => number): Choice {
  return {
    client: choose("client"),
    helo: choose("helo"),
    sender: choose("sender"),
    twice: choose("twice"),
    recipient: choose("recipient"),
    encrypted: choose("encrypted"),
  };
}

function lowestBit(bits: bigint): number {
  return (bits & -bits).toString(2).length - 1;
}

export function messageOf({ values }: Space, choice: Choice, login: string | undefined): Message {
  const client = values.client[choice.client]?.given;
  const sender = values.sender[choice.sender]?.given;
  const recipients = recipientsOf(values, choice);
  return {
    client_address: "",
    ...client,
    helo: values.helo[choice.helo]?.given,
    sasl_username: login ?? null,
    sender,
    recipients,
    encrypted: values.encrypted[choice.encrypted]?.given ?? false,
    ...(NOT_ASCII.test([sender, ...recipients].join("")) && { mail_params: " SMTPUTF8" }),
  };
}

/** What an address takes the SMTPUTF8 option for. */
const NOT_ASCII = /[\u0080-\uffff]/;

function recipientsOf(values: Space["values"], choice: Choice): readonly string[] {
  const recipient = values.recipient[choice.recipient]?.given ?? "";
  return values.twice[choice.twice]?.given === true ? [recipient, recipient] : [recipient];
}

/** Why the plainest message of all is refused, which stands for all of them. */
function refusal(passages: Passages, name: string, { refused }: Question): string {
  const gates = gatesOf(passages.configuration);
  const gate = gates.find((candidate) => candidate.name === name);
  const by = gate && refuserOf(passages, gate);
  const refuser = by === undefined ? "" : `: \`${by}\``;
  return `${name} refuses ${refused}${refuser}`;
}
