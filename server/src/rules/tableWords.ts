import type { Configuration } from "../config/configuration.ts";
import { listWords, type ListWord } from "../config/listWord.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { derived } from "../text/derived.ts";
import { inComment } from "./comments.ts";
import { namedMapsOf } from "./places.ts";

/** The words that name tables: those of the restriction lists, and those of parameters for tables that are set. */
export function* tableWords(configuration: Configuration): Generator<ListWord> {
  for (const { word, reference } of namedMapsOf(configuration)) if (word.text === reference) yield word;
  for (const { words } of tableParameters(configuration)) {
    for (const word of words) if (word.text.includes(":")) yield word;
  }
}

/** The parameters that are lists of tables and are set, with their words. */
export const tableParameters = derived(
  ({ parameters, project }: Configuration): readonly { readonly name: string; readonly words: readonly ListWord[] }[] =>
    [...parameters.writtenNames()].filter(holdsTables).map((name) => {
      // What comes from another such list is found there.
      const own = listWords(parameters.expanded(name)).filter(({ via }) => !holdsTables(via.at(-1)?.name ?? ""));
      return { name, words: own.filter(({ at }) => !inComment(project, at)) };
    }),
);

function holdsTables(name: string): boolean {
  return LIST_OF_TABLES.test(name) && PARAMETERS.has(name);
}

/** The lists of what proxymap may open name other parameters. See maps.c, maps_create(). */
const LIST_OF_TABLES = /(?<!^proxy_(?:read|write))_maps$|(?:^|_)(?:header|body)_checks$/;
