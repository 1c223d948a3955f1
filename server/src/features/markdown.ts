import type { Project } from "../config/project.ts";
import { splitWords } from "../syntax/words.ts";
import type { Location } from "../text/location.ts";
import { rangeAt, type UriOf } from "./diagnostics.ts";

/** Longer values are cut: a hover is one page. */
const LONGEST = 400;
const MOST_LINES = 12;

/** Paragraphs; those that are undefined or empty are left out. */
export function paragraphs(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== "").join("\n\n");
}

/** Text as code, whatever backticks it holds. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  if (longest === 0) return `\`${text}\``;
  const fence = "`".repeat(longest + 1);
  return `${fence} ${text} ${fence}`;
}

/** A value on one line: white space becomes single blanks, too much of it is cut. */
export function valueCode(value: string): string {
  const text = value.replace(/\s+/g, " ").trim();
  if (text === "") return "empty";
  return code(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

/** The lines of a restriction list as a block. */
export function listBlock(lines: readonly string[]): string {
  const shown = lines.slice(0, MOST_LINES).map((line) => valueLine(line));
  if (lines.length > MOST_LINES) shown.push(`… and ${lines.length - MOST_LINES} more`);
  return `\`\`\`\`postfix-main\n${shown.map((line) => `  ${line}`).join("\n")}\n\`\`\`\``;
}

/** `main.cf:12`. */
export function placeText(project: Project, at: Location): string {
  return `${at.file}:${rangeAt(project, at).start.line + 1}`;
}

/** How a hover names a place. */
export type ShowPlace = (at: Location) => string;

/** Names places by file and line; as links, when there is a way to say where the file is. */
export function placesIn(project: Project, uriOf: UriOf | undefined): ShowPlace {
  return (at) => {
    const text = placeText(project, at);
    return uriOf ? `[${text}](${uriOf(at.file)}#L${rangeAt(project, at).start.line + 1})` : text;
  };
}

/** How many words a value has. */
export function wordCount(value: string): number {
  return splitWords(value).length;
}

function valueLine(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
