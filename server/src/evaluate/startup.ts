import { listsOf } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import { plainConfiguration } from "../config/configurations.ts";
import { parseLevel } from "../config/compatibilityLevel.ts";
import { mainParameters } from "../config/mainParameters.ts";
import type { Parameters } from "../config/parameters.ts";
import { CONFIG_DIRECTORY } from "../config/project.ts";
import type { RestrictionList } from "../config/restrictionList.ts";
import { isReadByAll, MASTER_PARAMETERS } from "../postfix/loadOrder.ts";
import { compareReleases } from "../postfix/release.ts";
import { lineIndex, positionAt } from "../text/lineIndex.ts";
import { isValidHostname } from "./address/hostname.ts";
import { badParameter, unreadable } from "./badParameter.ts";
import { badWordIn } from "./badWord.ts";
import { badSetting } from "./badSetting.ts";
import { badTable } from "./badTable.ts";
import { isDisabled } from "./masterService.ts";
import { parsePolicyService } from "./checks/policyService.ts";
import { badSettingOf, type Fatal } from "./fatal.ts";
import { isYes } from "../config/isYes.ts";

/** The restrictions of which one has to stand in the relay or the recipient list. See smtpd_check_init(). */
export const REQUIRED = [
  "reject_unauth_destination",
  "defer_unauth_destination",
  "reject",
  "defer",
  "defer_if_permit",
  "check_relay_domains",
] as const;

/** The first thing that keeps the SMTP server from starting. */
export function fatalAtStart(configuration: Configuration): Fatal | undefined {
  return fatalsAtStart(configuration).next().value ?? undefined;
}

/** What keeps the SMTP server from starting, the first thing of each kind, in the order in which Postfix would meet it. */
export function* fatalsAtStart(configuration: Configuration): Generator<Fatal, undefined> {
  const { parameters } = configuration;
  yield* maybe(malformedLine(configuration));
  for (const check of CHECKS_OF_VALUES) yield* maybe(check(parameters));
  for (const check of CHECKS_OF_CONFIGURATION) yield* maybe(check(configuration));
  yield* maybe(badOwnWord(parameters));
  if (configuration.service.overrides.length > 0) yield* maybe(badForMaster(plainConfiguration(configuration.project)));
}

/**
 * What every program dies of, found where master finds it: it knows main.cf, but not the `-o` of the SMTP server, and
 * without it no server starts. See mail_params.c, mail_params_init().
 */
function badForMaster(main: Configuration): Fatal | undefined {
  const { parameters } = main;
  for (const name of [...parameters.writtenNames()].filter(isReadByAll)) {
    const text = unreadable(parameters, name);
    if (text !== undefined) return badSettingOf(name, text);
  }
  return malformedLevel(parameters) ?? badHostname(parameters) ?? badSharedWord(parameters) ?? badSetting(main);
}

const CHECKS_OF_VALUES = [malformedLevel, badParameter, badHostname, badSharedWord];

const CHECKS_OF_CONFIGURATION = [
  disabled,
  badSetting,
  badMasterSetting,
  badTable,
  badPolicyService,
  undefinedClass,
  endlessClass,
  nothingRequired,
];

function* maybe(fatal: Fatal | undefined): Generator<Fatal> {
  if (fatal) yield fatal;
}

/** See dict.c, dict_load_fp(): every Postfix program reads main.cf first. */
function malformedLine({ project }: Configuration): Fatal | undefined {
  const node = project.mainCf?.nodes.find((candidate) => candidate.kind === "malformed");
  if (!project.mainCf || !node) return undefined;
  const line = positionAt(lineIndex(project.mainCf.text), node.span.start).line + 1;
  const text = `${CONFIG_DIRECTORY}/main.cf, line ${line}: ${node.complaint}: "${node.line.text}"`;
  return { kind: "line", text, words: [] };
}

function malformedLevel(parameters: Parameters): Fatal | undefined {
  const level = parameters.value("compatibility_level");
  // It was an integer before. See mail_params.c of 3.5, mail_params_init(), and mail_conf_int.c.
  if (compareReleases(parameters.release, "3.6") < 0 && !/^\s*[-+]?\d+$/.test(level)) {
    return badSettingOf("compatibility_level", `bad numerical configuration: compatibility_level = ${level}`);
  }
  if (parseLevel(level)) return undefined;
  return badSettingOf("compatibility_level", `malformed compatibility level syntax: "${level}"`);
}

function disabled({ project, service: { name, entry } }: Configuration): Fatal | undefined {
  if (!isDisabled(project, name, entry?.columns[1]?.text ?? "inet")) return undefined;
  const text = `master_service_disable turns off the service ${name}`;
  return { kind: "disabled", text, words: [], parameter: "master_service_disable" };
}

function badMasterSetting({ project }: Configuration): Fatal | undefined {
  const parameters = mainParameters(project);
  for (const name of MASTER_PARAMETERS) {
    const text = unreadable(parameters, name);
    if (text !== undefined) return badSettingOf(name, text);
  }
  return undefined;
}

/** See mail_params.c, mail_params_init(). */
function badHostname(parameters: Parameters): Fatal | undefined {
  const bad = ["myhostname", "mydomain"].find(
    (name) => parameters.written(name) && !isValidHostname(parameters.value(name)),
  );
  if (bad === undefined) return undefined;
  const value = parameters.value(bad);
  return badSettingOf(bad, `file ${CONFIG_DIRECTORY}/main.cf: parameter ${bad}: bad parameter value: ${value}`);
}

/** What every program reads; the style only when nobody wrote mynetworks. See mail_params.c, mail_params_init(). */
function badSharedWord(parameters: Parameters): Fatal | undefined {
  const style = parameters.written("mynetworks") ? [] : ["mynetworks_style"];
  return badWordIn(parameters, ["syslog_facility", "inet_protocols", ...style, "non_bdb_migration_level"]);
}

/** See smtpd.c, pre_jail_init() and post_jail_init(); smtpd_check.c, smtpd_check_init(). */
function badOwnWord(parameters: Parameters): Fatal | undefined {
  const wrapped = isYes(parameters, "smtpd_tls_wrappermode");
  const unread = new Set([
    ...(wrapped ? ["smtpd_tls_security_level"] : []),
    ...(parameters.value("smtpd_proxy_filter") === "" ? ["smtpd_proxy_options"] : []),
  ]);
  return badWordIn(
    parameters,
    OWN_WORDS.filter((name) => !unread.has(name)),
  );
}

const OWN_WORDS: readonly string[] = [
  "smtpd_forbid_bare_newline",
  "smtpd_tls_security_level",
  "unknown_helo_hostname_tempfail_action",
  "unknown_address_tempfail_action",
  "unverified_recipient_tempfail_action",
  "unverified_sender_tempfail_action",
  "receive_override_options",
  "header_from_format",
  "smtpd_proxy_options",
  "smtpd_upstream_proxy_protocol",
];

/** See smtpd_check.c, policy_client_register(): the word behind check_policy_service is opened as a service. */
function badPolicyService(configuration: Configuration): Fatal | undefined {
  for (const list of listsOf(configuration)) {
    // Word by word, arguments included: what stands behind the name is opened wherever the name stands.
    const words = list.items.flatMap(({ word, argument }) => (argument ? [word, argument] : [word]));
    for (const [at, word] of words.entries()) {
      if (words[at - 1]?.text.toLowerCase() !== "check_policy_service") continue;
      const service = parsePolicyService(word.text);
      if ("fatal" in service) return { kind: "policy service", text: service.fatal, words: [word] };
    }
  }
  return undefined;
}

/** See smtpd_check.c, smtpd_check_init(). */
function undefinedClass({ classes }: Configuration): Fatal | undefined {
  for (const { name, declared, list } of classes.values()) {
    if (list) continue;
    return { kind: "class", text: `restriction class \`${name}' needs a definition`, words: [declared] };
  }
  return undefined;
}

/**
 * A class that contains itself and that the search for a required restriction comes to: smtpd dies of it, so this is in
 * our own words. See smtpd_check.c, has_required().
 */
function endlessClass({ lists, classes }: Configuration): Fatal | undefined {
  const classOf = (name: string): RestrictionList | undefined => classes.get(name)?.list;
  if (search(wordsOf(lists.recipient), classOf) === "found") return undefined;
  for (const list of [lists.recipient, lists.relay]) {
    const result = search(wordsOf(list), classOf);
    if (result === "found" || result === "not found") continue;
    const words = classes.get(result.endless)?.declared;
    const text = `restriction class \`${result.endless}' contains itself: smtpd is killed by signal 11`;
    return { kind: "endless class", text, words: words ? [words] : [] };
  }
  return undefined;
}

/** See smtpd_check.c, has_required() and fail_required(). */
function nothingRequired({ lists, classes }: Configuration): Fatal | undefined {
  const classOf = (name: string): RestrictionList | undefined => classes.get(name)?.list;
  if ([lists.recipient, lists.relay].some((list) => search(wordsOf(list), classOf) === "found")) return undefined;
  const names = `${REQUIRED.slice(0, -1).join(", ")} or ${REQUIRED.at(-1) ?? ""}`;
  const text = `in parameter smtpd_relay_restrictions or smtpd_recipient_restrictions, specify at least one working instance of: ${names}`;
  return { kind: "nothing required", text, words: [] };
}

type Search = "found" | "not found" | { readonly endless: string };

/**
 * Whether a list refuses something by itself, as Postfix finds out without evaluating it: word by word, arguments
 * included, classes searched, tables not; what stands behind `warn_if_reject` is left out, `permit` ends the search.
 */
function search(
  words: readonly string[],
  classOf: (name: string) => RestrictionList | undefined,
  seen: Seen = new Map<string, "open" | "done">(),
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
    const inside = searchClass(word, classOf, seen);
    if (inside !== "not found") return inside;
  }
  return "not found";
}

/** The classes that are being searched, and those in which nothing was found. */
type Seen = Map<string, "open" | "done">;

function searchClass(name: string, classOf: (name: string) => RestrictionList | undefined, seen: Seen): Search {
  const list = classOf(name);
  if (!list || seen.get(name) === "done") return "not found";
  if (seen.get(name) === "open") return { endless: name };
  seen.set(name, "open");
  const inside = search(wordsOf(list), classOf, seen);
  seen.set(name, "done");
  return inside;
}

function wordsOf(list: RestrictionList): readonly string[] {
  return list.items.flatMap(({ word, argument }) => (argument ? [word.text, argument.text] : [word.text]));
}
