import { code, inTable, proseMarkdown } from "../evaluate/traceMarkdown.ts";
import { hasDifference, type Comparison, type LoneService } from "./compare.ts";
import { isDifferent, type ServiceDifference } from "./compareServices.ts";
import { exploredText, fatalText, MOST_CLASSES } from "./comparisonText.ts";
import type { DifferenceClass } from "./differenceClasses.ts";
import { changeText, conditionsText, messageText, sideTexts, whomText, type SideText } from "./wording.ts";

/** Writes a comparison for a pull request: its consequences, the relay verdict and the most dangerous first. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { services, added, removed } = comparison;
  const title = "## What this changes for the mail flow";
  if (!hasDifference(comparison)) return `${title}\n\nNo difference was found.\n\n${exploredText(services)}\n`;
  const blocks = new Map<string, string[]>();
  for (const service of services.filter(isDifferent)) {
    const text = serviceMarkdown(comparison, service);
    blocks.set(text, [...(blocks.get(text) ?? []), code(service.after.service.name)]);
  }
  const parts = [
    title,
    ...lone(added, "New service"),
    ...lone(removed, "Removed service"),
    ...[...blocks].map(([text, names]) => `### Service ${names.join(", ")}\n\n${text}`),
    `<sub>${exploredText(services)}</sub>`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function lone(services: readonly LoneService[], what: string): readonly string[] {
  return services.map(({ name, relay }) => `${what} ${code(name)}; relay for strangers: **${relay.verdict}**`);
}

function serviceMarkdown(comparison: Comparison, { relay, fatal, classes }: ServiceDifference): string {
  const { before, after } = relay;
  const verdict =
    before.verdict === after.verdict
      ? `Relay for strangers: **${after.verdict}**, as before.`
      : `Relay for strangers: ${before.verdict} before, **${after.verdict} now**. ${proseMarkdown(after.because)}`;
  const parts = [verdict];
  if (fatal.before !== fatal.after) parts.push(`**${proseMarkdown(fatalText(fatal))}**`);
  parts.push(...classes.slice(0, MOST_CLASSES).map((one, at) => classMarkdown(comparison, one, at + 1)));
  if (classes.length > MOST_CLASSES) parts.push(`… and ${classes.length - MOST_CLASSES} more.`);
  return parts.join("\n\n");
}

function classMarkdown(comparison: Comparison, one: DifferenceClass, number: number): string {
  const { before, after } = sideTexts(one, comparison);
  const { message, if: conditions } = one.witness;
  const provided = conditionsText(conditions).map((condition) => `, if ${proseMarkdown(condition)}`);
  return [
    `#### ${number}. ${capital(changeText(one.change))}: ${whomText(one)}`,
    "",
    `For example ${code(messageText(message))}${provided.join("")}:`,
    "",
    "| | Reply | Because |",
    "| --- | --- | --- |",
    row("before", before),
    row("now", after),
  ].join("\n");
}

function row(name: string, { reply, step, because, place }: SideText): string {
  const why = step === undefined ? "" : `${code(step)}: ${proseMarkdown(because ?? "")} (${code(place ?? "")})`;
  return `| ${name} | ${inTable(code(reply.replaceAll("\n", " / ")))} | ${inTable(why)} |`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
