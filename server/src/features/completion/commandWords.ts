import { PIPE_ATTRIBUTES, PIPE_FLAGS, PIPE_MACROS } from "../../postfix/pipeArguments.ts";
import { compareReleases, type Release } from "../../postfix/release.ts";
import type { MasterEntry } from "../../syntax/masterCf.ts";
import { attributesOf } from "../commandWord.ts";
import { MARK } from "./cursorText.ts";
import { inSnippet, type Offer } from "./offer.ts";

/** What may stand at a cursor among the arguments of pipe(8) and spawn(8), from `start` to `end` in the line. */
export interface CommandOffers {
  readonly start: number;
  readonly end: number;
  readonly offers: readonly Offer[];
  /** Whether options such as `-o` may stand here, too: they come before all else. */
  readonly withOptions: boolean;
}

/** Undefined: the program takes no such arguments. */
export function commandWordOffers(
  entry: MasterEntry,
  text: string,
  at: number,
  release: Release,
): CommandOffers | undefined {
  const attributes = attributesOf(entry);
  const command = entry.columns[7];
  if (!attributes || !command) return undefined;
  const before = text.slice(command.start + command.text.length, at);
  const start = text.slice(0, at).search(/\S*$/);
  const nothing = { start: at, end: at, offers: [], withOptions: false };
  if (/\sargv=/i.test(before)) {
    return attributes === PIPE_ATTRIBUTES ? macroOffers(text, at, release) : nothing;
  }
  const typed = text.slice(start, at);
  if (/^flags=/i.test(typed)) return { ...nothing, offers: flagOffers(typed) };
  if (typed.includes("=")) return nothing;
  const offers = attributes
    .filter(({ name }) => !new RegExp(`\\s${name}=`, "i").test(text))
    .map(({ name, summary, example }, rank): Offer => {
      const snippet = `${name}=\${1:${inSnippet(example ?? "")}}`;
      return { label: `${name}=`, kind: "parameter", detail: summary, snippet, rank };
    });
  const end = at + text.slice(at).search(/[\s=]|$/);
  return { start, end, offers, withOptions: !before.slice(0, before.length - typed.length).includes("=") };
}

/** The letters that do not stand there yet. */
function flagOffers(typed: string): readonly Offer[] {
  return PIPE_FLAGS.filter(({ name }) => !typed.slice("flags=".length).includes(name)).map(
    ({ name, summary }): Offer => ({ label: name, kind: "word", detail: summary }),
  );
}

/** `$na`, `${na`, `$(na`; an even number of dollar signs is text. See mac_parse.c, mac_parse(). */
function macroOffers(text: string, at: number, release: Release): CommandOffers {
  const begun = /(?<!\$)(?:\$\$)*(\$[{(]?\w*)$/.exec(text.slice(0, at))?.[1];
  if (begun === undefined) return { start: at, end: at, offers: [], withOptions: false };
  const end = at + (new RegExp(`^${MARK}?\\w*[})]?`).exec(text.slice(at))?.[0].length ?? 0);
  const offers = PIPE_MACROS.filter(({ since }) => since === undefined || compareReleases(since, release) <= 0).map(
    ({ name, summary }): Offer => ({ label: `\${${name}}`, kind: "reference", detail: summary }),
  );
  return { start: at - begun.length, end, offers, withOptions: false };
}
