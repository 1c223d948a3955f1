import type { Configuration } from "../config/configuration.ts";
import type { RestrictionList } from "../config/restrictionList.ts";
import { NOT_FOUND, type LookupResult } from "../config/table.ts";
import { parsePolicyService } from "../evaluate/checks/policyService.ts";
import { checkCall } from "../evaluate/list.ts";
import type { Call, Finding } from "../evaluate/checks/finding.ts";
import { startRun } from "../evaluate/evaluate.ts";
import { SOME_LISTING, type Facts, type TableUse } from "../evaluate/facts.ts";
import type { ListContext, ListFinding } from "../evaluate/list.ts";
import type { Client, Run } from "../evaluate/run.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { NO_ANSWERS, type Answers, type Attribute } from "./box.ts";
import { randomAnswers } from "./randomTable.ts";
import { worldOf } from "./world.ts";

/** One message as the checks see it. */
export interface Tuple {
  readonly client: Client;
  readonly helo: string | undefined;
  readonly sender: string;
  readonly twice: boolean;
  readonly recipient: string;
  readonly encrypted: boolean;
}

/** When in the session a restriction is asked, and what it can see then. */
export interface View {
  readonly where: "CONNECT" | "EHLO" | "MAIL" | "RCPT" | "DATA" | "END-OF-MESSAGE";
  readonly hidden: readonly Attribute[];
  /** warn_if_reject stands before it. */
  readonly warned: boolean;
}

/** Restrictions on the right-hand side of a table. */
export interface Inner {
  readonly list: RestrictionList;
  readonly bareTable: ListContext["bareTable"];
}

/** What a check comes to. */
export interface Outcome {
  readonly status: "OK" | "DUNNO" | "REJECT";
  readonly answers: Answers;
  /** What the entry that was found asks in its turn; `status` is for when none of it has an opinion. */
  readonly inner: Inner | undefined;
  /** What a permit of the inner restrictions counts as. */
  readonly permitCounts: Outcome["status"];
}

export interface Probed {
  /** What the check looked at: nothing else can change its outcomes. */
  readonly reads: ReadonlySet<Attribute>;
  /** The outcomes by the answers from outside. */
  readonly outcomes: readonly Outcome[];
}

/** Something that is asked: a restriction, or what Postfix does besides. */
export type Asked =
  | { readonly kind: "call"; readonly call: Call }
  | { readonly kind: "own"; readonly name: string; readonly check: (run: Run) => Finding };

export type Probe = (asked: Asked, tuple: Tuple, view: View) => Probed;

/** Asks the checks of the evaluator one by one about one message after the other, and notes what they look at. */
export function prober(configuration: Configuration, login: string | undefined): Probe {
  const state = newState();
  const facts = factsOf(configuration, state);
  const run = lookedAt(configuration, facts, state);
  run.login = login;
  const once = (asked: Asked, choice: number): Outcome => {
    state.choice = choice;
    const { status, answers, inner } = said(run, state, asked, "DUNNO");
    const permitCounts = inner ? said(run, state, asked, "OK").status : "OK";
    return { status, answers, inner, permitCounts };
  };
  return (asked, tuple, view) => {
    state.tuple = tuple;
    state.view = view;
    state.reads = new Set();
    state.choices = 1;
    state.dnsList = asked.kind === "call" ? (asked.call.argument?.text ?? "") : "";
    const service = policyService(asked);
    if (service !== undefined) return { reads: state.reads, outcomes: policyOutcomes(service) };
    const outcomes = [once(asked, 0)];
    for (let choice = 1; choice < state.choices; choice++) outcomes.push(once(asked, choice));
    return { reads: state.reads, outcomes };
  };
}

interface State {
  tuple: Tuple | undefined;
  view: View;
  reads: Set<Attribute>;
  inner: Inner | undefined;
  /** What the inner restrictions say. */
  innerSays: "OK" | "DUNNO";
  /** The DNS list that the check names. */
  dnsList: string;
  answers: Record<string, string> | undefined;
  /** Which of its answers is given by what nobody can look into here: 0 is no, where there is yes and no. */
  choice: number;
  /** How many answers there are. */
  choices: number;
}

function newState(): State {
  return {
    tuple: undefined,
    view: { where: "RCPT", hidden: [], warned: false },
    reads: new Set(),
    inner: undefined,
    innerSays: "DUNNO",
    dnsList: "",
    answers: undefined,
    choice: 0,
    choices: 1,
  };
}

/** One of the answers that somebody else may give. */
function choose(state: State, answers: readonly string[]): string {
  state.choices = Math.max(state.choices, answers.length);
  return answers[state.choice] ?? answers.at(-1) ?? "";
}

/** What a table may say that nobody can look into here; undefined: it is taken not to know the domain. */
function answersOf(reference: string, use: TableUse): readonly string[] | undefined {
  const random = randomAnswers(reference);
  if (random) return use === "action" ? random : random.slice(0, 1);
  if (use === "domain") return undefined;
  return ["not found", use === "action" ? "OK" : "found"];
}

/** What is unknown is answered in the way that is asked for, and noted. */
function factsOf(configuration: Configuration, state: State): Facts {
  const world = worldOf(configuration);
  const note = (ask: string, answer: string): void => {
    (state.answers ??= {})[ask] = answer;
  };
  return {
    dns: (name, type, use) => {
      if (use === "existence") return world.answer(name, type);
      if (choose(state, ["none", "listed"]) === "none") return { kind: "none" };
      note(`list ${state.dnsList}`, "listed");
      return { kind: "records", records: [SOME_LISTING] };
    },
    table: (reference, _key, use): LookupResult => {
      const answers = answersOf(reference, use);
      const answer = answers && choose(state, answers);
      // Of two addresses a table may know one; an action is the same for all that one message asks.
      const isNoted = use === "action" || answer === "found";
      if (isNoted && answer !== undefined) note(`table ${reference}`, answer);
      if (answer === undefined || answer === "not found") return NOT_FOUND;
      return { kind: "found", value: answer === "found" ? "x" : answer };
    },
    policy: () => undefined,
    verify: () => {
      note("verify", "deliverable");
      return { status: "deliverable", text: "" };
    },
    milter: () => "accepts",
  };
}

/** A session whose attributes say when they are looked at. */
function lookedAt(configuration: Configuration, facts: Facts, state: State): Run {
  const settings = settingsOf(configuration);
  const captured = (_run: Run, list: RestrictionList, { bareTable }: ListContext): ListFinding => {
    // A right-hand side that is the name of a class is not that class.
    state.inner = { list: { ...list, name: `= ${list.name}` }, bareTable };
    return { status: state.innerSays, steps: [] };
  };
  const run: Run = {
    ...startRun({ configuration, settings, facts, message: { client_address: "192.0.2.1" } }),
    quiet: true,
    askList: captured,
  };
  const look = (attribute: Attribute): unknown => {
    if (attribute === "recipient" && isLater(state.view) && look("twice") === true) return undefined;
    if (state.view.hidden.includes(attribute)) return attribute === "encrypted" ? settings.wrapperMode : undefined;
    state.reads.add(attribute);
    return state.tuple?.[attribute];
  };
  for (const attribute of ["client", "helo", "sender", "recipient", "encrypted"] as const) {
    Object.defineProperty(run, attribute, { get: () => look(attribute), set: () => undefined });
  }
  const recipients = (): number => (isLater(state.view) ? (look("twice") === true ? 2 : 1) : 0);
  Object.defineProperty(run, "recipients", { get: recipients, set: () => undefined });
  return run;
}

/** Whether all recipients are known: of several none is shown. See smtpd_check.c, smtpd_check_data(), smtpd_check_eod(). */
function isLater({ where }: View): boolean {
  return where === "DATA" || where === "END-OF-MESSAGE";
}

/** Candidates come by once for each check; remembering all of them costs more than it saves. */
const MOST_RESOLVED = 200;

function reset(run: Run, state: State): void {
  const { where, warned } = state.view;
  run.where = where;
  if (run.resolved.size > MOST_RESOLVED) run.resolved.clear();
  run.recursion = 1;
  run.classesAsked = 0;
  run.warnIfReject = warned ? 1 : 0;
  run.deferIfPermit = undefined;
  run.deferIfReject = undefined;
  run.discard = false;
  run.hold = false;
  run.hangUp = false;
  run.recipientMapsChecked = false;
  run.senderMapsChecked = false;
  state.inner = undefined;
  state.answers = undefined;
}

function ask(run: Run, asked: Asked): Finding {
  return asked.kind === "own" ? asked.check(run) : checkCall(run, asked.call);
}

/** What a check says when the restrictions that it leads to say something. */
function said(run: Run, state: State, asked: Asked, innerSays: State["innerSays"]): Omit<Outcome, "permitCounts"> {
  reset(run, state);
  state.innerSays = innerSays;
  const finding = ask(run, asked);
  const { inner, answers = NO_ANSWERS } = state;
  const { status } = finding;
  if (!isLost(run, finding) && (status === "OK" || status === "DUNNO")) return { status, answers, inner };
  return { status: "REJECT", answers, inner: undefined };
}

/** What is deferred in the end, thrown away or sent elsewhere does not get through; what is held is only delayed. */
function isLost(run: Run, { outcome }: Finding): boolean {
  return run.deferIfPermit !== undefined || run.discard || run.hangUp || outcome === "REDIRECT";
}

function policyService(asked: Asked): string | undefined {
  if (asked.kind !== "call" || asked.call.name !== "check_policy_service") return undefined;
  const service = parsePolicyService(asked.call.argument?.text ?? "");
  return "endpoint" in service && service.endpoint.includes(":") ? service.endpoint : undefined;
}

function policyOutcomes(service: string): readonly Outcome[] {
  return (["DUNNO", "OK"] as const).map((status) => ({
    status,
    answers: { [`policy ${service}`]: status },
    inner: undefined,
    permitCounts: "OK",
  }));
}
