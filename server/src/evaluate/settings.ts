import type { Configuration } from "../config/configuration.ts";
import { compareLevels } from "../config/compatibilityLevel.ts";
import { matchList } from "../config/matchList.ts";
import type { Parameters } from "../config/parameters.ts";
import { restrictionList, type RestrictionList } from "../config/restrictionList.ts";
import type { AskTable, Table } from "../config/table.ts";
import { compareReleases, type Release } from "../postfix/release.ts";
import type { Stage } from "../postfix/stages.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import type { SubdomainStyle } from "./address/keys.ts";
import { networksOf, type Networks } from "./networks.ts";
import { listReader, subdomainStyle } from "./readList.ts";
import { ehloKeywords } from "./extensions.ts";
import { badWordIn } from "./badWord.ts";
import { hasName } from "./hasName.ts";
import { replyCodes, type ReplyCodes } from "./replyCodes.ts";
import { proxyFilterOf, type ProxyFilter } from "./proxyFilter.ts";
import type { Fatal } from "./fatal.ts";
import { exceedsStorage } from "./storage.ts";
import { stopsCleanup } from "./cleanupService.ts";
import { stopsRewriting } from "./rewriteService.ts";
import { fatalAtStart } from "./startup.ts";
import { openMaps } from "./openMaps.ts";
import { isYes } from "../config/isYes.ts";

type Tempfail = "unknownHelo" | "unknownAddress" | "unverifiedSender" | "unverifiedRecipient";

/** What the checks read of a configuration, worked out once. */
export interface Settings extends Networks {
  readonly fatal: Fatal | undefined;
  readonly codes: ReplyCodes;
  readonly softBounce: boolean;
  /** smtpd_command_filter */
  readonly commandFilter: Table | undefined;
  /** smtpd_proxy_filter */
  readonly proxyFilter: ProxyFilter | undefined;
  /** content_filter; empty: there is none. */
  readonly contentFilter: string;
  readonly delayReject: boolean;
  readonly heloRequired: boolean;
  readonly forbidsPipelining: boolean;
  readonly requiresTls: boolean;
  /** Whether TLS begins with the connection: smtpd_tls_wrappermode. */
  readonly wrapperMode: boolean;
  /** smtpd_upstream_proxy_protocol: the name of the client comes from a proxy in front. */
  readonly upstreamProxy: string;
  readonly asksClientCertificate: boolean;
  /** Whether nobody gets further without a certificate that a trusted authority has signed. */
  readonly requiresCertificate: boolean;
  readonly saslEnabled: boolean;
  /** info_log_address_format: whether the log quotes a local part that needs it. */
  readonly quotesInLog: boolean;
  /** Whether what is logged about a decision names the login: since 3.10. See smtpd_check.c, log_whatsup(). */
  readonly logsLogin: boolean;
  /** smtpd_tls_auth_only */
  readonly loginNeedsTls: boolean;
  readonly strictEnvelope: boolean;
  readonly banner: string;
  /** smtpd_junk_command_limit */
  readonly junkLimit: number;
  /** smtpd_delay_open_until_valid_rcpt: the queue file waits for a recipient. */
  readonly delaysOpen: boolean;
  /** smtpd_hard_error_limit, smtpd_recipient_limit, message_size_limit. */
  readonly hardErrorLimit: number;
  readonly recipientLimit: number;
  /** smtpd_client_recipient_rate_limit; 0: none. */
  readonly recipientRate: number;
  readonly messageSizeLimit: number;
  /** The parameter that asks for more room than there can be. */
  readonly exceedsStorage: string | undefined;
  readonly verpFilter: string;
  /** smtputf8_enable: what is no ASCII may be shown as it is. */
  readonly usesUtf8: boolean;
  /** Whether the release has smtpd_reject_filter_maps. */
  readonly filtersReplies: boolean;
  /** Whether the release reads on behind the end of a text: see overRead.ts. */
  readonly readsOn: boolean;
  /** Whether the release has REQUIRETLS, and requiretls_enable allows it. */
  readonly knowsRequireTls: boolean;
  /** smtpd_discard_ehlo_keywords */
  readonly hiddenKeywords: ReadonlySet<string>;
  readonly strictUtf8: boolean;
  /** What smtpd dies of when it opens a message: smtputf8_autodetect_classes. See smtputf8.c, smtputf8_autodetect(). */
  readonly autodetectFatal: Fatal | undefined;
  /** What smtpd dies of when it is to write an address to the log. */
  readonly logFatal: Fatal | undefined;
  readonly looksUpClientNames: boolean;
  /** The parameter that keeps the service from starting that completes and resolves addresses. */
  readonly stopsRewriting: string | undefined;
  /** The parameter that keeps the service from starting that takes the message. */
  readonly stopsCleanup: string | undefined;
  /** Whether the maps that rewrite the envelope are asked: receive_override_options. */
  readonly mapsAddresses: boolean;
  /** Whether unlisted recipients and senders are looked for: receive_override_options. */
  readonly findsUnlisted: boolean;
  /** The sender of address probes; empty: the null sender. */
  readonly verifySender: string;
  readonly myhostname: string;
  readonly nullSenderKey: string;
  readonly subdomains: SubdomainStyle;
  readonly delimiter: string;
  readonly allowUntrustedRouting: boolean;
  readonly rejectUnlistedSender: boolean;
  readonly rejectUnlistedRecipient: boolean;
  readonly showTableName: boolean;
  readonly doubleBounceSender: string;
  /** Whether a failed look-up defers at once or waits for the verdict. */
  readonly tempfail: Readonly<Record<Tempfail, "now" | "later">>;
  /** What the client is told in place of the reason why an address did not verify; empty: the reason. */
  readonly unverifiedReason: Readonly<Record<"sender" | "recipient", string>>;
  /** The records that lead to the addresses of a host: inet_protocols. */
  readonly addressTypes: readonly ("A" | "AAAA")[];
  /** The relay and recipient lists in the order in which they are asked. */
  readonly recipientLists: readonly { readonly stage: Stage; readonly list: RestrictionList }[];
  /** The tables that a parameter such as `virtual_alias_maps` names. */
  maps(parameter: string): readonly Table[];
  /** smtpd_reject_footer */
  readonly rejectFooter: string;
  /** Whether smtpd_log_access_permit_actions names an action or a restriction. */
  logsPermit(name: string, ask: AskTable): boolean;
  /** Whether smtpd_noop_commands names a command. */
  isNoop(command: string, ask: AskTable): boolean;
  /** Whether smtpd_forbidden_commands names what is no command. */
  isForbidden(word: string, ask: AskTable): boolean;
}

type Reader<Value> = (configuration: Configuration) => Value;

const value =
  (name: string): Reader<string> =>
  ({ parameters }) =>
    parameters.value(name);
const yes =
  (name: string): Reader<boolean> =>
  ({ parameters }) =>
    isYes(parameters, name);
const number =
  (name: string): Reader<number> =>
  ({ parameters }) =>
    Number(parameters.value(name));
/** Whether the release is this one or newer. */
const since =
  (release: Release): Reader<boolean> =>
  ({ parameters }) =>
    compareReleases(parameters.release, release) >= 0;
const lacks =
  (override: string): Reader<boolean> =>
  ({ parameters }) =>
    !hasName(parameters, "receive_override_options", override);
/** Whether a list of words holds one. */
const holds =
  (name: string): Reader<(word: string, ask: AskTable) => boolean> =>
  (configuration) => {
    const list = listReader(configuration)(configuration.parameters, name);
    return (word, ask) => matchList(list, [word], ask).match;
  };

const networks = derived(networksOf);

/** Where each setting comes from. */
const READERS: { readonly [Name in keyof Settings]: Reader<Settings[Name]> } = {
  fatal: fatalAtStart,
  codes: ({ parameters }) => replyCodes(parameters),
  softBounce: yes("soft_bounce"),
  commandFilter,
  proxyFilter: ({ parameters }) => proxyFilterOf(parameters),
  contentFilter: value("content_filter"),
  delayReject: yes("smtpd_delay_reject"),
  heloRequired: yes("smtpd_helo_required"),
  forbidsPipelining: yes("smtpd_forbid_unauth_pipelining"),
  requiresTls: ({ parameters }) => mustEncrypt(parameters),
  wrapperMode: yes("smtpd_tls_wrappermode"),
  upstreamProxy: value("smtpd_upstream_proxy_protocol"),
  asksClientCertificate: ({ parameters }) =>
    isYes(parameters, "smtpd_tls_ask_ccert") || isYes(parameters, "smtpd_tls_req_ccert"),
  requiresCertificate: ({ parameters }) => mustEncrypt(parameters) && isYes(parameters, "smtpd_tls_req_ccert"),
  saslEnabled: yes("smtpd_sasl_auth_enable"),
  quotesInLog: ({ parameters }) => parameters.value("info_log_address_format").toLowerCase() !== "internal",
  logFatal: ({ parameters }) => badWordIn(parameters, ["info_log_address_format"]),
  logsLogin: since("3.10"),
  loginNeedsTls: yes("smtpd_tls_auth_only"),
  strictEnvelope: yes("strict_rfc821_envelopes"),
  banner: value("smtpd_banner"),
  junkLimit: number("smtpd_junk_command_limit"),
  delaysOpen: yes("smtpd_delay_open_until_valid_rcpt"),
  hardErrorLimit: number("smtpd_hard_error_limit"),
  recipientLimit: number("smtpd_recipient_limit"),
  recipientRate: number("smtpd_client_recipient_rate_limit"),
  messageSizeLimit: number("message_size_limit"),
  exceedsStorage: ({ parameters }) => exceedsStorage(parameters),
  verpFilter: value("verp_delimiter_filter"),
  usesUtf8: yes("smtputf8_enable"),
  filtersReplies: since("3.11"),
  readsOn: ({ parameters }) => compareReleases(parameters.release, "3.8") < 0,
  knowsRequireTls: ({ parameters }) =>
    compareReleases(parameters.release, "3.11") >= 0 && isYes(parameters, "requiretls_enable"),
  hiddenKeywords: ({ parameters }) => ehloKeywords(parameters.value("smtpd_discard_ehlo_keywords")),
  strictUtf8: yes("strict_smtputf8"),
  autodetectFatal: ({ parameters }) => badWordIn(parameters, ["smtputf8_autodetect_classes"]),
  looksUpClientNames: yes("smtpd_peername_lookup"),
  stopsRewriting,
  stopsCleanup,
  mapsAddresses: lacks("no_address_mappings"),
  findsUnlisted: lacks("no_unknown_recipient_checks"),
  verifySender: (configuration) => verifySender(configuration.parameters, networks(configuration).rewrite),
  myhostname: value("myhostname"),
  nullSenderKey: value("smtpd_null_access_lookup_key"),
  subdomains: (configuration) => subdomainStyle(configuration, configuration.parameters, "smtpd_access_maps"),
  delimiter: value("recipient_delimiter"),
  allowUntrustedRouting: yes("allow_untrusted_routing"),
  rejectUnlistedSender: yes("smtpd_reject_unlisted_sender"),
  rejectUnlistedRecipient: yes("smtpd_reject_unlisted_recipient"),
  showTableName: yes("show_user_unknown_table_name"),
  doubleBounceSender: value("double_bounce_sender"),
  tempfail: ({ parameters }) => tempfails(parameters),
  unverifiedReason: ({ parameters }) => unverifiedReasons(parameters),
  addressTypes: ({ parameters }) => addressTypes(parameters.value("inet_protocols")),
  recipientLists,
  maps: mapReader,
  rejectFooter: ({ parameters }) => parameters.find("smtpd_reject_footer")?.text ?? "",
  logsPermit: holds("smtpd_log_access_permit_actions"),
  isNoop: holds("smtpd_noop_commands"),
  isForbidden: holds("smtpd_forbidden_commands"),
  matchMynetworks: (configuration) => networks(configuration).matchMynetworks,
  matchRelayDomains: (configuration) => networks(configuration).matchRelayDomains,
  matchFlushDomains: (configuration) => networks(configuration).matchFlushDomains,
  matchClients: (configuration) => networks(configuration).matchClients,
  isOwnAddress: (configuration) => networks(configuration).isOwnAddress,
  endsHere: (configuration) => networks(configuration).endsHere,
  isLocalDomain: (configuration) => networks(configuration).isLocalDomain,
  rewrite: (configuration) => networks(configuration).rewrite,
  resolveSettings: (configuration) => networks(configuration).resolveSettings,
};

/**
 * The settings of a configuration. The same configuration gives the same object. A copy of the table has the shape that all
 * copies have; what is spread together of several parts would get a shape of its own, which V8 reads slowly.
 */
export const settingsOf = derived((configuration: Configuration): Settings => {
  const settings: Record<string, unknown> = { ...READERS };
  for (const [name, read] of Object.entries(READERS)) settings[name] = read(configuration);
  return settings as unknown as Settings;
});

/** The command filter is one table: what looks like several is the name of one. See smtpd.c, pre_jail_init(). */
function commandFilter(configuration: Configuration): Table | undefined {
  const reference = configuration.parameters.value("smtpd_command_filter");
  return reference === "" ? undefined : configuration.table(reference);
}

function mapReader(configuration: Configuration): Settings["maps"] {
  const known = new Map<string, readonly Table[]>();
  return (parameter) => {
    let tables = known.get(parameter);
    if (!tables) {
      tables = openMaps(configuration, configuration.parameters.value(parameter));
      known.set(parameter, tables);
    }
    return tables;
  };
}

/** smtpd_tls_security_level wins over smtpd_enforce_tls. See smtpd.c, pre_jail_init(). */
function mustEncrypt(parameters: Parameters): boolean {
  const level = parameters.value("smtpd_tls_security_level").toLowerCase();
  if (isYes(parameters, "smtpd_tls_wrappermode")) return true;
  return level === "" ? isYes(parameters, "smtpd_enforce_tls") : !/^(?:none|may)$/.test(level);
}

function tempfails(parameters: Parameters): Settings["tempfail"] {
  const when = (name: string): "now" | "later" => (parameters.value(name) === "defer_if_permit" ? "later" : "now");
  return {
    unknownHelo: when("unknown_helo_hostname_tempfail_action"),
    unknownAddress: when("unknown_address_tempfail_action"),
    unverifiedSender: when("unverified_sender_tempfail_action"),
    unverifiedRecipient: when("unverified_recipient_tempfail_action"),
  };
}

function unverifiedReasons(parameters: Parameters): Settings["unverifiedReason"] {
  return {
    sender: parameters.value("unverified_sender_reject_reason"),
    recipient: parameters.value("unverified_recipient_reject_reason"),
  };
}

/** See inet_proto.c, inet_proto_init(). */
function addressTypes(protocols: string): Settings["addressTypes"] {
  const names = splitWords(protocols).map(({ text }) => text.toLowerCase());
  if (names.includes("all")) return ["A", "AAAA"];
  return names.includes("ipv4") ? (names.includes("ipv6") ? ["A", "AAAA"] : ["A"]) : ["AAAA"];
}

/** address_verify_sender in its complete form; one that changes with time is nobody's to know. */
function verifySender(parameters: Parameters, rewrite: (address: string) => string): string {
  const address = parameters.value("address_verify_sender");
  const changes = !/^0[smhdw]?$/.test(parameters.value("address_verify_sender_ttl"));
  if (address === "" || address === "<>" || changes) return "";
  return rewrite(address);
}

/** What a relay list that nobody wrote is below compatibility level 1: it never refuses. See FAKE_RELAY_CHECKS. */
const COMPATIBLE_RELAY_LIST = "permit_mynetworks permit_sasl_authenticated permit_auth_destination";

/** See smtpd_check.c, smtpd_check_rcpt(). */
function recipientLists({ parameters, lists }: Configuration): Settings["recipientLists"] {
  const recipient = { stage: "recipient", list: lists.recipient } as const;
  const level = parameters.value("compatibility_level");
  const below1 = (compareLevels(level, "1") ?? 0) < 0;
  if (below1 && !parameters.written("smtpd_relay_restrictions")) {
    const words = splitWords(COMPATIBLE_RELAY_LIST).map(({ text }) => ({ text, at: undefined, via: [] }));
    const list = restrictionList("smtpd_relay_restrictions", words, () => false);
    return [recipient, { stage: "relay", list }];
  }
  const relay = { stage: "relay", list: lists.relay } as const;
  const relayFirst = isYes(parameters, "smtpd_relay_before_recipient_restrictions");
  return relayFirst ? [relay, recipient] : [recipient, relay];
}
