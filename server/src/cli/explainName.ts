import { action, actionNamed } from "../postfix/actions.ts";
import { manualOfActions, manualOfMapType, manualOfParameter, manualOfRestriction } from "../postfix/manual.ts";
import { mapType, mapTypeNamed } from "../postfix/mapTypes.ts";
import { defaultOf, PARAMETERS, type DefaultFact } from "../postfix/parameters.ts";
import { NEWEST, type Release } from "../postfix/release.ts";
import { restriction, restrictionNamed } from "../postfix/restrictions.ts";
import { stageOf } from "../postfix/stages.ts";
import { RULE_PAGES } from "../rules/index.ts";
import type { RulePage } from "../rules/rule.ts";
import { parseOptions, releaseFrom } from "./options.ts";
import { EXPLAIN_USAGE, UsageError } from "./usage.ts";

/** `explain`: the documentation of a name. */
export function explainName(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, {});
  const [name, extra] = positionals;
  if (values.help) {
    process.stdout.write(EXPLAIN_USAGE);
    return Promise.resolve(0);
  }
  if (name === undefined || extra !== undefined) throw new UsageError("explain takes one name");
  const texts = documentationOf(name, releaseFrom(values["postfix-version"]) ?? NEWEST);
  if (texts.length === 0) {
    throw new UsageError(
      `nothing is known by the name \`${name}\`: no parameter, restriction, action, map type or rule`,
    );
  }
  process.stdout.write(`${texts.join("\n\n")}\n`);
  return Promise.resolve(0);
}

function documentationOf(name: string, release: Release): readonly string[] {
  const rule = RULE_PAGES.find(({ code }) => code === name);
  return [
    restrictionText(name),
    parameterText(name, release),
    actionText(name),
    mapTypeText(name),
    rule && ruleText(rule),
  ].filter((text) => text !== undefined);
}

function restrictionText(name: string): string | undefined {
  const known = restrictionNamed(name);
  if (!known) return undefined;
  const { summary, details, example, since, seeAlso } = restriction(known);
  const also = seeAlso.length > 0 ? `\n\nSee also: ${seeAlso.join(", ")}` : "";
  return `${known} (restriction, ${sinceText(since)})\n\n${summary}\n\n${details}\n\n${indent(example)}${also}\n\n${manualOfRestriction(known)}`;
}

function parameterText(name: string, release: Release): string | undefined {
  const fact = PARAMETERS.get(name);
  if (!fact) return undefined;
  const stage = stageOf(name);
  const value = defaultOf(name, release);
  const lines = [
    `${name} (parameter, ${fact.type}, ${sinceText(fact.since)})`,
    fact.summary ?? "",
    stage?.details ?? "",
    value ? `Default in Postfix ${release}: ${defaultText(value)}` : `Not in Postfix ${release}.`,
    manualOfParameter(name),
  ];
  return lines.filter((line) => line !== "").join("\n\n");
}

function defaultText({ value, computed }: DefaultFact): string {
  if (computed) return "worked out when Postfix is built or started";
  return value === "" ? "(empty)" : value;
}

function actionText(name: string): string | undefined {
  const known = actionNamed(name);
  if (!known) return undefined;
  const { summary, details, example } = action(known);
  return `${known} (access action)\n\n${summary}\n\n${details}\n\n${indent(example)}\n\n${manualOfActions()}`;
}

function mapTypeText(name: string): string | undefined {
  const known = mapTypeNamed(name);
  if (!known) return undefined;
  const { summary, details, example, since } = mapType(known);
  return `${known}: (map type, ${sinceText(since)})\n\n${summary}\n\n${details}\n\n${indent(example)}\n\n${manualOfMapType(known)}`;
}

function ruleText({ code, severity, summary, why, bad, good }: RulePage): string {
  return `${code} (rule, ${severity})\n\n${summary}.\n\n${why}\n\nWrong:\n\n${indent(bad)}\n\nRight:\n\n${indent(good)}`;
}

/** The oldest release of the facts stands for all before it. */
function sinceText(since: string): string {
  return since === "2.10" ? "since Postfix 2.10 or earlier" : `since Postfix ${since}`;
}

function indent(text: string): string {
  return text.trim().replace(/^/gm, "    ");
}
