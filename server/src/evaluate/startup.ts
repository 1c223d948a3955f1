import type { Configuration } from "../config/configuration.ts";
import { parseLevel } from "../config/compatibilityLevel.ts";
import type { Parameters } from "../config/parameters.ts";
import { CONFIG_DIRECTORY } from "../config/project.ts";
import type { RestrictionList } from "../config/restrictionList.ts";
import { parseAddress } from "../syntax/network.ts";
import { splitNames } from "../syntax/words.ts";
import { lineIndex, positionAt } from "../text/lineIndex.ts";
import { isValidHostname } from "./address/hostname.ts";
import { badParameter } from "./badParameter.ts";
import { badTable } from "./badTable.ts";
import { parsePolicyService } from "./checks/policyService.ts";
import type { Fatal } from "./fatal.ts";
import { canonical } from "./ownAddresses.ts";

/** The restrictions of which one has to stand in the relay or the recipient list. See smtpd_check_init(). */
export const REQUIRED = [
  "reject_unauth_destination",
  "defer_unauth_destination",
  "reject",
  "defer",
  "defer_if_permit",
  "check_relay_domains",
] as const;

/** The first thing that keeps the SMTP server from starting, in the order in which Postfix would meet it. */
export function fatalAtStart(configuration: Configuration): Fatal | undefined {
  return (
    malformedLine(configuration) ??
    badValue(configuration) ??
    badTable(configuration) ??
    badPolicyService(configuration) ??
    undefinedClass(configuration) ??
    endlessClass(configuration) ??
    nothingRequired(configuration) ??
    badTlsLevel(configuration.parameters) ??
    badTempfailAction(configuration.parameters)
  );
}

function badValue(configuration: Configuration): Fatal | undefined {
  const { parameters } = configuration;
  return (
    malformedLevel(parameters) ??
    badParameter(parameters) ??
    badHostname(parameters) ??
    badNetworksStyle(parameters) ??
    badRelayhost(parameters) ??
    badOrigin(parameters) ??
    foreignInterface(configuration) ??
    badVerpDelimiters(parameters)
  );
}

/** See dict.c, dict_load_fp(): every Postfix program reads main.cf first. */
function malformedLine({ project }: Configuration): Fatal | undefined {
  const node = project.mainCf?.nodes.find((candidate) => candidate.kind === "malformed");
  if (!project.mainCf || !node) return undefined;
  const line = positionAt(lineIndex(project.mainCf.text), node.span.start).line + 1;
  return plain(`${CONFIG_DIRECTORY}/main.cf, line ${line}: ${node.complaint}: "${node.line.text}"`);
}

function malformedLevel(parameters: Parameters): Fatal | undefined {
  const level = parameters.value("compatibility_level");
  return parseLevel(level) ? undefined : plain(`malformed compatibility level syntax: "${level}"`);
}

/** See mail_params.c, mail_params_init(). */
function badHostname(parameters: Parameters): Fatal | undefined {
  const bad = ["myhostname", "mydomain"].find(
    (name) => parameters.written(name) && !isValidHostname(parameters.value(name)),
  );
  if (bad === undefined) return undefined;
  return plain(`file ${CONFIG_DIRECTORY}/main.cf: parameter ${bad}: bad parameter value: ${parameters.value(bad)}`);
}

/** See mail_params.c, mail_params_init(). */
function badRelayhost(parameters: Parameters): Fatal | undefined {
  const name = parameters.value("myhostname");
  if (name.toLowerCase() !== parameters.value("relayhost").toLowerCase()) return undefined;
  return plain(`myhostname and relayhost parameter settings must not be identical: ${name}`);
}

function badOrigin(parameters: Parameters): Fatal | undefined {
  const origin = parameters.value("myorigin");
  if (!/[,\s]/.test(origin)) return undefined;
  return plain(`myorigin parameter setting must not contain multiple values: ${origin}`);
}

/**
 * An address that is none of this machine's. Only where the machine is known: a directory may be a copy.
 * See own_inet_addr.c, own_inet_addr_init().
 */
function foreignInterface({ parameters, project }: Configuration): Fatal | undefined {
  const setting = parameters.value("inet_interfaces");
  if (!project.closed || setting === "all" || setting === "loopback-only") return undefined;
  const own = project.machine.interfaces.map((entry) => canonical(entry.split("/")[0] ?? ""));
  const foreign = splitNames(setting)
    .map(({ text }) => canonical(text))
    .find((address) => parseAddress(address) && !own.includes(address));
  return foreign === undefined
    ? undefined
    : plain(`parameter inet_interfaces: no local interface found for ${foreign}`);
}

/** See verp_sender.c, verp_delims_verify(). */
function badVerpDelimiters(parameters: Parameters): Fatal | undefined {
  const [delimiters, filter] = [parameters.value("default_verp_delimiters"), parameters.value("verp_delimiter_filter")];
  const wrong = ["first", "second"].find((_, at) => !filter.includes(delimiters[at] ?? "-"));
  const complaint =
    delimiters.length === 2 ? wrong && `bad ${wrong} VERP delimiter character` : "bad VERP delimiter character count";
  if (complaint === undefined) return undefined;
  const where = `file ${CONFIG_DIRECTORY}/main.cf: parameters default_verp_delimiters and verp_delimiter_filter`;
  return plain(`${where}: ${complaint}`);
}

/** Only needed when nobody wrote mynetworks. See mynetworks.c, mynetworks(). */
function badNetworksStyle(parameters: Parameters): Fatal | undefined {
  if (parameters.written("mynetworks")) return undefined;
  const style = parameters.value("mynetworks_style");
  const bad = splitNames(style).find(({ text }) => !/^(?:class|subnet|host)$/i.test(text));
  return bad && plain(`unknown mynetworks mask style value "${bad.text}" in "${style}"`);
}

/** See smtpd.c, pre_jail_init(); tls_level.c, tls_level_table. */
function badTlsLevel(parameters: Parameters): Fatal | undefined {
  const level = parameters.value("smtpd_tls_security_level");
  if (level === "" || parameters.value("smtpd_tls_wrappermode").toLowerCase() === "yes") return undefined;
  const isKnown = /^(?:none|may|encrypt|verify|secure|fingerprint)$/i.test(level);
  return isKnown ? undefined : plain(`Invalid TLS level "${level}"`);
}

/** See smtpd_check.c, smtpd_check_init(), tempfail_actions. */
function badTempfailAction(parameters: Parameters): Fatal | undefined {
  for (const asked of ["unknown_helo_hostname", "unknown_address", "unverified_recipient", "unverified_sender"]) {
    const name = `${asked}_tempfail_action`;
    const value = parameters.value(name);
    if (!/^(?:defer|defer_if_permit)$/i.test(value)) return plain(`bad configuration: ${name} = ${value}`);
  }
  return undefined;
}

/** See smtpd_check.c, policy_client_register(): the word behind check_policy_service is opened as a service. */
function badPolicyService({ lists, classes }: Configuration): Fatal | undefined {
  for (const list of [...Object.values(lists), ...[...classes.values()].flatMap(({ list }) => list ?? [])]) {
    // Word by word, arguments included: what stands behind the name is opened wherever the name stands.
    const words = list.items.flatMap(({ word, argument }) => (argument ? [word, argument] : [word]));
    for (const [at, word] of words.entries()) {
      if (words[at - 1]?.text.toLowerCase() !== "check_policy_service") continue;
      const service = parsePolicyService(word.text);
      if ("fatal" in service) return { text: service.fatal, words: [word] };
    }
  }
  return undefined;
}

/** See smtpd_check.c, smtpd_check_init(). */
function undefinedClass({ classes }: Configuration): Fatal | undefined {
  for (const { name, declared, list } of classes.values()) {
    if (!list) return { text: `restriction class \`${name}' needs a definition`, words: [declared] };
  }
  return undefined;
}

/**
 * A class that contains itself and that the search for a required restriction comes to: smtpd dies of it, so this is in
 * our own words. See smtpd_check.c, has_required().
 */
function endlessClass({ lists, classes }: Configuration): Fatal | undefined {
  const classOf = (name: string): RestrictionList | undefined => classes.get(name)?.list;
  if (search(wordsOf(lists.recipient), classOf, []) === "found") return undefined;
  for (const list of [lists.recipient, lists.relay]) {
    const result = search(wordsOf(list), classOf, []);
    if (result === "found" || result === "not found") continue;
    const words = classes.get(result.endless)?.declared;
    const text = `restriction class \`${result.endless}' contains itself: smtpd is killed by signal 11`;
    return { text, words: words ? [words] : [] };
  }
  return undefined;
}

/** See smtpd_check.c, has_required() and fail_required(). */
function nothingRequired({ lists, classes }: Configuration): Fatal | undefined {
  const classOf = (name: string): RestrictionList | undefined => classes.get(name)?.list;
  if ([lists.recipient, lists.relay].some((list) => search(wordsOf(list), classOf, []) === "found")) return undefined;
  const names = `${REQUIRED.slice(0, -1).join(", ")} or ${REQUIRED.at(-1) ?? ""}`;
  return plain(
    `in parameter smtpd_relay_restrictions or smtpd_recipient_restrictions, specify at least one working instance of: ${names}`,
  );
}

type Search = "found" | "not found" | { readonly endless: string };

/**
 * Whether a list refuses something by itself, as Postfix finds out without evaluating it: word by word, arguments
 * included, classes searched, tables not; what stands behind `warn_if_reject` is left out, `permit` ends the search.
 */
function search(
  words: readonly string[],
  classOf: (name: string) => RestrictionList | undefined,
  above: readonly string[],
): Search {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const name = word.toLowerCase();
    if (name === "permit") return "not found";
    if ((REQUIRED as readonly string[]).includes(name)) return "found";
    if (name === "warn_if_reject") {
      at += 1;
      continue;
    }
    const list = classOf(word);
    if (list && above.includes(word)) return { endless: word };
    const inside = list ? search(wordsOf(list), classOf, [...above, word]) : "not found";
    if (inside !== "not found") return inside;
  }
  return "not found";
}

function wordsOf(list: RestrictionList): readonly string[] {
  return list.items.flatMap(({ word, argument }) => (argument ? [word.text, argument.text] : [word.text]));
}

function plain(text: string): Fatal {
  return { text, words: [] };
}
