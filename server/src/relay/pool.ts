import type { Configuration } from "../config/configuration.ts";
import type { RestrictionList } from "../config/restrictionList.ts";
import { askedName, gatesOf, itemOf, type Gate } from "./askedLists.ts";
import { ATTRIBUTES, type Attribute } from "./box.ts";
import type { Candidate, CandidateOf } from "./candidates.ts";
import type { Asked, Inner, Outcome, Probe, Tuple } from "./probe.ts";

/** Candidates for each attribute, and what every check says to them. */
export interface Pool {
  readonly configuration: Configuration;
  readonly probe: Probe;
  readonly values: { readonly [Which in Attribute]: CandidateOf<Which>[] };
  readonly noted: Readonly<Record<Attribute, Noted>>;
  /** Everything that is asked, by name and stage. */
  readonly questions: Map<string, AskedHere>;
  /** The lists whose items are among the questions. */
  readonly lists: Set<string>;
  readonly outcomes: Map<string, number>;
}

/** What is noted of the candidates for an attribute. */
interface Noted {
  readonly names: Set<string>;
  /** What each question says to a candidate, as numbers. */
  readonly said: number[][];
}

interface AskedHere {
  readonly asked: Asked;
  readonly view: Gate["view"];
  /** How many candidates of each attribute that it looks at have been asked about. */
  readonly done: Partial<Record<Attribute, number>>;
  isNew: boolean;
}

export function newPool(configuration: Configuration, probe: Probe): Pool {
  const nothing = (): Noted => ({ names: new Set(), said: [] });
  return {
    configuration,
    probe,
    values: { client: [], helo: [], sender: [], twice: [], recipient: [], encrypted: [] },
    noted: {
      client: nothing(),
      helo: nothing(),
      sender: nothing(),
      twice: nothing(),
      recipient: nothing(),
      encrypted: nothing(),
    },
    questions: new Map(),
    lists: new Set(),
    outcomes: new Map(),
  };
}

/** Adds a candidate unless it is there already. */
export function addCandidate<Which extends Attribute>(
  { values, noted }: Pool,
  attribute: Which,
  candidate: CandidateOf<Which> | undefined,
): void {
  if (!candidate) return;
  const candidates: CandidateOf<Which>[] = values[attribute];
  const { names, said } = noted[attribute];
  const name = typeof candidate.given === "string" ? candidate.given : JSON.stringify(candidate.given);
  if (names.has(name)) return;
  names.add(name);
  candidates.push(candidate);
  said.push([]);
}

/** Takes the questions of all lists and classes that the gates lead to. */
export function askGates(pool: Pool): void {
  for (const { view, inner, own } of gatesOf(pool.configuration)) {
    if (inner) askInner(pool, inner, view);
    if (own) addQuestion(pool, own, view);
  }
}

function askInner(pool: Pool, { list, bareTable }: Inner, view: Gate["view"]): void {
  const name = listName(list, bareTable, view);
  if (pool.lists.has(name)) return;
  pool.lists.add(name);
  for (const element of list.items) {
    const item = itemOf(pool.configuration, element, bareTable);
    if (item.kind === "asked") addQuestion(pool, item.asked, view);
    if (item.kind === "class" && item.list) askInner(pool, { list: item.list, bareTable }, view);
  }
}

/** A name for a list at one stage. */
export function listName(list: RestrictionList, bareTable: string | undefined, view: Gate["view"]): string {
  return `${list.name}\n${bareTable ?? ""}\n${viewName(view)}`;
}

export function viewName({ where, hidden }: Gate["view"]): string {
  return `${where} ${hidden.join(",")}`;
}

function addQuestion(pool: Pool, asked: Asked, view: Gate["view"]): void {
  const name = `${askedName(asked)}\n${viewName(view)}`;
  if (!pool.questions.has(name)) pool.questions.set(name, { asked, view, done: {}, isNew: true });
}

/** The questions that nobody has looked at yet. */
export function newQuestions(pool: Pool): readonly Asked[] {
  const fresh = [...pool.questions.values()].filter(({ isNew }) => isNew);
  for (const question of fresh) question.isNew = false;
  return fresh.map(({ asked }) => asked);
}

/** Asks every question about every candidate that it has not been asked about. */
export function askAll(pool: Pool): void {
  let at = 0;
  for (const question of pool.questions.values()) {
    askAbout(pool, question, at);
    at += 1;
  }
}

function askAbout(pool: Pool, { asked, view, done }: AskedHere, at: number): void {
  const sample = firstTuple(pool.values);
  const seen = { ...view, warned: false };
  const { reads } = pool.probe(asked, sample, seen);
  for (const attribute of ATTRIBUTES) {
    if (!reads.has(attribute)) continue;
    const candidates: readonly Candidate<unknown, unknown>[] = pool.values[attribute];
    const { said } = pool.noted[attribute];
    for (let index = done[attribute] ?? 0; index < candidates.length; index++) {
      const { outcomes } = pool.probe(asked, { ...sample, [attribute]: candidates[index]?.seen }, seen);
      for (const { inner } of outcomes) if (inner) askInner(pool, inner, view);
      const numbers = said[index];
      if (numbers) numbers[at] = numberOf(pool, outcomes);
    }
    done[attribute] = candidates.length;
  }
}

function numberOf({ outcomes: known }: Pool, outcomes: readonly Outcome[]): number {
  const name = outcomesName(outcomes);
  let number = known.get(name);
  if (number === undefined) known.set(name, (number = known.size + 1));
  return number;
}

/** A name for what a check comes to: what has the same name is the same. */
export function outcomesName(outcomes: readonly Outcome[]): string {
  const [only] = outcomes;
  if (outcomes.length === 1 && only) return outcomeName(only);
  return outcomes.map(outcomeName).join(" | ");
}

function outcomeName({ status, inner, permitCounts, answers }: Outcome): string {
  const asked = inner ? `${inner.list.name} ${inner.bareTable ?? ""} ${permitCounts}` : "";
  let name = `${status} ${asked}`;
  for (const ask in answers) name += ` ${ask}=${answers[ask] ?? ""}`;
  return name;
}

/** The plainest message: the first value of each attribute. */
export function firstTuple(values: { readonly [Which in Attribute]: readonly CandidateOf<Which>[] }): Tuple {
  return {
    client: first(values.client),
    helo: first(values.helo),
    sender: first(values.sender),
    twice: first(values.twice),
    recipient: first(values.recipient),
    encrypted: first(values.encrypted),
  };
}

function first<Seen>([candidate]: readonly Candidate<unknown, Seen>[]): Seen {
  if (!candidate) throw new Error("an attribute has no value");
  return candidate.seen;
}

/** One candidate of each kind that all checks treat alike: the first that `counts`. */
export function oneOfEachKind<Which extends Attribute>(
  { values, noted }: Pool,
  attribute: Which,
  counts: (candidate: CandidateOf<Which>) => boolean = () => true,
): readonly CandidateOf<Which>[] {
  const candidates: readonly CandidateOf<Which>[] = values[attribute];
  const { said } = noted[attribute];
  const kinds = new Set<string>();
  return candidates.filter((candidate, index) => {
    // Without HELO the list about it is not asked at all.
    const kind = `${String(candidate.seen === undefined)} ${(said[index] ?? []).join(" ")}`;
    if (kinds.has(kind) || !counts(candidate)) return false;
    kinds.add(kind);
    return true;
  });
}
