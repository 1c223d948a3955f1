import { listsOf } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import { listWords, placeOf, type ListWord } from "../config/listWord.ts";
import { insideBraces } from "../syntax/tokens.ts";
import { splitWords } from "../syntax/words.ts";
import { badSettingOf, type Fatal } from "./fatal.ts";
import { openingFailure, tableComplaint, type OpenedAtStart } from "./openedAtStart.ts";
import { subdomainStyleProblem } from "./readList.ts";

const PARENTS = "parent_domain_matches_subdomains";

/**
 * What smtpd opens when it starts. See smtpd.c, pre_jail_init(); smtpd_check.c, smtpd_check_init(); resolve_local.c,
 * resolve_local_init(); flush_clnt.c, flush_init().
 */
const OPENED: OpenedAtStart = {
  lists: [
    PARENTS,
    "mydestination",
    "smtpd_noop_commands",
    "smtpd_forbidden_commands",
    "smtpd_authorized_verp_clients",
    "smtpd_authorized_xclient_hosts",
    "smtpd_authorized_xforward_hosts",
    "smtpd_client_event_limit_exceptions",
    "smtpd_forbid_bare_newline_exclusions",
    "mynetworks",
    "relay_domains",
    "permit_mx_backup_networks",
    "smtpd_log_access_permit_actions",
    "debug_peer_list",
    "smtpd_sasl_exceptions_networks",
    "fast_flush_domains",
  ],
  maps: [
    "relay_clientcerts",
    "local_recipient_maps",
    "sender_canonical_maps",
    "recipient_canonical_maps",
    "canonical_maps",
    "virtual_alias_maps",
    "virtual_mailbox_maps",
    "relay_recipient_maps",
    "rbl_reply_maps",
    "smtpd_sender_login_maps",
    "smtpd_discard_ehlo_keyword_address_maps",
    "smtpd_milter_maps",
    "smtpd_dns_reply_filter",
    "smtpd_reject_footer_maps",
    "smtpd_reject_filter_maps",
  ],
};

/** The first table or list that smtpd dies of. */
export function badTable(configuration: Configuration): Fatal | undefined {
  const failure = openingFailure(configuration, configuration.parameters, OPENED);
  if (failure) return { kind: "table", text: failure.complaint, words: [failure.word] };
  const problem = subdomainStyleProblem(configuration, "mynetworks");
  if (problem !== undefined) return badSettingOf(PARENTS, `${PARENTS}: ${problem}`);
  for (const word of [...commandFilter(configuration), ...tablesInLists(configuration)]) {
    const text = tableComplaint(configuration, word.text);
    if (text !== undefined) return { kind: "table", text, words: [word] };
  }
  return undefined;
}

/** One table, also where there are spaces in its name. See smtpd.c, pre_jail_init(). */
function commandFilter({ parameters }: Configuration): readonly ListWord[] {
  const expansion = parameters.expanded("smtpd_command_filter");
  const { text } = expansion;
  return text === "" ? [] : [{ text, ...placeOf(expansion, 0, text.length) }];
}

function* tablesInLists(configuration: Configuration): Iterable<ListWord> {
  for (const list of listsOf(configuration)) {
    for (const { word, meaning, argument } of list.items) {
      const isPolicy = meaning.kind === "restriction" && meaning.name === "check_policy_service";
      yield* tableIn(word);
      if (argument && !isPolicy) yield* tableIn(argument);
    }
  }
  const rewriteClients = configuration.parameters.expanded("local_header_rewrite_clients");
  for (const word of listWords(rewriteClients)) yield* tableIn(word);
}

/**
 * Every word with a colon is opened, also where no table belongs, and so is the first word in braces.
 * See smtpd_check.c, smtpd_check_parse(); map_search.c, map_search_create().
 */
function* tableIn(word: ListWord): Iterable<ListWord> {
  const text = word.text.startsWith("{") ? (splitWords(insideBraces(word.text))[0]?.text ?? "") : word.text;
  if (text.includes(":")) yield { ...word, text };
}
