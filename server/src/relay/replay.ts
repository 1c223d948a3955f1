import type { Configuration } from "../config/configuration.ts";
import { NOT_FOUND, type LookupResult } from "../config/table.ts";
import type { Case, HostFacts, PolicyFact } from "../evaluate/case.ts";
import { parseFilter } from "../evaluate/checks/dnsListFilter.ts";
import { evaluate, type Evaluation } from "../evaluate/evaluate.ts";
import { recordsText } from "../evaluate/dnsRecords.ts";
import { explore, type Assumption } from "../evaluate/explore.ts";
import type { DnsAnswer, Facts, TableUse } from "../evaluate/facts.ts";
import { knownWorld } from "../evaluate/knownWorld.ts";
import type { Message } from "../evaluate/message.ts";
import type { Step } from "../evaluate/trace.ts";
import type { Answers } from "./box.ts";
import { randomAnswers } from "./randomTable.ts";
import { worldOf, type World } from "./world.ts";

/** What a case says besides its configuration and its message. */
export type Surroundings = Pick<Case, "hosts" | "tables" | "policy" | "milters">;

/** A message that the server takes and means to deliver. */
export interface Replayed {
  readonly message: Message;
  readonly surroundings: Surroundings;
  readonly evaluation: Evaluation;
  /** The answers from outside that it takes. */
  readonly if: readonly Assumption[];
  /** All that it asks of the world, with the answers: for a trace, which knows nothing of that world. */
  readonly asked: readonly Assumption[];
}

/** Sends a message through the evaluator. Undefined when it is not taken, or not delivered. */
export function replay(configuration: Configuration, message: Message, answers: Answers): Replayed | undefined {
  const noted: Noted = {
    hosts: new Map(),
    tables: new Map(),
    policy: new Map(),
    milters: new Map(),
    if: new Map(),
    dns: new Map(),
  };
  evaluate(configuration, message, noting(worldOf(configuration), answers, noted));
  const surroundings = surroundingsOf(noted);
  const { evaluation, assumed } = explore(configuration, message, knownWorld({ ...surroundings, message }));
  const { accepted, eod, steps } = evaluation;
  const isTaken = accepted[0] === true && eod !== undefined && "code" in eod && eod.code === 250;
  if (!isTaken || isDiverted(steps)) return undefined;
  const conditions = new Map(noted.if);
  for (const { ask, answer } of assumed) conditions.set(ask, answer);
  const asked = assumptions(new Map([...noted.dns, ...conditions]));
  return { message, surroundings, evaluation, if: assumptions(conditions), asked };
}

function assumptions(answers: ReadonlyMap<string, string>): readonly Assumption[] {
  return [...answers].map(([ask, answer]) => ({ ask, answer }));
}

function isDiverted(steps: readonly Step[]): boolean {
  return steps.some(({ outcome, children }) => DIVERTED.has(outcome) || isDiverted(children));
}

const DIVERTED: ReadonlySet<Step["outcome"]> = new Set<Step["outcome"]>(["DISCARD", "HANGUP", "REDIRECT"]);

/** What was asked in the course of a replay. */
interface Noted {
  readonly hosts: Map<string, HostFacts>;
  readonly tables: Map<string, Map<string, string>>;
  readonly policy: Map<string, string>;
  readonly milters: Map<string, "accepts">;
  readonly if: Map<string, string>;
  /** What was asked about hosts, and the records. */
  readonly dns: Map<string, string>;
}

function noting(world: World, answers: Answers, noted: Noted): Facts {
  return {
    dns: (name, type, use) => {
      if (use !== "existence") return listing(name, answers, noted);
      const host = world.host(name);
      if (host) noted.hosts.set(name.toLowerCase().replace(/\.$/, ""), host);
      const answer = world.answer(name, type);
      noted.dns.set(`dns ${type} ${name}`, answer.kind === "records" ? recordsText(answer.records) : "none");
      return answer;
    },
    table: (reference, key, use): LookupResult => {
      const table = noted.tables.get(reference) ?? new Map<string, string>();
      noted.tables.set(reference, table);
      const { answer, isSure } = tableAnswer(answers, reference, use);
      if (!isSure) noted.if.set(`${reference} ${key}`, answer);
      if (answer === "not found") return NOT_FOUND;
      const value = answer === "found" ? "x" : answer;
      table.set(key, value);
      return { kind: "found", value };
    },
    policy: (service) => {
      const action = answers[`policy ${service}`] ?? "DUNNO";
      noted.policy.set(service, action);
      noted.if.set(`policy ${service}`, action);
      return { action };
    },
    verify: (address) => {
      noted.if.set(`verify ${address}`, "deliverable");
      return { status: "deliverable", text: "" };
    },
    // Filters look at mail; who may relay is not for them to say.
    milter: (endpoint) => {
      noted.milters.set(endpoint, "accepts");
      return "accepts";
    },
  };
}

/** What a table says, and whether that is taken for granted. */
function tableAnswer(
  answers: Answers,
  reference: string,
  use: TableUse,
): { readonly answer: string; readonly isSure: boolean } {
  const given = answers[`table ${reference}`];
  if (use === "action") return { answer: given ?? "not found", isSure: false };
  const random = randomAnswers(reference);
  if (random) return { answer: random[0] ?? "", isSure: true };
  return use !== "domain" && given === "found"
    ? { answer: given, isSure: false }
    : { answer: "not found", isSure: true };
}

/** A DNS list has the name when the answers say so, with an address that its filter takes. */
function listing(name: string, answers: Answers, noted: Noted): DnsAnswer {
  const lists = Object.keys(answers).flatMap((ask) => (ask.startsWith("list ") ? [ask.slice("list ".length)] : []));
  const list = lists.find((candidate) => name.endsWith(`.${candidate.replace(/=.*/s, "")}`));
  if (list === undefined) return { kind: "none" };
  const filter = parseFilter(list.includes("=") ? list.slice(list.indexOf("=") + 1) : "127.0.0.2");
  const numbers = "fields" in filter ? filter.fields.map(([range]) => range?.[0] ?? 0) : [127, 0, 0, 2];
  const address = numbers.join(".");
  noted.hosts.set(name.toLowerCase(), { A: [address] });
  noted.if.set(`dns A ${name}`, "listed");
  return { kind: "records", records: [address] };
}

function surroundingsOf({ hosts, tables, policy, milters }: Noted): Surroundings {
  const services: readonly PolicyFact[] = [...policy].map(([listen, action]) => ({ listen, action }));
  return {
    hosts: Object.fromEntries(hosts),
    ...(tables.size > 0 && {
      tables: Object.fromEntries([...tables].map(([name, entries]) => [name, Object.fromEntries(entries)])),
    }),
    ...(services.length > 0 && { policy: services }),
    ...(milters.size > 0 && { milters: Object.fromEntries(milters) }),
  };
}
