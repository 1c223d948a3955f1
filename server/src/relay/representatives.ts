import type { Configuration } from "../config/configuration.ts";
import { resolveAddress } from "../evaluate/address/resolve.ts";
import { NOT_FOUND } from "../config/table.ts";
import { startRun } from "../evaluate/evaluate.ts";
import { extensionsFor } from "../evaluate/extensions.ts";
import type { Run } from "../evaluate/run.ts";
import { settingsOf } from "../evaluate/settings.ts";
import type { Attribute } from "./box.ts";
import {
  addressCandidate,
  addressesOf,
  heloCandidate,
  HOME,
  namesOf,
  recipientCounts,
  strangersClient,
  type CandidateOf,
  type Names,
} from "./candidates.ts";
import { candidatesFor } from "./candidatesFor.ts";
import { addClients, combine } from "./combine.ts";
import { NOBODY } from "./nobody.ts";
import { ownDomains } from "./ownDomains.ts";
import { addFromPatterns, type PatternTable } from "./patternCandidates.ts";
import { addCandidate, askAll, askGates, newPool, newQuestions, oneOfEachKind, type Pool } from "./pool.ts";
import { prober, type Probe } from "./probe.ts";
import type { Question } from "./question.ts";
import { encryptions } from "./encryptions.ts";
import { addListed, addUsers, doubtOtherUsers } from "./addUsers.ts";
import { backups } from "./backups.ts";

/** For each attribute one value of every kind that the configuration can tell apart, the plainest first. */
export interface Space {
  readonly values: { readonly [Which in Attribute]: readonly CandidateOf<Which>[] };
  readonly probe: Probe;
  /** What could be neither found nor excluded, by the table that it is about; "" for what concerns all. */
  readonly undecided: ReadonlyMap<string, Doubt>;
}

/** Something that could be neither found nor excluded. */
export interface Doubt {
  readonly because: string;
  /** Whether it could permit; otherwise it could say nothing where something else refuses. */
  readonly permits: boolean;
}

/** Finds the representatives for a question. */
export function representatives(configuration: Configuration, question: Question): Space {
  const known = namesOf(configuration);
  const names = { ...known, addresses: addressesOf(configuration, question, known) };
  const probe = prober(configuration, question.login);
  const pool = newPool(configuration, probe);
  const run = startRun({
    configuration,
    settings: settingsOf(configuration),
    facts: NOBODY,
    message: { client_address: HOME },
  });
  run.smtputf8 = extensionsFor(run).smtputf8;
  const making: Making = { configuration, question, names, pool, run, undecided: new Map(), patterns: [] };
  addPlain(making);
  addOwn(making);
  askGates(pool);
  settle(making);
  addListed(making);
  combine(making);
  settle(making);
  searchPatterns(making);
  if (making.patterns.length > 0) combine(making);
  addClients(making);
  settle(making);
  doubtOtherUsers(making);
  const recipients = recipientCounts(configuration, question);
  const senders = senderCounts(making);
  const { isOrdinary } = question;
  const host = `mail.${names.domain}`;
  const clients = clientCounts(making);
  return {
    values: {
      twice: pool.values.twice,
      client: oneOfEachKind(pool, "client", clients),
      helo: oneOfEachKind(pool, "helo", ({ given }) => !isOrdinary || given === host),
      sender: oneOfEachKind(pool, "sender", ({ seen }) => senders(seen)),
      recipient: oneOfEachKind(pool, "recipient", ({ seen }) => recipients(seen)),
      encrypted: settingsOf(configuration).requiresCertificate ? [] : pool.values.encrypted,
    },
    probe,
    undecided: making.undecided,
  };
}

/** Finds values for the patterns of all tables, and of those that they lead to. */
function searchPatterns(making: Making): void {
  let searched = 0;
  while (searched < making.patterns.length) {
    const tables = making.patterns.slice(searched);
    searched = making.patterns.length;
    for (const table of tables) addFromPatterns(making, table, making.patterns);
    settle(making);
  }
}

/** What the representatives of one question are made with. */
export interface Making {
  readonly configuration: Configuration;
  readonly question: Question;
  readonly names: Names;
  readonly pool: Pool;
  readonly run: Run;
  readonly undecided: Map<string, Doubt>;
  /** The pattern tables that are asked about something that the client says. */
  readonly patterns: PatternTable[];
}

/** Notes what is doubtful about a table. */
export function doubt({ undecided }: Making, reference: string, { because, permits }: Doubt): void {
  const known = undecided.get(reference);
  undecided.set(reference, { because: known?.because ?? because, permits: permits || known?.permits === true });
}

/** Asks everything until no table leads to new restrictions. */
function settle(making: Making): void {
  for (;;) {
    askAll(making.pool);
    const fresh = newQuestions(making.pool);
    if (fresh.length === 0) return;
    for (const asked of fresh) candidatesFor(making, asked);
  }
}

/** What is there whatever the lists ask. */
function addPlain(making: Making): void {
  const { pool, run, names, configuration } = making;
  const { heloRequired } = settingsOf(configuration);
  const [address = HOME] = names.addresses;
  for (const name of [{ name: `mail.${names.domain}` }, "none", "unverified", "temporary"] as const) {
    addCandidate(pool, "client", strangersClient(configuration, address, name, names));
  }
  const helos = [`mail.${names.domain}`, "localhost", names.domain.split(".")[0] ?? "", `[${address}]`, address];
  for (const helo of helos) addCandidate(pool, "helo", heloCandidate(helo));
  if (!heloRequired) addCandidate(pool, "helo", heloCandidate(null));
  addCandidate(pool, "sender", addressCandidate(run, `someone@${names.domain}`, "sender"));
  addCandidate(pool, "sender", addressCandidate(run, "", "sender"));
  addCandidate(pool, "sender", addressCandidate(run, `someone@[${HOME}]`, "sender"));
  addRecipients(making);
  addYesOrNo(making);
}

/** Whether the recipient is given twice, as far as a list could miss it then, and whether the session is encrypted. */
function addYesOrNo({ pool, configuration, question }: Making): void {
  const { lists } = configuration;
  const isSeenLater = [lists.data, lists["end-of-data"]].some(({ items }) => items.length > 0);
  const mayBeTwo = isSeenLater && settingsOf(configuration).recipientLimit > 1;
  for (const given of mayBeTwo ? [false, true] : [false]) addCandidate(pool, "twice", { given, seen: given });
  for (const given of encryptions(configuration, question.login)) {
    addCandidate(pool, "encrypted", { given, seen: given });
  }
}

/** Recipients elsewhere, in the forms that name a way through this server too. */
function addRecipients({ pool, run, names, configuration }: Making): void {
  const plain = `someone@${names.elsewhere}`;
  const own = ownDomains(configuration);
  const [first] = own;
  const routed = own.flatMap((domain) => [
    `someone%${names.elsewhere}@${domain}`,
    `${names.elsewhere}!someone@${domain}`,
    `"${plain}"@${domain}`,
  ]);
  const recipients = [
    plain,
    ...backups(configuration).map(({ domain }) => `someone@${domain}`),
    `someone@[${HOME}]`,
    `someone%${names.elsewhere}`,
    `${names.elsewhere}!someone`,
    ...(first === undefined ? [] : [`@${first}:${plain}`]),
    ...routed,
  ];
  for (const text of recipients) addCandidate(pool, "recipient", addressCandidate(run, text, "recipient"));
  for (const domain of own) {
    addCandidate(pool, "recipient", addressCandidate(run, `someone@${domain}`, "recipient"));
    addCandidate(pool, "sender", addressCandidate(run, `someone@${domain}`, "sender"));
  }
}

function clientCounts({ question: { who, isOrdinary }, names }: Making): (client: CandidateOf<"client">) => boolean {
  if (isOrdinary) return ({ given }) => given.client_name === `mail.${names.domain}`;
  if (who === undefined) return () => true;
  // Pattern tables add addresses from everywhere.
  return ({ given }) => names.addresses.includes(given.client_address);
}

function senderCounts({ configuration, question, names }: Making): (address: string) => boolean {
  const { sender, isOrdinary } = question;
  if (isOrdinary) return (address) => address === `someone@${names.domain}`;
  if (sender === "any") return () => true;
  const settings = settingsOf(configuration).resolveSettings(() => NOT_FOUND);
  return (address) => address !== "" && resolveAddress("", address, settings).addressClass !== "default";
}

/** Users of this server, when they are asked about; somebody is a postmaster. */
function addOwn(making: Making): void {
  const { pool, run, configuration, question } = making;
  if (question.recipient !== "own") return;
  for (const attribute of ["recipient", "sender"] as const) {
    for (const domain of ownDomains(configuration)) {
      addCandidate(pool, attribute, addressCandidate(run, `postmaster@${domain}`, attribute));
    }
    addUsers(making, attribute);
  }
}
