import { listWords, type ListWord } from "../config/listWord.ts";
import { contains, parseAddress, parseNetwork, type Network } from "../syntax/network.ts";
import { CLIENT_LISTS } from "./badNetwork.ts";
import { inComment } from "./comments.ts";
import type { Finding, Rule } from "./rule.ts";
import { settingsInForce } from "./writtenSettings.ts";

export const shadowedNetwork: Rule = {
  code: "shadowed-network",
  severity: "warning",
  summary: "A network in a list of clients has no effect, because an earlier one contains it",
  why: "A list of clients is read from left to right, and the first word that matches decides. An exception, `!192.0.2.7`, has to stand before the network that it is an exception from; behind it nobody asks it. See postconf(5), `mynetworks`, and match_list.c, match_list_match().",
  manual: "https://www.postfix.org/postconf.5.html#mynetworks",
  bad: `
mynetworks = 127.0.0.0/8, 192.0.2.0/24, !192.0.2.7, 127.0.0.1, 192.0.2.0/24
#                                       ^^^^^^^^^^ \`!192.0.2.7\` has no effect: \`192.0.2.0/24\` comes first and contains it
#                                                   ^^^^^^^^^ \`127.0.0.1\` has no effect: \`127.0.0.0/8\` comes first and contains it
#                                                              ^^^^^^^^^^^^ \`192.0.2.0/24\` has no effect: it stands earlier in this list
`,
  good: `
mynetworks = 127.0.0.0/8, !192.0.2.7, 192.0.2.0/24, [::1]/128
`,
  *check({ project }) {
    for (const { name, parameters } of settingsInForce(project)) {
      if (!CLIENT_LISTS.has(name)) continue;
      const words = listWords(parameters.expanded(name)).filter(({ at }) => !inComment(project, at));
      yield* inList(words.flatMap(networkIn));
    }
  },
};

interface NamedNetwork {
  readonly word: ListWord;
  readonly network: Network;
  readonly negated: boolean;
}

function networkIn(word: ListWord): readonly NamedNetwork[] {
  const text = word.text.replace(/^!+/, "");
  const negated = (word.text.length - text.length) % 2 === 1;
  const address = parseAddress(text.replace(/^\[(.*)\]$/, "$1"));
  const parsed = address ? undefined : parseNetwork(text);
  const whole = address && { address, length: address.family === 4 ? 32 : 128 };
  const network = whole ?? (parsed && !("error" in parsed) ? parsed.network : undefined);
  return network ? [{ word, network, negated }] : [];
}

function* inList(networks: readonly NamedNetwork[]): Generator<Finding> {
  for (const [index, { word, network, negated }] of networks.entries()) {
    const { at, via, text } = word;
    const by = networks.slice(0, index).find((earlier) => isWithin(network, earlier.network));
    if (!by || !at || via.length > 0) continue;
    const why =
      by.word.text === text ? "it stands earlier in this list" : `\`${by.word.text}\` comes first and contains it`;
    const message = `\`${text}\` has no effect: ${why}`;
    const related = by.word.at ? [{ at: by.word.at, message: "this comes first" }] : [];
    yield { at, message, related, unnecessary: true, ...(by.negated === negated && { severity: "hint" as const }) };
  }
}

function isWithin({ address, length }: Network, outer: Network): boolean {
  return outer.length <= length && outer.address.family === address.family && contains(outer, address);
}
