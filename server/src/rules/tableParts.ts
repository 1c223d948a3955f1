import type { ListWord } from "../config/listWord.ts";
import type { Project } from "../config/project.ts";
import { wordPart } from "../config/wordPart.ts";
import { inBraces, isMadeOfTables, writtenTables, type WrittenTable } from "../config/writtenTables.ts";
import { keysOf } from "./accessTable.ts";

/** A table with entries of its own: the one that a word names, or one of those that `unionmap:` or `pipemap:` put together. */
export interface TablePart {
  readonly reference: string;
  /** The word that names it, or the part of the word that does. */
  readonly word: ListWord;
  /** Whether it is asked for the keys of the whole, and for no others. */
  readonly asked: boolean;
  /** Whether what it answers is an answer of the whole. */
  readonly answers: boolean;
}

/** The tables with entries of their own that a word names. */
export function tableParts(project: Project, word: ListWord): readonly TablePart[] {
  const tables = writtenTables(word.text).filter(hasEntries);
  return tables.map((table) => {
    const { text, name, place, type } = table;
    const end = name.start + name.text.length;
    // Whether parts of a key are asked for is up to the first table, so patterns meet them, too. See dict_union.c, dict_pipe.c.
    const asked = place.asked && (tables.length === 1 || keysOf(type) === "plain");
    const part = wordPart(project, word, { start: end - text.length, end });
    return { reference: text, word: part, asked, answers: place.answers };
  });
}

/** What holds no table that can be read stands for itself. */
function hasEntries({ type, name }: WrittenTable): boolean {
  return !isMadeOfTables(type) || inBraces(name).length === 0;
}
