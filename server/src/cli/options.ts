import { parseArgs, type ParseArgsConfig } from "node:util";
import { severityFrom, type Severities, type Severity } from "../config/severity.ts";
import { releaseOf, RELEASES, type Release } from "../postfix/release.ts";
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
    throw new UsageError(error instanceof Error ? complaint(error.message) : String(error));
  }
}

/** What Node says, in one line: of several lines the last one tells what to write, and further sentences are about `--`. */
function complaint(message: string): string {
  return message.replace(/^[^]*\n/, "").replace(/\.(?: [^]*)?$/, "");
}

/** The release that `--postfix-version` or a case names; undefined when it names none. */
export function releaseFrom(text: string | undefined): Release | undefined {
  if (text === undefined) return undefined;
  const release = releaseOf(text);
  if (release === undefined)
    throw new UsageError(`unknown Postfix release \`${text}\`; known are ${RELEASES.join(", ")}`);
  return release;
}

/** One of a set of words. */
export function oneOf<T extends string>(option: string, text: string, words: readonly T[]): T {
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw new UsageError(`--${option} takes ${words.join(", ")}, not \`${text}\``);
  return word;
}

/** The formats of an answer that is text for people unless something else is asked for. */
export const FORMATS = ["text", "json", "markdown"] as const;
export type Format = (typeof FORMATS)[number];

/** `--json` is the short form of `--format json`. */
export function formatFrom(values: {
  readonly format?: string | undefined;
  readonly json?: boolean | undefined;
}): Format {
  const short = values.json ? "json" : undefined;
  const format = values.format === undefined ? (short ?? "text") : oneOf("format", values.format, FORMATS);
  if (short !== undefined && format !== short) throw new UsageError(`--json and --format ${format} exclude each other`);
  return format;
}

/** What `--rule NAME=SEVERITY` gives to each rule; the last one counts. */
export function severitiesFrom(texts: readonly string[]): Severities {
  const severities = new Map<string, Severity | "off">();
  for (const text of texts) {
    const [code = "", ...name] = text.split("=");
    const severity = severityFrom(name.join("="));
    if (!RULE_PAGES.some((rule) => rule.code === code)) throw new UsageError(`--rule: there is no rule \`${code}\``);
    if (!severity) throw new UsageError(`--rule ${code} takes =error, =warning, =info, =hint or =off`);
    severities.set(code, severity);
  }
  return severities;
}
