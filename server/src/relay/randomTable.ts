import { bracedWords } from "../config/tables/simpleTables.ts";

/** What a `randmap:` may answer: it always finds one of these. Undefined for any other table. */
export function randomAnswers(reference: string): readonly string[] | undefined {
  return reference.startsWith("randmap:") ? bracedWords(reference.slice("randmap:".length)) : undefined;
}
