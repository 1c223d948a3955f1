import { listWords, type ListWord } from "../config/listWord.ts";
import { mainParameters } from "../config/mainParameters.ts";
import type { Location } from "../text/location.ts";
import { inComment } from "./comments.ts";
import type { Finding, Rule } from "./rule.ts";

export const domainInTwoLists: Rule = {
  code: "domain-in-two-lists",
  severity: "warning",
  summary: "A domain is listed for two kinds of delivery, of which one counts",
  why:
    "Each domain belongs to one address class. Postfix looks into `mydestination` first, then into `virtual_alias_domains`, `virtual_mailbox_domains` and `relay_domains`; the first list that has the domain decides how its mail is delivered and which table knows its users. " +
    "About the others it logs “do not list domain … in BOTH …”, for each address, unless `helpful_warnings` is `no`. " +
    "A domain may stand in `mydestination` and in `relay_domains`. See ADDRESS_CLASS_README and resolve.c, resolve_addr().",
  manual: "https://www.postfix.org/ADDRESS_CLASS_README.html",
  bad: `
mydomain = example.com
mydestination = localhost, $mydomain, mail.example.com
virtual_alias_domains = example.net
virtual_mailbox_domains = Example.com, example.net, example.org
#                         ^^^^^^^^^^^ \`Example.com\` has no effect here: \`mydestination\` has it, too, and comes first
#                                      ^^^^^^^^^^^ \`example.net\` has no effect here: \`virtual_alias_domains\` has it, too, and comes first
`,
  good: `
mydestination = localhost, mail.example.com
virtual_alias_domains = example.net
virtual_mailbox_domains = example.com, example.org
relay_domains = $mydestination, example.info
`,
  *check({ project }) {
    const parameters = mainParameters(project);
    const known = new Map<string, Listed>();
    for (const list of LISTS.filter((name) => parameters.written(name))) {
      const words = listWords(parameters.expanded(list));
      // What `!` takes out stands before or behind it: not worth the guess.
      if (words.some(({ text }) => text.startsWith("!"))) continue;
      for (const word of words.filter(({ text }) => !/[:/]/.test(text))) {
        const domain = word.text.toLowerCase();
        const first = known.get(domain);
        if (!first) known.set(domain, { list, word });
        const at = placeOf(word);
        if (first && at && !mayShare(first.list, list) && !inComment(project, at)) yield finding(word.text, at, first);
      }
    }
  },
};

/** In the order in which they count. */
const LISTS = ["mydestination", "virtual_alias_domains", "virtual_mailbox_domains", "relay_domains"] as const;

interface Listed {
  readonly list: (typeof LISTS)[number];
  readonly word: ListWord;
}

function mayShare(first: Listed["list"], second: Listed["list"]): boolean {
  return first === second || (first === "mydestination" && second === "relay_domains");
}

/** The word in the list itself: the domain, or the `$name` that brings it. */
function placeOf({ at, via }: ListWord): Location | undefined {
  const [first] = via;
  return first ? first.source.locate(first.start, first.end) : at;
}

function finding(domain: string, at: Location, { list, word }: Listed): Finding {
  const place = placeOf(word);
  const message = `\`${domain}\` has no effect here: \`${list}\` has it, too, and comes first`;
  return { at, message, ...(place && { related: [{ at: place, message: `listed in \`${list}\`` }] }) };
}
