import type { Fate } from "../../../server/src/evaluate/fate.ts";
import type { ResultModel } from "./viewModel.ts";

const WORDS: Readonly<Record<Fate, string>> = { accept: "accepted", reject: "rejected", defer: "deferred" };

/** So many recipients are named, the others are counted. */
const MOST_NAMED = 3;

/** One sentence about the recipients, or about the server that does not start. `reply` is what the first one gets. */
export function outcomeText({ fates, fatal, reply }: Pick<ResultModel, "fates" | "fatal" | "reply">): string {
  if (fatal) return `The SMTP server does not start: ${reply}`;
  const [first] = fates;
  if (!first) return reply;
  if (fates.length === 1) return `${capital(WORDS[first.fate])}: ${reply}`;
  const groups = (["accept", "defer", "reject"] as const).flatMap((fate) => {
    const names = fates.filter((one) => one.fate === fate).map(({ recipient }) => recipient);
    return names.length > 0 ? [{ word: WORDS[fate], names }] : [];
  });
  const [only] = groups;
  if (groups.length === 1 && only) return `All ${fates.length} recipients ${only.word}, the first with: ${reply}`;
  return capital(groups.map(({ word, names }) => `${word}: ${namesText(names)}`).join("; "));
}

function namesText(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(", ")} and ${more} more` : names.join(", ");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
