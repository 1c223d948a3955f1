import { bracedWords } from "../config/tables/simpleTables.ts";
import type { LookupResult } from "../config/table.ts";

type Found = Extract<LookupResult, { kind: "found" }>;

/** What a `randmap:` may answer: it always finds something, now this, now that. */
export interface RandomAnswers {
  /** What opens nothing, as far as there is such a value. */
  readonly plain: Found;
  /** What may open something. */
  readonly generous: Found;
}

/** The answers of a table that chooses at random; undefined for any other table. */
export function randomAnswers(reference: string): RandomAnswers | undefined {
  if (!reference.startsWith("randmap:")) return undefined;
  const values = bracedWords(reference.slice("randmap:".length));
  const [first = ""] = values;
  const plain = values.find((value) => NOTHING.test(value)) ?? values.find((value) => !PERMITS.test(value)) ?? first;
  const generous = values.find((value) => PERMITS.test(value)) ?? plain;
  return { plain: { kind: "found", value: plain }, generous: { kind: "found", value: generous } };
}

const NOTHING = /^dunno$/i;
const PERMITS = /^(?:ok|permit|relay|\d+)$/i;
