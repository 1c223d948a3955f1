import type { Project } from "../config/project.ts";
import { masterEntries } from "../config/masterEntries.ts";
import {
  PIPE_ATTRIBUTES,
  PIPE_FLAGS,
  PIPE_MACROS,
  SPAWN_ATTRIBUTES,
  type CommandWordFact,
} from "../postfix/pipeArguments.ts";
import type { MasterEntry, MasterWord } from "../syntax/masterCf.ts";
import { logicalOffset } from "../syntax/logicalOffset.ts";
import { fileSpan } from "../syntax/logicalLines.ts";
import { touches } from "../text/span.ts";
import type { Note } from "./hoverValue.ts";
import { code, paragraphs } from "./markdown.ts";

/** The arguments that the program of a line takes as `name=value`; undefined: it is neither pipe(8) nor spawn(8). */
export function attributesOf({ columns }: MasterEntry): readonly CommandWordFact[] | undefined {
  const program = columns[7]?.text;
  if (program === "pipe") return PIPE_ATTRIBUTES;
  return program === "spawn" ? SPAWN_ATTRIBUTES : undefined;
}

/** What an argument of pipe(8) or spawn(8) means: an attribute, a flag, or a `${name}` in the command. */
export function commandNote(project: Project, offset: number): Note | undefined {
  const entry = masterEntries(project).find(({ span }) => touches(span, offset));
  const attributes = entry && attributesOf(entry);
  const at = entry && logicalOffset(entry.line, offset);
  if (!attributes || at === undefined) return undefined;
  const found = noteIn(entry, attributes, at);
  return found && { span: fileSpan(entry.line, found.start, found.end), text: found.text };
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function noteIn(entry: MasterEntry, attributes: readonly CommandWordFact[], at: number): Found | undefined {
  const { text } = entry.line;
  const argv = entry.arguments.find((word) => /^argv=/i.test(word.text));
  if (argv && at >= argv.start + "argv=".length) {
    return attributes === PIPE_ATTRIBUTES ? macroNote(text, at) : undefined;
  }
  const word = entry.arguments.find(({ start, text: one }) => start <= at && at <= start + one.length);
  return word && attributeNote(entry, attributes, word, at);
}

function attributeNote(
  entry: MasterEntry,
  attributes: readonly CommandWordFact[],
  word: MasterWord,
  at: number,
): Found | undefined {
  const [name = ""] = word.text.split("=", 1);
  const fact = attributes.find((one) => one.name === name.toLowerCase());
  if (!fact) return undefined;
  const flag = fact.name === "flags" ? flagNote(entry.line.text, at, word.start + name.length + 1) : undefined;
  const inValue = at > word.start + name.length;
  const end = word.start + (inValue ? word.text : name).length;
  return flag ?? { start: word.start, end, text: factText(code(`${name}=`), entry.columns, fact) };
}

function flagNote(text: string, at: number, from: number): Found | undefined {
  const fact = at >= from ? PIPE_FLAGS.find(({ name }) => name === text[at]) : undefined;
  return fact && { start: at, end: at + 1, text: `**${code(fact.name)}** — flag of pipe\n\n${fact.summary}` };
}

function macroNote(text: string, at: number): Found | undefined {
  for (const { index, 0: whole, 1: braced, 2: bare } of text.matchAll(/\$(?:[{(](\w+)[})]|(\w+))/g)) {
    if (at < index || at > index + whole.length) continue;
    const fact = PIPE_MACROS.find(({ name }) => name === (braced ?? bare));
    if (!fact) return undefined;
    const since = fact.since === undefined ? undefined : `Since Postfix ${fact.since}.`;
    const title = `**${code(`\${${fact.name}}`)}** — what pipe puts into the command`;
    return { start: index, end: index + whole.length, text: paragraphs(title, fact.summary, since, MANUAL_OF_PIPE) };
  }
  return undefined;
}

function factText(title: string, columns: MasterEntry["columns"], { summary }: CommandWordFact): string {
  const program = columns[7]?.text ?? "";
  const manual = `[Manual](https://www.postfix.org/${program}.8.html)`;
  return paragraphs(`**${title}** — argument of ${program}`, summary, manual);
}

const MANUAL_OF_PIPE = "[Manual](https://www.postfix.org/pipe.8.html)";
