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
    for (const word of wordsIn(value)) {
      const content = contents.has(word) ? undefined : contentOf(configuration, word);
      if (content) contents.set(word, content);
    }
  }
  return contents;
});

/** The words of a value, and those within braces. */
function wordsIn(value: string): readonly string[] {
  return splitWords(value).flatMap(({ text }) => {
    const word = text.replace(/^!/, "");
    return word.startsWith("{") ? wordsIn(word.slice(1, -1)) : [word];
  });
}

function contentOf(configuration: Configuration, word: string): Content | undefined {
  if (!word.startsWith("/")) return parseReference(word) && tableContent(configuration, word);
  const content = resolveFile(configuration.project, word)?.content;
  return content?.kind === "text" ? { text: content.text, patterns: undefined } : undefined;
}

function tableContent(configuration: Configuration, word: string): Content | undefined {
  const keys = tableKeys(configuration, word);
  const patterns = keys.find((one) => one.kind === "patterns");
  if (patterns) return { text: patterns.text, patterns: patterns.type };
  const source = configuration.source(parseReference(word)?.name ?? "", word);
  if (source.kind === "text") return { text: source.text, patterns: undefined };
  const text = keys.flatMap((one) => (one.kind === "keys" ? [...one.keys] : [])).join("\n");
  return text === "" ? undefined : { text, patterns: undefined };
}
