import { listWords, type ListWord } from "../config/listWord.ts";
import type { Parameters } from "../config/parameters.ts";
import { inComment } from "./comments.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Rule, RuleContext } from "./rule.ts";
import { settingsInForce } from "./writtenSettings.ts";

export const badDomain: Rule = {
  code: "bad-domain",
  severity: "warning",
  summary: "A word in a list of domains matches no domain",
  why:
    "The words of `mydestination`, `relay_domains` and the lists of virtual domains are compared with the domain of an address as they are: there are no wildcards and no quotes, and the domain has no `@` and no final dot. " +
    "`.example.com` stands for subdomains only in `relay_domains` and `fast_flush_domains`, and only where `parent_domain_matches_subdomains` does not name the list; where it does, as by default, `example.com` stands for them, too. " +
    "Postfix says nothing about it; mail for the domain is refused as relaying. See postconf(5) and match_ops.c, match_string() and match_hostname().",
  manual: "https://www.postfix.org/postconf.5.html#mydestination",
  bad: `
mydestination = localhost, @example.com, .example.net
#                          ^^^^^^^^^^^^ \`@example.com\` matches no domain (write \`example.com\`)
#                                        ^^^^^^^^^^^^ \`.example.net\` matches no domain: subdomains have to be named
relay_domains = *.example.org, .example.com
#               ^^^^^^^^^^^^^ \`*.example.org\` matches no domain (write \`example.org\`, which stands for its subdomains, too)
#                              ^^^^^^^^^^^^ \`.example.com\` matches no domain (write \`example.com\`, which stands for its subdomains, too)
virtual_mailbox_domains = "example.info"
#                         ^^^^^^^^^^^^^^ \`"example.info"\` matches no domain (write \`example.info\`)
`,
  good: `
mydestination = localhost, example.com, $myhostname
relay_domains = example.org, !mail.example.org, hash:/etc/postfix/relay
virtual_mailbox_domains = example.info, /etc/postfix/domains
`,
  *check(context) {
    for (const { name, parameters } of settingsInForce(context.project)) {
      if (Object.hasOwn(DOMAIN_LISTS, name)) yield* inSetting(context, name, parameters);
    }
  },
};

/** Whether a list may match subdomains. See who calls string_list_init() and domain_list_init(). */
const DOMAIN_LISTS: Readonly<Record<string, "subdomains" | "exact">> = {
  mydestination: "exact",
  relay_domains: "subdomains",
  virtual_alias_domains: "exact",
  virtual_mailbox_domains: "exact",
  fast_flush_domains: "subdomains",
};

function* inSetting({ project }: RuleContext, name: string, parameters: Parameters): Generator<Finding> {
  const subdomains = subdomainsOf(name, parameters);
  for (const { text, at, via } of listWords(parameters.expanded(name))) {
    // What comes from another parameter is right or wrong there.
    if (!at || via.length > 0 || inComment(project, at)) continue;
    const bare = text.replace(/^!+/, "");
    const problem = problemOf(bare, subdomains);
    if (!problem) continue;
    const { advice, write } = problem;
    const fix =
      write === undefined ? undefined : replaceText(project, at, text, { instead: text.replace(bare, write) });
    yield { at, message: `\`${bare}\` matches no domain${advice}`, ...(fix && { fix }) };
  }
}

type Subdomains = "by parent" | "by dot" | "none";

/** See match_parent_style.c. */
function subdomainsOf(name: string, parameters: Parameters): Subdomains {
  if (DOMAIN_LISTS[name] === "exact") return "none";
  const parents = listWords(parameters.expanded("parent_domain_matches_subdomains"));
  return parents.some(({ text }: ListWord) => text === name) ? "by parent" : "by dot";
}

interface Problem {
  readonly advice: string;
  readonly write?: string;
}

function problemOf(word: string, subdomains: Subdomains): Problem | undefined {
  if (/^(?:\/|[a-z-]+:)/.test(word)) return undefined;
  const [, below, domain] = /^(\*?\.)(?=[^.])(.*)$/.exec(word) ?? [];
  if (below !== undefined && domain !== undefined && isPlain(domain)) return withDot(below, domain, subdomains);
  if (isPlain(word)) return /.\.$/.test(word) ? advised(word.slice(0, -1)) : undefined;
  const meant = word.replace(/^["'@]+|["';]+$/g, "");
  return isPlain(meant) ? advised(meant) : { advice: "" };
}

function isPlain(word: string): boolean {
  return word !== "" && !/[!-,;-@\\^`{-~]/.test(word);
}

function advised(write: string): Problem {
  return { advice: ` (write \`${write}\`)`, write };
}

function withDot(below: string, domain: string, subdomains: Subdomains): Problem | undefined {
  if (subdomains === "none") return { advice: ": subdomains have to be named" };
  if (subdomains === "by dot") return below === "." ? undefined : advised(`.${domain}`);
  return { advice: ` (write \`${domain}\`, which stands for its subdomains, too)`, write: domain };
}
