import type { ValuesFact } from "../../postfix/parameterValues.ts";
import type { Offer } from "./offer.ts";

/** The words that a parameter takes, each with what it does. */
export function wordValueOffers(fact: ValuesFact | undefined): readonly Offer[] {
  return (fact?.values ?? []).map((label) => ({ label, kind: "word", detail: fact?.meanings?.[label], rank: 1 }));
}
