import { listsOf } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import { listWords, type ListWord } from "../config/listWord.ts";
import { withoutProxy } from "../config/proxiedTables.ts";
import { parseReference } from "../config/tables/reference.ts";
import { compareReleases } from "../postfix/release.ts";
import { insideBraces } from "../syntax/tokens.ts";
import { splitWords } from "../syntax/words.ts";
import type { Fatal } from "./fatal.ts";
import { asksProxymap, stopsProxymap } from "./proxymap.ts";

/** What smtpd opens when it starts, in its order. See smtpd_check.c, smtpd_check_init(). */
const MAP_PARAMETERS = [
  "local_recipient_maps",
  "sender_canonical_maps",
  "recipient_canonical_maps",
  "canonical_maps",
  "virtual_alias_maps",
  "virtual_mailbox_maps",
  "relay_recipient_maps",
  "rbl_reply_maps",
  "smtpd_sender_login_maps",
  "smtpd_reject_footer_maps",
];

/** The first table that smtpd dies of; tables that only do not work are no such thing. */
export function badTable(configuration: Configuration): Fatal | undefined {
  const { release } = configuration.project;
  const [toleratesBadNames, toleratesRefusal] = [
    compareReleases(release, "3.12") >= 0,
    compareReleases(release, "3.11") >= 0,
  ];
  for (const word of openedTables(configuration)) {
    const { text } = word;
    const broken = asksProxymap(text) ? stopsProxymap(configuration.project) : undefined;
    if (broken !== undefined) {
      const complaint = `table ${text}: proxymap, which is to open it, does not start because of ${broken}`;
      return { kind: "table", text: complaint, words: [word] };
    }
    if (!toleratesBadNames && !parseReference(text)) {
      return { kind: "table", text: `open dictionary: expecting "type:name" form instead of "${text}"`, words: [word] };
    }
    if (!toleratesRefusal && !configuration.isServed(text)) {
      return {
        kind: "table",
        text: `proxymap service is not configured for table "${withoutProxy(text)}"`,
        words: [word],
      };
    }
  }
  return undefined;
}

function* openedTables(configuration: Configuration): Iterable<ListWord> {
  for (const name of MAP_PARAMETERS) yield* listWords(configuration.parameters.expanded(name));
  for (const list of listsOf(configuration)) {
    for (const { word, meaning, argument } of list.items) {
      const isPolicy = meaning.kind === "restriction" && meaning.name === "check_policy_service";
      yield* tableIn(word);
      if (argument && !isPolicy) yield* tableIn(argument);
    }
  }
}

/**
 * Every word with a colon is opened, also where no table belongs, and so is the first word in braces.
 * See smtpd_check.c, smtpd_check_parse(); map_search.c, map_search_create().
 */
function* tableIn(word: ListWord): Iterable<ListWord> {
  const text = word.text.startsWith("{") ? (splitWords(insideBraces(word.text))[0]?.text ?? "") : word.text;
  if (text.includes(":")) yield { ...word, text };
}
