import type { Configuration } from "../config/configuration.ts";
import { listWords, type ListWord } from "../config/listWord.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { inComment } from "./comments.ts";
import { accessMapsOf } from "./places.ts";

/** The words that name tables: those of the restriction lists, and all words of parameters for tables that main.cf sets. */
export function* tableWords(configuration: Configuration): Generator<ListWord> {
  for (const { word, reference } of accessMapsOf(configuration)) if (word.text === reference) yield word;
  const { parameters, project } = configuration;
  for (const name of [...parameters.writtenNames()].filter(holdsTables)) {
    for (const word of listWords(parameters.expanded(name))) {
      if (word.text.includes(":") && !inComment(project, word.at)) yield word;
    }
  }
}

/** The lists of what proxymap may open name other parameters. */
function holdsTables(name: string): boolean {
  return name.endsWith("_maps") && PARAMETERS.has(name) && !/^proxy_(?:read|write)_maps$/.test(name);
}
