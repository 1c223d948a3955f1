import type { Configuration } from "../config/configuration.ts";
import type { Parameters } from "../config/parameters.ts";
import { compareReleases } from "../postfix/release.ts";
import { splitNames, splitWords } from "../syntax/words.ts";
import type { Location } from "../text/location.ts";
import { derived } from "../text/derived.ts";
import { hasName } from "./hasName.ts";
import { log, warn } from "./refuse.ts";
import type { Run } from "./run.ts";
import { badEndpoint, readOption, serviceInBraces } from "./serviceOptions.ts";
import type { Outcome, Step } from "./trace.ts";

/** A mail filter that smtpd asks at each command, and what follows when it cannot. */
interface Milter {
  /** `inet:127.0.0.1:8891` */
  readonly endpoint: string;
  readonly defaultAction: string;
}

/** What the mail filters of a session say to every command: `text` is a reply, or for HOLD what is logged. */
export interface MilterVerdict {
  readonly endpoint: string;
  readonly kind: "refuses" | "holds" | "refuses the data";
  readonly text: string;
  readonly because: string;
  readonly at: Location | undefined;
}

/** Why smtpd ends at the connection, in Postfix's words. */
export interface MilterFatal {
  readonly fatal: string;
}

/** What the mail filters of a session say, and a step for each one that lets the message go on. */
interface Connected {
  readonly verdict: MilterVerdict | undefined;
  readonly steps: readonly Step[];
}

/**
 * Connects to the mail filters of a session; the first one with an opinion counts. What it refuses becomes a step where
 * the client is told. See smtpd.c, setup_milters(); milter.c, milter_conn_event().
 */
export function connectMilters(run: Run): Connected | MilterFatal {
  const milters = miltersFor(run);
  if ("fatal" in milters) return milters;
  const steps: Step[] = [];
  for (const milter of milters) {
    const opinion = opinionOf(run, milter);
    if ("kind" in opinion)
      return { verdict: opinion, steps: opinion.kind === "holds" ? [...steps, milterStep(opinion)] : steps };
    steps.push(milterStep(opinion));
  }
  return { verdict: undefined, steps };
}

const END = {
  kind: "refuses the data",
  text: "550 5.7.1 Command rejected",
  because: "it refuses the message",
} as const;

function opinionOf(run: Run, milter: Milter): MilterVerdict | NoOpinion {
  const { endpoint } = milter;
  const at = run.configuration.parameters.written("smtpd_milters")?.nameAt;
  const complaint = complaintAbout(endpoint);
  if (complaint !== undefined) warn(run, complaint);
  const answer = complaint === undefined ? run.facts.milter(endpoint, "milter") : "not running";
  if (answer === "accepts") return { endpoint, because: "it accepts the message", at };
  if (answer === "refuses") return { endpoint, ...END, at };
  const instead = unavailable(run, milter, complaint !== undefined);
  const why = complaint === undefined ? "it does not run" : "its name is no `transport:endpoint`";
  return { endpoint, ...instead, because: `${why}, and milter_default_action is ${milter.defaultAction}`, at };
}

/** A filter that lets everything go on. */
type NoOpinion = Pick<MilterVerdict, "endpoint" | "because" | "at">;

/** What a filter that cannot be asked comes to. See milter8.c, milter8_comm_error(), milter8_conf_error(). */
function unavailable(
  run: Run,
  { endpoint, defaultAction }: Milter,
  isWrong: boolean,
): Pick<MilterVerdict, "kind" | "text"> | undefined {
  const { release } = run.configuration.parameters;
  const action = defaultAction.toLowerCase();
  if (action === "accept") return undefined;
  if (action === "quarantine") {
    return {
      kind: "holds",
      text: compareReleases(release, "3.10") < 0 ? "milter triggers HOLD action" : "default_action",
    };
  }
  const broken = { kind: "refuses", text: "451 4.3.5 Server configuration problem - try again later" } as const;
  if (action === "shutdown" && compareReleases(release, "3.11") >= 0) {
    return { kind: "refuses", text: isWrong ? `421${broken.text.slice(3)}` : `421${UNAVAILABLE}` };
  }
  if (isWrong) return broken;
  if (action === "reject") return { kind: "refuses", text: "550 5.5.0 Service unavailable" };
  if (action === "tempfail") return { kind: "refuses", text: `451${UNAVAILABLE}` };
  warn(run, `milter ${endpoint}: unrecognized default action: ${defaultAction}`);
  return broken;
}

const UNAVAILABLE = " 4.7.1 Service unavailable - try again later";

/** See milter8.c, milter8_connect(). */
function complaintAbout(endpoint: string): string | undefined {
  const bad = badEndpoint(endpoint);
  if (!bad) return undefined;
  return bad.kind === "form"
    ? `Milter service needs transport:endpoint instead of "${endpoint}"`
    : `invalid transport name: ${bad.transport} in Milter service: ${endpoint}`;
}

/** What a command is about, and the session does not know yet. */
type Pushed = Partial<Pick<Run, "helo" | "sender" | "recipient">>;

const NOTHING: Pushed = {};

/**
 * Tells the filters about a command, and logs what they say. The reply that refuses it, if any.
 * See smtpd.c, check_milter_reply().
 */
export function askMilters(run: Run, pushed: Pushed = NOTHING): string | undefined {
  const { milter, discard, hangUp, helo, sender, recipient } = run;
  if (!milter || discard || hangUp) return undefined;
  Object.assign(run, pushed);
  const refusal = opinion(run, milter);
  Object.assign(run, { helo, sender, recipient });
  return refusal;
}

function opinion(run: Run, { kind, text }: MilterVerdict): string | undefined {
  // Unlike what the lists decide, this names the login in all releases. See smtpd.c, smtpd_whatsup().
  const login = run.login === undefined ? "" : ` sasl_username=<${run.login}>`;
  if (kind === "refuses") {
    log(run, "milter-reject", text, login);
    return text;
  }
  if (kind === "holds") {
    const again = compareReleases(run.configuration.parameters.release, "3.10") < 0;
    if (again || !run.hold) log(run, "milter-hold", text, login);
    run.hold = true;
  }
  return undefined;
}

/** What other commands than those of a message are told: it is not logged. See milter.c, milter_other_event(). */
export function milterRefusal({ milter }: Run): string | undefined {
  return milter?.kind === "refuses" ? milter.text : undefined;
}

/** The step of a filter. */
export function milterStep(said: MilterVerdict | NoOpinion): Step {
  const { endpoint, because, at } = said;
  const asked = milterName(endpoint);
  return { asked, outcome: outcomeOf(said), because: { kind: "fact", text: because }, at, children: [] };
}

/** What the step of a filter is called. */
export function milterName(endpoint: string): string {
  return `milter ${endpoint}`;
}

function outcomeOf(said: MilterVerdict | NoOpinion): Outcome {
  if (!("kind" in said)) return "DUNNO";
  if (said.kind === "holds") return "HOLD";
  return said.text.startsWith("5") ? "REJECT" : "DEFER";
}

/** The filters that a parameter such as smtpd_milters names; none when it cannot be read. */
export function miltersIn({ parameters }: Configuration, parameter: string): readonly string[] {
  const milters = milterList(parameters, parameters.value(parameter));
  return "fatal" in milters ? [] : milters.map(({ endpoint }) => endpoint);
}

/** smtpd_milter_maps by the address of the client, or else smtpd_milters. See smtpd.c, setup_milters(). */
function miltersFor(run: Run): readonly Milter[] | MilterFatal {
  const { configuration, settings, client, ask } = run;
  if (takesNoMilters(configuration)) return [];
  for (const table of settings.maps("smtpd_milter_maps")) {
    const result = table.lookup(client.address, ask.action);
    if (result.kind === "error") break;
    if (result.kind === "found") return milterList(configuration.parameters, result.value);
  }
  return usualMilters(configuration);
}

/** Whether the service asks no filters at all. */
export const takesNoMilters = derived(({ parameters }: Configuration) =>
  hasName(parameters, "receive_override_options", "no_milters"),
);

const usualMilters = derived(({ parameters }: Configuration) =>
  milterList(parameters, parameters.value("smtpd_milters")),
);

/** See milter.c, milter_new(). */
function milterList(parameters: Parameters, value: string): readonly Milter[] | MilterFatal {
  if (value.toLowerCase() === "disable") return [];
  const milters: Milter[] = [];
  for (const { text } of splitWords(value)) {
    const milter = readMilter(text, parameters.value("milter_default_action"));
    if ("fatal" in milter) return milter;
    milters.push(milter);
  }
  return milters;
}

function readMilter(word: string, usualAction: string): Milter | MilterFatal {
  if (!word.startsWith("{")) return { endpoint: word, defaultAction: usualAction };
  const inside = serviceInBraces(word);
  if (typeof inside !== "string") return { fatal: `milter service syntax error: ${inside.fatal}` };
  const [first] = splitNames(inside);
  if (!first) return { fatal: `empty milter definition: "${word}"` };
  let defaultAction = usualAction;
  for (const { text } of splitWords(inside.slice(first.end))) {
    const option = readOption(text);
    if ("fatal" in option) return option;
    if (option.name === "default_action") defaultAction = option.value;
    else if (!OPTIONS.has(option.name)) return { fatal: `unknown option: "${option.name} = ${option.value}"` };
  }
  return { endpoint: first.text, defaultAction };
}

const OPTIONS: ReadonlySet<string> = new Set(["connect_timeout", "command_timeout", "content_timeout", "protocol"]);
