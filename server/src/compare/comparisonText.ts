import { PLAIN_STYLE, type Style } from "../evaluate/traceText.ts";
import type { RelayAnswer } from "../relay/relayAnalysis.ts";
import { hasDifference, type Comparison, type LoneService } from "./compare.ts";
import { isDifferent, type ServiceDifference } from "./compareServices.ts";
import type { DifferenceClass } from "./differenceClasses.ts";
import { changeText, conditionsText, messageText, sideTexts, whomText, type SideText } from "./wording.ts";

/** Classes that are shown; behind them come less dangerous ones. */
export const MOST_CLASSES = 20;

/** What no search looks at. */
export const NOT_EXPLORED =
  "one recipient to each message, no ETRN, no client certificates; answers of DNS, policy services and unreadable tables changed one at a time";

/** Writes a comparison for a person: the relay verdict first, then the most dangerous difference. */
export function comparisonText(comparison: Comparison, style: Style = PLAIN_STYLE): string {
  if (!hasDifference(comparison)) return "No difference in the mail flow was found.\n";
  const { services, added, removed } = comparison;
  const blocks = new Map<string, string[]>();
  for (const service of services.filter(isDifferent)) {
    const text = serviceText(comparison, service, style);
    const names = blocks.get(text);
    if (names) names.push(service.after.service.name);
    else blocks.set(text, [service.after.service.name]);
  }
  const changed = [...blocks].map(([text, names]) => `${style.strong(names.join(", "))}\n${text}`);
  const alone = [...lone(added, "new service", style), ...lone(removed, "removed service", style)];
  return `${[...alone, ...changed, exploredText(services)].join("\n\n")}\n`;
}

/** How far the search went. */
export function exploredText(services: readonly ServiceDifference[]): string {
  const messages = services.reduce((sum, service) => sum + service.messages, 0);
  const cut = services.some((service) => service.cut) ? "; there were more combinations than were tried" : "";
  return `Explored: ${messages} messages. Not explored: ${NOT_EXPLORED}${cut}.`;
}

function lone(services: readonly LoneService[], what: string, { strong }: Style): readonly string[] {
  return services.map(({ name, relay }) => `${strong(name)}: ${what}, relay ${relay.verdict}`);
}

function serviceText(comparison: Comparison, service: ServiceDifference, style: Style): string {
  const { fatal, relay, classes } = service;
  const lines = [`  relay: ${relayText(relay.before, relay.after, style)}`];
  if (fatal.before !== fatal.after) lines.push(`  ${fatalText(fatal, style)}`);
  for (const [at, one] of classes.slice(0, MOST_CLASSES).entries()) {
    lines.push("", ...classLines(comparison, one, { at, style }));
  }
  if (classes.length > MOST_CLASSES) lines.push("", `  … and ${classes.length - MOST_CLASSES} more`);
  return lines.join("\n");
}

function relayText(before: RelayAnswer, after: RelayAnswer, { good, bad }: Style): string {
  const paint = ({ verdict }: RelayAnswer): string => (verdict === "closed" ? good : bad)(verdict);
  if (before.verdict === after.verdict) return `${paint(after)}, as before`;
  return `${paint(before)} before, ${paint(after)} now: ${after.because}`;
}

/** What became of a service that does not start on one side. */
export function fatalText({ before, after }: ServiceDifference["fatal"], { bad, good }: Style = PLAIN_STYLE): string {
  if (after === undefined) return good(`the service did not start before (${before ?? ""}); now it does`);
  return bad(`the service does not start any more: ${after}`);
}

function classLines(
  comparison: Comparison,
  one: DifferenceClass,
  { at, style }: { readonly at: number; readonly style: Style },
): readonly string[] {
  const { before, after } = sideTexts(one, comparison);
  const { message, if: conditions } = one.witness;
  return [
    `  ${at + 1}. ${style.strong(changeText(one.change))}: ${whomText(one)}`,
    `     ${messageText(message)}`,
    ...conditionsText(conditions).map((condition) => `     if ${condition}`),
    ...sideLines("before", before, style),
    ...sideLines("now", after, style),
  ];
}

function sideLines(name: string, { reply, step, because, place }: SideText, style: Style): readonly string[] {
  const paint = reply.startsWith("2") ? style.good : style.bad;
  const lines = [`     ${name.padEnd(7)} ${paint(reply.replaceAll("\n", " / "))}`];
  if (step !== undefined) lines.push(style.faint(`             ${step}: ${because ?? ""}  [${place ?? ""}]`));
  return lines;
}
