import { parseArgs, type ParseArgsConfig } from "node:util";
import { severityFrom, type Severities, type Severity } from "../config/severity.ts";
import { isRelease, RELEASES, type Release } from "../postfix/release.ts";
import { RULE_PAGES } from "../rules/index.ts";
import { UsageError } from "./usage.ts";

type OptionConfig = NonNullable<ParseArgsConfig["options"]>;

/** What every command understands. */
const COMMON = {
  help: { type: "boolean" },
  "postfix-version": { type: "string" },
} as const satisfies OptionConfig;

/** Parses the arguments of a command; a wrong one is a usage error in one line. */
export function parseOptions<T extends OptionConfig>(
  args: readonly string[],
  options: T,
): ReturnType<typeof parseArgs<{ options: T & typeof COMMON; allowPositionals: true; args: string[] }>> {
  try {
    return parseArgs({ args: [...args], options: { ...options, ...COMMON }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split(". ")[0] ?? error.message) : String(error));
  }
}

/** The release that `--postfix-version` or a case names; undefined when it names none. */
export function releaseFrom(text: string | undefined): Release | undefined {
  if (text === undefined) return undefined;
  const release = /^\d+\.\d+/.exec(text)?.[0] ?? text;
  if (isRelease(release)) return release;
  throw new UsageError(`unknown Postfix release \`${text}\`; known are ${RELEASES.join(", ")}`);
}

/** One of a set of words. */
export function oneOf<T extends string>(option: string, text: string, words: readonly T[]): T {
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw new UsageError(`--${option} takes ${words.join(", ")}, not \`${text}\``);
  return word;
}

/** What `--rule NAME=SEVERITY` gives to each rule; the last one counts. */
export function severitiesFrom(texts: readonly string[]): Severities {
  const severities = new Map<string, Severity | "off">();
  for (const text of texts) {
    const [code = "", name = ""] = text.split("=");
    const severity = severityFrom(name);
    if (!RULE_PAGES.some((rule) => rule.code === code)) throw new UsageError(`--rule: there is no rule \`${code}\``);
    if (!severity) throw new UsageError(`--rule ${code} takes =error, =warning, =information, =hint or =off`);
    severities.set(code, severity);
  }
  return severities;
}
