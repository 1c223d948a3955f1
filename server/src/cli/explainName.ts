import { documentationsOf, type Documentation } from "../features/documentation.ts";
import { NEWEST, type Release } from "../postfix/release.ts";
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
  return [...documentationsOf(name, release).map((found) => nameText(found)), ...(rule ? [ruleText(rule)] : [])];
}

function nameText({ title, what, summary, details, example, facts, seeAlso, manual }: Documentation): string {
  const paragraphs = [
    `${title} (${what})`,
    summary,
    details,
    example === undefined ? "" : indent(example),
    facts.join(" "),
    seeAlso.length > 0 ? `See also: ${seeAlso.join(", ")}` : "",
    manual,
  ];
  return paragraphs.filter((text) => text !== "").join("\n\n");
}

function ruleText({ code, severity, summary, why, bad, good }: RulePage): string {
  return `${code} (rule, ${severity})\n\n${summary}.\n\n${why}\n\nWrong:\n\n${indent(bad)}\n\nRight:\n\n${indent(good)}`;
}

function indent(text: string): string {
  return text.trim().replace(/^/gm, "    ");
}
