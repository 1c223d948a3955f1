import { explain } from "../evaluate/explain.ts";
import type { Assumption } from "../evaluate/explore.ts";
import type { Message } from "../evaluate/message.ts";
import type { Project } from "../config/project.ts";
import { places } from "../evaluate/report.ts";
import type { Step } from "../evaluate/trace.ts";
import type { Change, Outcome } from "./outcome.ts";
import { outcomeOf } from "./outcome.ts";
import type { DifferenceClass } from "./differenceClasses.ts";

const FATES = { accept: "accepted", reject: "refused", defer: "deferred" } as const;

/** `refused before, accepted now`. */
export function changeText(change: Change): string {
  if (change === "treatment") return "accepted as before, but treated differently";
  if (change === "reply") return "refused as before, with another reply";
  const [before = "", after = ""] = change.split(" → ") as (keyof typeof FATES)[];
  return `${FATES[before as keyof typeof FATES]} before, ${FATES[after as keyof typeof FATES]} now`;
}

/** Whom a class is about: `strangers, to local recipients`. */
export function whomText({ who, senders, recipients }: DifferenceClass): string {
  const from = senders.length === 1 && senders[0] !== "senders elsewhere" ? `, as ${senders[0] ?? ""}` : "";
  return `${listed(who)}${from}, to ${listed(recipients)}`;
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** The message of a witness, as the client offers it. */
export function messageText(message: Message): string {
  const { client_address: address, client_name: name, helo, sasl_username: login, sender, recipients } = message;
  const parts = [
    `client ${name ?? "unknown"}[${address}]`,
    helo == null ? "no HELO" : `HELO ${helo}`,
    ...(message.encrypted === true ? ["TLS"] : []),
    ...(login == null ? [] : [`AUTH as ${login}`]),
    `MAIL FROM:<${sender ?? ""}>`,
    `RCPT TO:<${recipients?.[0] ?? ""}>`,
  ];
  return parts.join(", ");
}

/** The unusual answers from outside; a DNS name that does not exist is one of them, whatever it was asked for. */
export function conditionsText(conditions: readonly Assumption[]): readonly string[] {
  const texts = conditions.map(({ ask, answer }) => {
    const name = /^dns \w+ (.*)$/s.exec(ask)?.[1];
    return name === undefined
      ? `\`${ask}\` is answered ${answer}`
      : `the DNS look-up of \`${name}\` is answered ${answer}`;
  });
  return [...new Set(texts)];
}

/** The reply on one side, and what is done to the message. */
export function outcomeText({ reply, treatment }: Outcome): string {
  return [reply, ...treatment].join("; ");
}

/** One side of a difference: what the client is told, and the step that says so. */
export interface SideText {
  readonly reply: string;
  readonly step: string | undefined;
  readonly because: string | undefined;
  readonly place: string | undefined;
}

/** Says both sides of a class. */
export function sideTexts(
  { witness }: DifferenceClass,
  projects: { readonly before: Project; readonly after: Project },
): { readonly before: SideText; readonly after: SideText } {
  const side = (which: "before" | "after"): SideText => {
    const step = witness.parting?.[which];
    return {
      reply: outcomeText(outcomeOf(witness[which])),
      step: step?.asked,
      because: step && explain(step.because),
      place: step && placeText(projects[which], step),
    };
  };
  return { before: side("before"), after: side("after") };
}

function placeText(project: Project, step: Step): string | undefined {
  const { file, range } = places(project)(step.entry ?? step.at);
  if (file === undefined) return "default";
  return range ? `${file}:${range.start.line + 1}` : file;
}
