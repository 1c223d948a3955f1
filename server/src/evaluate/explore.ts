import type { Configuration } from "../config/configuration.ts";
import { NOT_FOUND, type LookupResult } from "../config/table.ts";
import { clientNames, pointerName } from "./client.ts";
import { evaluate, type Evaluation } from "./evaluate.ts";
import { recordsFrom } from "./dnsRecords.ts";
import {
  SOME_LISTING,
  type DnsAnswer,
  type DnsUse,
  type Facts,
  type FilterKind,
  type MilterAnswer,
  type PolicyAnswer,
  type RecordType,
  type TableUse,
  type VerifyAnswer,
} from "./facts.ts";
import type { KnownWorld } from "./knownWorld.ts";
import type { Message } from "./message.ts";

/** One answer that a question can have, in words and as the evaluator takes it. */
interface Option<Answer> {
  readonly label: string;
  readonly answer: Answer;
}

/** A question that the world left open, and the answer that was taken. */
export interface Assumption {
  /** `dns A example.com`, `mysql:/etc/postfix/x.cf a@b`, `policy inet:127.0.0.1:10031`. */
  readonly ask: string;
  readonly answer: string;
}

/** Answers that a person fixed, by question. */
export type Pins = ReadonlyMap<string, string>;

/** One way in which the open questions may be answered, and what follows. */
export interface Alternative {
  readonly if: readonly Assumption[];
  /** Of these, the answers that are not the ordinary ones: the others go without saying. */
  readonly unusual: readonly Assumption[];
  readonly evaluation: Evaluation;
}

export interface Exploration {
  /** The evaluation with the most ordinary answers. */
  readonly evaluation: Evaluation;
  readonly assumed: readonly Assumption[];
  readonly alternatives: readonly Alternative[];
  /** Whether there are more ways than were followed. */
  readonly cut: boolean;
}

/** How many ways of answering the open questions are followed. */
const LIMIT = 64;

/**
 * Evaluates a message with the most ordinary answers to whatever the world leaves open, and then with each other answer
 * in turn. Every path through the open questions is followed once, up to a limit, those with the fewest unusual answers
 * first.
 */
export function explore(
  configuration: Configuration,
  given: Message,
  known: KnownWorld,
  pins: Pins = new Map(),
): Exploration {
  const message = withKnownNames(given, known);
  const first = follow(configuration, message, known, pins);
  const alternatives: Alternative[] = [];
  const open: Branch[] = [{ pins, asked: first.asked, unusual: [] }];
  let cut = false;
  for (let branch = open.shift(); branch && !cut; branch = open.shift()) {
    let taken = branch.pins;
    for (const { ask, answer, others } of branch.asked) {
      for (const other of others) {
        if (alternatives.length >= LIMIT) {
          cut = true;
          break;
        }
        const next = new Map(taken).set(ask, other);
        const way = follow(configuration, message, known, next);
        const answers = [...next]
          .filter(([name]) => !pins.has(name))
          .map(([name, label]) => ({ ask: name, answer: label }));
        const unusual = [...branch.unusual, { ask, answer: other }];
        alternatives.push({ if: [...answers, ...assumptions(way.asked)], unusual, evaluation: way.evaluation });
        open.push({ pins: next, asked: way.asked, unusual });
      }
      taken = new Map(taken).set(ask, answer);
    }
  }
  return { evaluation: first.evaluation, assumed: assumptions(first.asked), alternatives, cut };
}

/** A way that was followed, with the questions that it left open. */
interface Branch {
  readonly pins: Pins;
  readonly asked: readonly Asked[];
  readonly unusual: readonly Assumption[];
}

/** Whoever tells the hosts tells the names of the client, too. */
function withKnownNames(message: Message, known: KnownWorld): Message {
  if (message.client_name !== undefined || !known.dns(pointerName(message.client_address), "PTR")) return message;
  const dns: Facts["dns"] = (name, type) => known.dns(name, type) ?? { kind: "none" };
  return { ...message, ...clientNames(message, { dns }) };
}

/** A question that was answered by assumption, with the answers that were not taken. */
export interface Asked extends Assumption {
  readonly others: readonly string[];
}

function assumptions(asked: readonly Asked[]): readonly Assumption[] {
  return asked.map(({ ask, answer }) => ({ ask, answer }));
}

/** One way: questions that are not pinned get the most ordinary answer. */
export function follow(
  configuration: Configuration,
  message: Message,
  known: KnownWorld,
  pins: Pick<Pins, "get">,
): { readonly evaluation: Evaluation; readonly asked: readonly Asked[] } {
  const asked = new Map<string, Asked>();
  const requests = new Map<string, number>();
  const choose = <Answer>(ask: string, options: readonly [Option<Answer>, ...Option<Answer>[]]): Answer => {
    const pinned = options.find(({ label }) => label === pins.get(ask));
    if (pinned) return pinned.answer;
    const [ordinary, ...others] = options;
    asked.set(ask, { ask, answer: ordinary.label, others: others.map(({ label }) => label) });
    return ordinary.answer;
  };
  const facts: Facts = {
    dns: (name, type, use) =>
      known.dns(name, type) ??
      invented(name, type, message) ??
      recordsFrom(type, pins.get(`dns ${type} ${name}`) ?? "") ??
      choose(`dns ${type} ${name}`, dnsOptions(type, use)),
    table: (reference, key, use) => known.table(reference, key) ?? choose(`${reference} ${key}`, TABLE_OPTIONS[use]),
    policy: (service, attributes) => {
      const nth = requests.get(service) ?? 0;
      requests.set(service, nth + 1);
      const answer = known.policy(service, attributes["protocol_state"] ?? "", nth);
      return answer === "unknown" ? choose(`policy ${service}`, POLICY_OPTIONS) : answer;
    },
    verify: (address) => choose(`verify ${address}`, VERIFY_OPTIONS),
    milter: (endpoint, kind) => known.milter(endpoint) ?? choose(`${kind} ${endpoint}`, FILTER_OPTIONS[kind]),
  };
  const evaluation = evaluate(configuration, message, facts);
  return { evaluation, asked: [...asked.values()] };
}

type Options<Answer> = readonly [Option<Answer>, ...Option<Answer>[]];

/** An address for use in examples (RFC 5737): what a name has whose records nobody told us. */
const SOME_ADDRESS: Readonly<Record<RecordType, string>> = {
  A: "192.0.2.1",
  AAAA: "2001:db8::1",
  MX: "10 mail.invalid",
  NS: "ns.invalid",
  TXT: "",
  PTR: "host.invalid",
};

/** The hosts that we made up ourselves have an address and nothing else: asking for more would be idle. */
function invented(name: string, type: RecordType, { client_address: client }: Message): DnsAnswer | undefined {
  if (name === SOME_ADDRESS.PTR) {
    const isFamily = type === (client.includes(":") ? "AAAA" : "A");
    return isFamily ? { kind: "records", records: [client] } : { kind: "none", exists: true };
  }
  if (name !== "mail.invalid" && name !== "ns.invalid") return undefined;
  return type === "A" ? { kind: "records", records: [SOME_ADDRESS.A] } : { kind: "none", exists: true };
}

function dnsOptions(type: RecordType, use: DnsUse): Options<DnsAnswer> {
  const none: Option<DnsAnswer> = { label: use === "list" ? "not listed" : "none", answer: { kind: "none" } };
  const failed: Option<DnsAnswer> = { label: "fails", answer: { kind: "failed" } };
  if (use === "list") {
    return [none, { label: "listed", answer: { kind: "records", records: [SOME_LISTING] } }, failed];
  }
  // The text of a DNS list stands in the reply and decides nothing: one answer is enough.
  if (use === "text") return [none];
  return [{ label: "found", answer: { kind: "records", records: [SOME_ADDRESS[type]] } }, none, failed];
}

const MISSING: Option<LookupResult> = { label: "not found", answer: NOT_FOUND };
const FAILS: Option<LookupResult> = { label: "fails", answer: { kind: "error", because: "the table fails" } };

const LISTED: Options<LookupResult> = [MISSING, { label: "found", answer: { kind: "found", value: "x" } }, FAILS];

const TABLE_OPTIONS: Readonly<Record<TableUse, Options<LookupResult>>> = {
  action: [
    MISSING,
    { label: "OK", answer: { kind: "found", value: "OK" } },
    { label: "REJECT", answer: { kind: "found", value: "REJECT" } },
    FAILS,
  ],
  recipient: [{ label: "found", answer: { kind: "found", value: "x" } }, MISSING, FAILS],
  domain: LISTED,
  client: LISTED,
};

const POLICY_OPTIONS: Options<PolicyAnswer> = [
  { label: "DUNNO", answer: { action: "DUNNO" } },
  { label: "OK", answer: { action: "OK" } },
  { label: "REJECT", answer: { action: "REJECT" } },
  { label: "no answer", answer: undefined },
];

const VERIFY_OPTIONS: Options<VerifyAnswer> = [
  { label: "deliverable", answer: { status: "deliverable", text: "" } },
  { label: "undeliverable", answer: { status: "undeliverable", text: "undeliverable" } },
  { label: "unknown", answer: { status: "unknown", text: "Address verification in progress" } },
  { label: "fails", answer: { status: "failed", text: "" } },
];

const ACCEPTS: Option<MilterAnswer> = { label: "accepts", answer: "accepts" };
const REFUSES: Option<MilterAnswer> = { label: "refuses", answer: "refuses" };
const NOT_RUNNING: Option<MilterAnswer> = { label: "not running", answer: "not running" };

const FILTER_OPTIONS: Readonly<Record<FilterKind, Options<MilterAnswer>>> = {
  milter: [ACCEPTS, REFUSES, NOT_RUNNING],
  "proxy filter": [ACCEPTS, REFUSES, NOT_RUNNING],
  "upstream proxy": [ACCEPTS, NOT_RUNNING],
};
