import { restrictionList } from "../../config/restrictionList.ts";
import { rightHandSide } from "../../config/rightHandSide.ts";
import { splitWords, type ValueWord } from "../../syntax/words.ts";

/** The words at the places of restrictions in the right-hand side of an access map; none in an action. */
export function restrictionWords(value: string): readonly ValueWord[] {
  if (rightHandSide(value).kind === "action") return [];
  const words = splitWords(value);
  const list = words.map(({ text }) => ({ text, at: undefined, via: [] }));
  const taken = new Set(restrictionList("", list, () => false).items.map(({ word }) => word));
  return words.filter((_, index) => taken.has(list[index] ?? NO_WORD));
}

const NO_WORD = { text: "", at: undefined, via: [] };
