import type { Configuration } from "../config/configuration.ts";
import { listWords } from "../config/listWord.ts";
import { splitNames } from "../syntax/words.ts";
import { inComment } from "./comments.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";

export const wideRelayDomain: Rule = {
  code: "wide-relay-domain",
  severity: "error",
  summary: "relay_domains names a top-level domain, or every domain",
  why:
    "`reject_unauth_destination` lets through what is for a domain of this server, and `relay_domains` says which these are. `static:` answers for every domain. " +
    "A top-level domain stands for all domains below it, with a dot in front or, while `parent_domain_matches_subdomains` has `relay_domains` (the default), without. See postconf(5), `relay_domains`; domain_list.c and match_list.c.",
  manual: "https://www.postfix.org/postconf.5.html#relay_domains",
  bad: `
relay_domains = example.com, com, static:all
#                            ^^^ \`com\` stands for all domains below it: anybody may send mail to them through this server
#                                 ^^^^^^^^^^ \`static:all\` stands for every domain: anybody may send mail to them through this server
`,
  good: `
relay_domains = example.com, example.co.uk, intranet
`,
  check: (context) => perService(context, find),
};

/** Domains in which anybody can register a name. */
const TOP_LEVEL = /^\.?(?:com|net|org|info|biz|[a-z]{2})$/i;

function* find({ parameters, project }: Configuration): Generator<Finding> {
  if (!parameters.written("relay_domains")) return;
  const withSubdomains = splitNames(parameters.value("parent_domain_matches_subdomains"));
  const isParent = withSubdomains.some(({ text }) => text === "relay_domains");
  for (const { text, at } of listWords(parameters.expanded("relay_domains"))) {
    const isWide = TOP_LEVEL.test(text) && (isParent || text.startsWith("."));
    if (!at || !(isWide || text.startsWith("static:")) || inComment(project, at)) continue;
    const which = isWide ? "all domains below it" : "every domain";
    yield { at, message: `\`${text}\` stands for ${which}: anybody may send mail to them through this server` };
  }
}
