import { closest, distance } from "fastest-levenshtein";
import type { Configuration } from "../config/configuration.ts";
import { actionNamed } from "../postfix/actions.ts";
import { assignments } from "../syntax/mainCf.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { restriction, restrictionNamed, RESTRICTIONS, type RestrictionName } from "../postfix/restrictions.ts";
import { stageOf } from "../postfix/stages.ts";

/** The names that may stand in a list: current restrictions, declared classes, lists that could be declared. */
function namesInLists(configuration: Configuration): readonly string[] {
  const { classes } = configuration;
  return [...CURRENT, ...classes.keys(), ...undeclaredClasses(configuration)];
}

/** Parameters of main.cf that Postfix does not know and that are no classes: each could be made one. */
export function undeclaredClasses({ project, classes, parameters }: Configuration): readonly string[] {
  const written = project.mainCf ? assignments(project.mainCf).map(({ name }) => name) : [];
  return [...new Set(written)].filter(
    (name) => !PARAMETERS.has(name) && !classes.has(name) && parameters.value(name) !== "",
  );
}

/** The name that was most likely meant, if one is near enough. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  if (word.length < 3 || names.length === 0) return undefined;
  const sameButCase = names.find((name) => name !== word && name.toLowerCase() === word.toLowerCase());
  if (sameButCase !== undefined) return sameButCase;
  const small = names.map((name) => name.toLowerCase());
  const best = closest(word.toLowerCase(), small);
  const tolerated = Math.min(3, Math.floor(word.length / 4) + (word.length > 4 ? 1 : 0));
  return distance(word.toLowerCase(), best) <= tolerated ? names[small.indexOf(best)] : undefined;
}

/** What somebody may have meant who wrote this word where a restriction stands in main.cf. */
export function meantInList(word: string, configuration: Configuration): string | undefined {
  if (stageOf(word)) return `$${word}`;
  return (
    SAME_AS_ACTION[word.toUpperCase()] ??
    withoutMarks(word, configuration) ??
    nearest(word, namesInLists(configuration))
  );
}

/** Names with quotes around them, a semicolon between them, or a backslash at the end: Postfix has none of these. */
function withoutMarks(word: string, { classes }: Configuration): string | undefined {
  const names = word.split(/["';\\]+/).filter((name) => name !== "");
  if (!/["';\\]/.test(word) || names.length === 0) return undefined;
  const known = names.every((name) => restrictionNamed(name) !== undefined || classes.has(name));
  return known ? names.join(", ") : undefined;
}

/** What somebody may have meant who wrote this word as the right-hand side of an access map, or in a list there. */
export function meantInTable(word: string, configuration: Configuration): string | undefined {
  return (
    ACTION_MEANT[word.toUpperCase()] ??
    withoutComment(word) ??
    missingAction(word) ??
    nearest(word, [...ACTION_WORDS, ...namesInLists(configuration)])
  );
}

/** `OK#note`: an action with a comment that is none. */
function withoutComment(word: string): string | undefined {
  const [action = "", comment] = word.split("#", 2);
  return comment !== undefined && actionNamed(action) ? action : undefined;
}

/** The text of an action without the action: a status code, an address, a reply code of SMTP that is none here. */
function missingAction(word: string): string | undefined {
  if (/^[45]\.\d{1,3}\.\d{1,3}$/.test(word)) return `${word.startsWith("4") ? "DEFER" : "REJECT"} ${word}`;
  if (/^2\d\d$/.test(word)) return "OK";
  return /^[^\s@<>]+@[\w.-]+\.\w+$/.test(word) ? `REDIRECT ${word}` : undefined;
}

const CURRENT: readonly string[] = Object.keys(RESTRICTIONS).filter((name) => {
  const known = restrictionNamed(name);
  return known !== undefined && isCurrent(known);
});

function isCurrent(name: RestrictionName): boolean {
  const { aliasOf, removed } = restriction(name);
  return aliasOf === undefined && removed === undefined;
}

const ACTION_WORDS = ["REJECT", "DUNNO", "DEFER", "DISCARD"] as const;

/** Actions of access maps and their restriction. */
const SAME_AS_ACTION: Readonly<Partial<Record<string, string>>> = { OK: "permit", RELAY: "permit" };

/** Words of other programs for what access(5) calls OK and REJECT. */
const ACTION_MEANT: Readonly<Partial<Record<string, string>>> = {
  ACCEPT: "OK",
  ALLOW: "OK",
  PASS: "OK",
  YES: "OK",
  WHITELIST: "OK",
  BLACKLIST: "REJECT",
  BLOCK: "REJECT",
  DENY: "REJECT",
  DROP: "REJECT",
  NO: "REJECT",
  ERROR: "REJECT",
};
