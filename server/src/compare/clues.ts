import type { Configuration } from "../config/configuration.ts";
import { splitWords } from "../syntax/words.ts";
import { changedLines } from "./changedLines.ts";
import { parametersOf, tablesOf, type Content } from "./contents.ts";

/** What the texts give away of the messages that they treat in a way of their own. */
export interface Clues {
  /** Words: keys, networks, names, addresses. */
  readonly words: readonly string[];
  /** Lines with patterns. */
  readonly patterns: readonly PatternClue[];
}

export interface PatternClue {
  /** The whole table: earlier rules win. */
  readonly table: Content;
  readonly lines: readonly string[];
}

/** Clues of one kind of origin; beyond these, others would be much the same. */
const MOST_WORDS = 120;
/** How many lines stand for a table that is the same on both sides: one for each action. */
const LINES_OF_EACH = 5;

/** What only one side has: that is where the difference is. */
export function changedClues(before: Configuration, after: Configuration): Clues {
  const [old, fresh] = [parametersOf(before), parametersOf(after)];
  const words = namesOf(old, fresh).flatMap((name) => changedWords(old.get(name) ?? "", fresh.get(name) ?? ""));
  const [oldTables, freshTables] = [tablesOf(before), tablesOf(after)];
  const patterns: PatternClue[] = [];
  for (const name of namesOf(oldTables, freshTables)) {
    const both = [oldTables.get(name), freshTables.get(name)];
    const [one, other] = both.map((table) => table?.text ?? "");
    const lines = changedLines(one ?? "", other ?? "");
    for (const table of both) if (table?.patterns && lines.length > 0) patterns.push({ table, lines });
    if (!both.some((table) => table?.patterns)) words.push(...lines.flatMap(lineWords));
  }
  return { words: [...new Set(words)].slice(0, MOST_WORDS), patterns };
}

function namesOf(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])];
}

/** A few lines of every table, for what an edit elsewhere makes of them. */
export function generalClues(before: Configuration, after: Configuration): Clues {
  const words: string[] = [];
  const patterns: PatternClue[] = [];
  for (const [, table] of [...tablesOf(before), ...tablesOf(after)]) {
    const lines = oneOfEachAction(changedLines("", table.text));
    if (table.patterns) patterns.push({ table, lines });
    else words.push(...lines.flatMap(lineWords));
  }
  for (const configuration of [before, after]) {
    const values = parametersOf(configuration);
    for (const name of ["mynetworks", "mydestination", "relay_domains"]) {
      words.push(...splitWords(values.get(name) ?? "").map(({ text }) => text));
    }
  }
  return { words: [...new Set(words)].slice(0, MOST_WORDS), patterns };
}

function changedWords(before: string, after: string): readonly string[] {
  if (before === after) return [];
  return changedLines(onePerLine(before), onePerLine(after));
}

function onePerLine(value: string): string {
  return splitWords(value)
    .map(({ text }) => text)
    .join("\n");
}

/** The key, and the names on the right-hand side: those of an alias or of a login. */
function lineWords(line: string): readonly string[] {
  const [key = "", ...rest] = line.split(" ");
  return [key, ...rest.flatMap((word) => word.split(",")).filter((word) => /^[^@\s]+@[\w.-]+$/.test(word))];
}

function oneOfEachAction(lines: readonly string[]): readonly string[] {
  const byAction = new Map<string, string>();
  for (const line of lines) {
    const action = line.split(" ")[1]?.toUpperCase() ?? "";
    if (!byAction.has(action)) byAction.set(action, line);
    if (byAction.size === LINES_OF_EACH) break;
  }
  return [...new Set([...byAction.values(), ...lines.slice(0, 2)])];
}
