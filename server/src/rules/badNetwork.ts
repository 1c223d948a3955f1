import { listWords, type ListWord } from "../config/listWord.ts";
import { formatAddress, maskWords, parseAddress, parseNetwork } from "../syntax/network.ts";
import type { Project } from "../config/project.ts";
import type { Location } from "../text/location.ts";
import { slice } from "../text/span.ts";
import type { Finding, Fix, Rule, RuleContext } from "./rule.ts";
import { inComment } from "./comments.ts";
import { settingsInForce } from "./writtenSettings.ts";

export const badNetwork: Rule = {
  code: "bad-network",
  severity: "error",
  summary: "A network or address in a list of clients is not written as Postfix reads it",
  why:
    "In `network/prefix` the bits behind the prefix have to be zero. IPv6 addresses stand in brackets, for otherwise their colon makes a table of them. Postfix starts, logs a warning when it gets to the word, and then has no answer: a client that nothing before it in `mynetworks` matches is told `451 4.3.0 Temporary lookup failure` for every recipient. " +
    "A part of an address (`192.168.1`) is a host name to Postfix and matches no address; so is a word with `*`, quotes or a range, which nothing matches. See postconf(5), `mynetworks`, and match_ops.c, match_hostaddr().",
  manual: "https://www.postfix.org/postconf.5.html#mynetworks",
  bad: `
mynetworks = 127.0.0.1/8, ::1, 192.168.1
#            ^^^^^^^^^^^ \`127.0.0.1/8\` has bits of a host behind its prefix (write \`127.0.0.0/8\`): a client that nothing before it matches is told 451 4.3.0 Temporary lookup failure
#                         ^^^ \`::1\` is taken as a table (write \`[::1]\`): a client that nothing before it matches is told 451 4.3.0 Temporary lookup failure
#                              ^^^^^^^^^ \`192.168.1\` is taken as a host name and matches no address (write \`192.168.1.0/24\`)
smtpd_authorized_xclient_hosts = proxy.example.com/32
#                                ^^^^^^^^^^^^^^^^^^^^ \`proxy.example.com/32\` matches no client, for it is no address
smtpd_client_event_limit_exceptions = 10.0.0.*, "192.0.2.0/24", *.example.com
#                                     ^^^^^^^^ \`10.0.0.*\` matches no client, for there are no wildcards (write \`10.0.0.0/24\`)
#                                               ^^^^^^^^^^^^^^ \`"192.0.2.0/24"\` matches no client, for its \`"\` is taken as it is (write \`192.0.2.0/24\`)
#                                                               ^^^^^^^^^^^^^ \`*.example.com\` matches no client, for there are no wildcards
`,
  good: `
mynetworks = 127.0.0.0/8, [::1]/128, [2001:db8::]/32, 192.168.1.0/24, !10.0.0.1, mail.example.com, hash:/etc/postfix/clients
#- clients
203.0.113.8 x
`,
  *check(context) {
    for (const word of networkWords(context)) {
      const { at, text, list } = word;
      if (!at || inComment(context.project, at)) continue;
      const problem = problemOf(text.replace(/^!+/, ""), list);
      if (problem) yield finding(context, word, at, problem);
    }
  },
};

/** Lists that are matched with the name and the address of a client. See who calls namadr_list_init(). */
export const CLIENT_LISTS: ReadonlySet<string> = new Set([
  "debug_peer_list",
  "mynetworks",
  "permit_mx_backup_networks",
  "smtpd_authorized_verp_clients",
  "smtpd_authorized_xclient_hosts",
  "smtpd_authorized_xforward_hosts",
  "smtpd_client_event_limit_exceptions",
  "smtpd_sasl_exceptions_networks",
]);

type NetworkWord = ListWord & { readonly list: string };

function* networkWords({ project }: RuleContext): Generator<NetworkWord> {
  for (const { name, parameters } of settingsInForce(project)) {
    if (!CLIENT_LISTS.has(name)) continue;
    // What comes from another list is found there.
    for (const word of listWords(parameters.expanded(name))) {
      if (word.via.length === 0 || !CLIENT_LISTS.has(word.via.at(-1)?.name ?? "")) yield { ...word, list: name };
    }
  }
}

interface Problem {
  readonly what: string;
  readonly write?: string | undefined;
  readonly harmless?: true;
}

function problemOf(text: string, list: string): Problem | undefined {
  if (/^[0-9a-fA-F:]*:[0-9a-fA-F.:]*(?:\/\d+)?$/.test(text) && /:.*:/.test(text)) return withoutBrackets(text);
  if (/^\d{1,3}(?:\.\d{1,3}){0,2}\.?$/.test(text) && text.includes(".")) return partOfAddress(text);
  if (isOdd(text)) return oddWord(text);
  if (isNameWithPrefix(text)) return { what: "matches no client, for it is no address", harmless: true };
  if (!/^\[?[0-9a-fA-F.:]+\]?\/[0-9a-fA-F.:]*$/.test(text)) return undefined;
  return "error" in parseNetwork(text) ? networkProblem(text, list) : undefined;
}

/** Postfix compares `name/24` as it is with names, and does not take it for a network. See match_ops.c, match_hostaddr(). */
function isNameWithPrefix(text: string): boolean {
  return /^(?!\/|[a-z-]+:)[^/]*\/\d+$/.test(text) && /[^0-9a-fA-F.:[\]/]/.test(text);
}

/** Neither a file nor a table, and with a character that no name, address or network has. */
function isOdd(text: string): boolean {
  return !/^(?:\/|[a-z-]+:)/.test(text) && /[!-,;-@\\^`{-~]|^[\d.]+-[\d.]+$/.test(text);
}

function oddWord(text: string): Problem {
  const network = /^(\d{1,3}(?:\.\d{1,3}){0,2})(?:\.\*)+$/.exec(text)?.[1];
  if (text.includes("*")) {
    const write = network === undefined ? undefined : partOfAddress(network).write;
    return { what: "matches no client, for there are no wildcards", write, harmless: true };
  }
  if (/^[\d.]+-/.test(text)) return { what: "matches no client, for there are no ranges", harmless: true };
  const [character = ""] = /[^\w.:/[\]-]/.exec(text) ?? [];
  const bare = text.replace(/^["']+|["';]+$/g, "");
  const what = `matches no client, for its \`${character}\` is taken as it is`;
  return { what, write: isOdd(bare) ? undefined : bare, harmless: true };
}

function withoutBrackets(text: string): Problem {
  const [address = "", prefix] = text.split("/");
  return {
    what: "is taken as a table",
    write: correct(prefix === undefined ? `[${address}]` : `[${address}]/${prefix}`),
  };
}

function partOfAddress(text: string): Problem {
  const parts = text.replace(/\.$/, "").split(".");
  const network = [...parts, "0", "0", "0"].slice(0, 4).join(".");
  const write = parseAddress(network) && `${network}/${8 * parts.length}`;
  return { what: "is taken as a host name and matches no address", write, harmless: true };
}

function networkProblem(text: string, list: string): Problem {
  const write = correct(text);
  if (write !== undefined) return { what: "has bits of a host behind its prefix", write };
  const mask = /\/(255(?:\.\d{1,3}){3})$/.exec(text)?.[1];
  if (mask !== undefined)
    return { what: "has a mask where Postfix wants the length of a prefix", write: withLength(text, mask) };
  return { what: `is no network that \`${list}\` could have` };
}

/** The network that the address lies in. */
function correct(text: string): string | undefined {
  const [written = "", length] = text.split("/");
  const address = parseAddress(written.replace(/^\[(.*)\]$/, "$1"));
  if (!address) return undefined;
  if (length === undefined) return text;
  const bits = address.family === 4 ? 32 : 128;
  if (!/^\d+$/.test(length) || Number(length) > bits) return undefined;
  const network = formatAddress({ ...address, words: maskWords(address, Number(length)) });
  return address.family === 4 ? `${network}/${length}` : `[${network}]/${length}`;
}

/** `10.0.0.0/255.0.0.0` with the length of its mask. */
function withLength(text: string, mask: string): string | undefined {
  const bits = mask
    .split(".")
    .map((part) => Number(part).toString(2).padStart(8, "0"))
    .join("");
  if (!/^1*0*$/.test(bits)) return undefined;
  return correct(`${text.split("/")[0] ?? ""}/${bits.replaceAll("0", "").length}`);
}

function finding({ project }: RuleContext, word: NetworkWord, at: Location, problem: Problem): Finding {
  const { what, write, harmless } = problem;
  const bare = word.text.replace(/^!+/, "");
  const advice = write === undefined ? "" : ` (write \`${write}\`)`;
  const consequence = harmless ? "" : `: ${CONSEQUENCE[word.list] ?? "Postfix warns and cannot use the list"}`;
  const fix = write === undefined ? undefined : correction(project, word.text, at, word.text.replace(bare, write));
  return {
    at,
    message: `\`${bare}\` ${what}${advice}${consequence}`,
    ...(harmless && { severity: "warning" }),
    ...(fix && { fix }),
  };
}

/** Only a word that stands in the file as it is can be corrected there. */
function correction(project: Project, text: string, { file, span }: Location, newText: string): Fix | undefined {
  const content = project.files.get(file);
  if (content?.kind !== "text" || slice(content.text, span) !== text) return undefined;
  return { title: `Change to \`${newText}\``, edits: [{ file, edits: [{ span, newText }] }] };
}

const CONSEQUENCE: Readonly<Partial<Record<string, string>>> = {
  mynetworks: "a client that nothing before it matches is told 451 4.3.0 Temporary lookup failure",
};
