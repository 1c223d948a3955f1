import type { Configuration } from "../config/configuration.ts";
import { listWords } from "../config/listWord.ts";
import type { ListItem } from "../config/restrictionList.ts";
import { dnsListNamed, type DnsListFact } from "../postfix/dnsLists.ts";
import { restriction } from "../postfix/restrictions.ts";
import type { Location } from "../text/location.ts";
import { eachItem, type ItemProblem } from "./items.ts";
import { perService } from "./perService.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Fix, Rule, RuleContext } from "./rule.ts";
import { settingsInForce } from "./writtenSettings.ts";

export const dnsList: Rule = {
  code: "dns-list",
  severity: "warning",
  summary: "A DNS list has ended, or its error answers count as a listing",
  why:
    "Some DNS lists answer with a special address to those who may not ask: Spamhaus with `127.255.255.254` to queries that come through a public resolver. Without `=d.d.d.d` behind the domain any answer counts as listed, so `reject_rbl_client` then refuses all mail, `permit_dnswl_client` lets everybody in, and postscreen adds the weight of the list to the score of every client. A list of domains may answer the same to each question about an address. " +
    "Lists that have ended are asked in vain, and some of them list every address in the end. See postconf(5), reject_rbl_client; the sources are in server/src/postfix/dnsLists.ts.",
  manual: "https://www.postfix.org/postconf.5.html#reject_rbl_client",
  bad: `
smtpd_recipient_restrictions =
    reject_unauth_destination
    reject_rbl_client zen.spamhaus.org
#                     ^^^^^^^^^^^^^^^^ \`zen.spamhaus.org\` answers 127.255.255.254 to queries through a public resolver, and without \`=127.0.0.[2..11]\` that counts as listed: all mail is refused
    permit_dnswl_client list.dnswl.org
#                       ^^^^^^^^^^^^^^ \`list.dnswl.org\` answers 127.0.0.255 to those who ask too often, and without \`=127.0.[0..255].[1..3]\` that counts as listed: everybody is permitted
    reject_rbl_client dbl.spamhaus.org
#                     ^^^^^^^^^^^^^^^^ \`dbl.spamhaus.org\` lists domains, not addresses, and answers 127.0.1.255 to all of these: all mail is refused
    reject_rbl_client dnsbl.sorbs.net
#                     ^^^^^^^^^^^^^^^ \`dnsbl.sorbs.net\` ended on 2024-06-05: it is asked in vain
    reject_rbl_client relays.ordb.org
#                     ^^^^^^^^^^^^^^^ \`relays.ordb.org\` ended on 2006-12-18 and has listed every address since: all mail may be refused
postscreen_dnsbl_sites = zen.spamhaus.org*3
#                        ^^^^^^^^^^^^^^^^^^ \`zen.spamhaus.org\` answers 127.255.255.254 to queries through a public resolver, and without \`=127.0.0.[2..11]\` that counts as listed: every client gets its weight
`,
  good: `
smtpd_recipient_restrictions =
    reject_unauth_destination
    permit_dnswl_client list.dnswl.org=127.0.[0..255].[1..3]
    reject_rbl_client zen.spamhaus.org=127.0.0.[2..11]
    reject_rhsbl_sender dbl.spamhaus.org=127.0.1.[2..99]
    reject_rbl_client bl.example.org
postscreen_dnsbl_sites = zen.spamhaus.org=127.0.0.[2..11]*3, list.dnswl.org=127.0.[0..255].[1..3]*-2
`,
  *check(context) {
    yield* perService(context, (configuration) => eachItem(configuration, (item) => problemOf(configuration, item)));
    yield* ofPostscreen(context);
  },
};

function* ofPostscreen({ project }: RuleContext): Generator<Finding> {
  for (const { name, parameters } of settingsInForce(project)) {
    if (name !== "postscreen_dnsbl_sites") continue;
    for (const { text, at } of listWords(parameters.expanded(name))) {
      const said = problemOfSite(text);
      const fix =
        at && said?.instead !== undefined ? replaceText(project, at, text, { instead: said.instead }) : undefined;
      if (at && said) yield { at, message: said.message, ...(fix && { fix }) };
    }
  }
}

/** `domain=filter*weight`. See postscreen_dnsbl.c, psc_dnsbl_init(). */
function problemOfSite(site: string): { readonly message: string; readonly instead: string | undefined } | undefined {
  const [, domain = "", filter, weight = ""] = /^([^=*]*)(=[^*]*)?(\*.*)?$/.exec(site) ?? [];
  const said = complaint(domain, { use: "scores", asks: "address", isFiltered: filter !== undefined });
  if (!said) return undefined;
  const instead = said.filter === undefined ? undefined : `${domain}=${said.filter}${weight}`;
  return { message: `\`${domain}\` ${said.message}`, instead };
}

function* problemOf({ project }: Configuration, { meaning, argument }: ListItem): Generator<ItemProblem> {
  const asked = meaning.kind === "restriction" ? restriction(meaning.name) : undefined;
  if (!asked?.argument.endsWith("dns-list") || !argument) return;
  const { text } = argument;
  const [domain = ""] = text.split("=", 1);
  const said = complaint(domain, {
    use: asked.can.includes("OK") ? "permits" : "refuses",
    asks: meaning.kind === "restriction" && meaning.name.includes("_rh") ? "name" : "address",
    isFiltered: text !== domain,
  });
  if (!said) return;
  const { filter, message } = said;
  const fix = (at: Location): Fix | undefined =>
    filter === undefined ? undefined : replaceText(project, at, text, { instead: `${text}=${filter}` });
  yield { words: [argument], message: `\`${domain}\` ${message}`, fix };
}

interface Complaint {
  readonly message: string;
  /** What has to stand behind the domain. */
  readonly filter?: string;
}

function complaint(
  domain: string,
  { use, asks, isFiltered }: { readonly use: Use; readonly asks: "address" | "name"; readonly isFiltered: boolean },
): Complaint | undefined {
  const fact = dnsListNamed(domain);
  if (fact?.ended) return { message: endOf(fact.ended, use) };
  if (fact?.toAddresses !== undefined && asks === "address") {
    const message = `lists domains, not addresses, and answers ${fact.toAddresses} to all of these`;
    return { message: isFiltered ? message : `${message}: ${EFFECTS[use]}` };
  }
  if (!fact?.errors || isFiltered) return undefined;
  const { answers, filter } = fact.errors;
  const counts = `without \`=${filter}\` that counts as listed`;
  return { message: `answers ${answers}, and ${counts}: ${EFFECTS[use]}`, filter };
}

const EFFECTS = {
  permits: "everybody is permitted",
  refuses: "all mail is refused",
  scores: "every client gets its weight",
} as const;

/** What an answer of the list leads to. */
type Use = keyof typeof EFFECTS;

const POSSIBLE_EFFECTS: Readonly<Record<Use, string>> = {
  permits: "everybody may be permitted",
  refuses: "all mail may be refused",
  scores: "every client may get its weight",
};

function endOf({ since, listsAll }: NonNullable<DnsListFact["ended"]>, use: Use): string {
  if (!listsAll) return `ended ${onDay(since)}: it is asked in vain`;
  return `ended ${onDay(since)} and has listed every address since: ${POSSIBLE_EFFECTS[use]}`;
}

function onDay(date: string): string {
  return date.length === 10 ? `on ${date}` : `in ${date}`;
}
