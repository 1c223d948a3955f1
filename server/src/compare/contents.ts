import type { Configuration } from "../config/configuration.ts";
import { resolveFile } from "../config/project.ts";
import { parseReference } from "../config/tables/reference.ts";
import { tableKeys } from "../relay/tableKeys.ts";
import type { PatternTableType } from "../syntax/patternTable.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";

/** The text that a configuration has behind a name: a parameter, a table, a file with a list. */
export interface Content {
  readonly text: string;
  /** For a table of patterns. */
  readonly patterns: PatternTableType | undefined;
}

/** What smtpd takes its own value for although nobody writes it. */
const ALWAYS = ["myhostname", "mydomain", "mydestination", "mynetworks", "relay_domains", "local_recipient_maps"];

/** The parameters of a service, with their effective values. */
export const parametersOf = derived(({ parameters }: Configuration): ReadonlyMap<string, string> => {
  const names = new Set([...parameters.writtenNames(), ...ALWAYS]);
  return new Map([...names].map((name) => [name, parameters.value(name)]));
});

/** The tables and the files with lists that the parameters name, as far as there is a text for them. */
export const tablesOf = derived((configuration: Configuration): ReadonlyMap<string, Content> => {
  const contents = new Map<string, Content>();
  for (const value of parametersOf(configuration).values()) {
    for (const { text } of splitWords(value)) addContent(configuration, contents, text.replace(/^[!{]+|\}+$/g, ""));
  }
  return contents;
});

function addContent(configuration: Configuration, contents: Map<string, Content>, word: string): void {
  if (contents.has(word)) return;
  if (word.startsWith("/")) {
    const content = resolveFile(configuration.project, word)?.content;
    if (content?.kind === "text") contents.set(word, { text: content.text, patterns: undefined });
    return;
  }
  const reference = parseReference(word);
  if (!reference) return;
  const patterns = tableKeys(configuration, word).find((keys) => keys.kind === "patterns");
  const source = configuration.source(reference.name, word);
  const text = patterns?.text ?? (source.kind === "text" ? source.text : undefined);
  if (text !== undefined) contents.set(word, { text, patterns: patterns?.type });
}
