import type { Configuration } from "../config/configuration.ts";
import { compareLevels } from "../config/compatibilityLevel.ts";
import { matchList } from "../config/matchList.ts";
import type { Parameters } from "../config/parameters.ts";
import { restrictionList, type RestrictionList } from "../config/restrictionList.ts";
import type { AskTable, Table } from "../config/table.ts";
import { compareReleases } from "../postfix/release.ts";
import type { Stage } from "../postfix/stages.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import type { SubdomainStyle } from "./address/keys.ts";
import { networksOf, type NetworkMatch, type Networks } from "./networks.ts";
import { listReader, subdomainStyle } from "./readList.ts";
import { ehloKeywords } from "./extensions.ts";
import { badWordIn } from "./badWord.ts";
import { hasName } from "./hasName.ts";
import { withFooter } from "./footer.ts";
import { log } from "./refuse.ts";
import { replyCodes, type ReplyCodes } from "./replyCodes.ts";
import { proxyFilterOf, type ProxyFilter } from "./proxyFilter.ts";
import type { Run, Subject } from "./run.ts";
import type { Fatal } from "./fatal.ts";
import { exceedsStorage } from "./storage.ts";
import { stopsCleanup } from "./cleanupService.ts";
import { stopsRewriting } from "./rewriteService.ts";
import { fatalAtStart } from "./startup.ts";
import { openMaps } from "./openMaps.ts";

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
  /** Logs a permit when smtpd_log_access_permit_actions asks for it. */
  logPermit(run: Run, action: string, subject: Subject, suffix: string): void;
  /** Appends smtpd_reject_footer. */
  withFooter(line: string, run: Run): string;
  /** Whether smtpd_noop_commands names a command. */
  isNoop(command: string, ask: AskTable): boolean;
  /** Whether smtpd_forbidden_commands names what is no command. */
  isForbidden(word: string, ask: AskTable): boolean;
  /** Whether fast_flush_domains serves ETRN for a domain. */
  servesEtrn(domain: string, ask: AskTable): NetworkMatch;
}

/** The settings of a configuration. The same configuration gives the same object. */
export const settingsOf = derived((configuration: Configuration): Settings => {
  const { parameters } = configuration;
  const yes = (name: string): boolean => parameters.value(name).toLowerCase() === "yes";
  const permitActions = listReader(configuration)(parameters, "smtpd_log_access_permit_actions");
  const networks = networksOf(configuration);
  return {
    ...networks,
    fatal: fatalAtStart(configuration),
    codes: replyCodes(parameters),
    softBounce: yes("soft_bounce"),
    ...filters(configuration),
    ...connection(parameters),
    requiresTls: mustEncrypt(parameters),
    wrapperMode: yes("smtpd_tls_wrappermode"),
    asksClientCertificate: yes("smtpd_tls_ask_ccert") || yes("smtpd_tls_req_ccert"),
    requiresCertificate: mustEncrypt(parameters) && yes("smtpd_tls_req_ccert"),
    saslEnabled: yes("smtpd_sasl_auth_enable"),
    loginNeedsTls: yes("smtpd_tls_auth_only"),
    ...logging(parameters),
    strictEnvelope: yes("strict_rfc821_envelopes"),
    banner: parameters.value("smtpd_banner"),
    ...limits(parameters),
    ...extensions(parameters),
    ...services(configuration),
    verifySender: verifySender(parameters, networks.rewrite),
    myhostname: parameters.value("myhostname"),
    nullSenderKey: parameters.value("smtpd_null_access_lookup_key"),
    subdomains: subdomainStyle(configuration, parameters, "smtpd_access_maps"),
    delimiter: parameters.value("recipient_delimiter"),
    allowUntrustedRouting: yes("allow_untrusted_routing"),
    rejectUnlistedSender: yes("smtpd_reject_unlisted_sender"),
    rejectUnlistedRecipient: yes("smtpd_reject_unlisted_recipient"),
    showTableName: yes("show_user_unknown_table_name"),
    doubleBounceSender: parameters.value("double_bounce_sender"),
    tempfail: tempfails(parameters),
    unverifiedReason: unverifiedReasons(parameters),
    addressTypes: addressTypes(parameters.value("inet_protocols")),
    recipientLists: recipientLists(configuration),
    maps: mapReader(configuration),
    logPermit: (run, action, subject, suffix) => {
      if (run.deferIfPermit || !matchList(permitActions, [action], run.ask.domain).match) return;
      log(run, "permit", `action=${action} for ${subject.kind}=${subject.name}${suffix}`);
    },
    withFooter: (line, run) => withFooter(run, line, footerFor(run, line)),
    ...commandLists(configuration),
    servesEtrn: (domain, ask) => networks.matchFlushDomains(domain, ask),
  };
});

function commandLists(configuration: Configuration): Pick<Settings, "isNoop" | "isForbidden"> {
  const { parameters } = configuration;
  const doNothing = listReader(configuration)(parameters, "smtpd_noop_commands");
  const forbidden = listReader(configuration)(parameters, "smtpd_forbidden_commands");
  return {
    isNoop: (command, ask) => matchList(doNothing, [command], ask).match,
    isForbidden: (word, ask) => matchList(forbidden, [word], ask).match,
  };
}

type Filters = Pick<Settings, "commandFilter" | "proxyFilter" | "contentFilter" | "upstreamProxy">;

/** The command filter is one table: what looks like several is the name of one. See smtpd.c, pre_jail_init(). */
function filters(configuration: Configuration): Filters {
  const { parameters } = configuration;
  const reference = parameters.value("smtpd_command_filter");
  return {
    commandFilter: reference === "" ? undefined : configuration.table(reference),
    proxyFilter: proxyFilterOf(parameters),
    contentFilter: parameters.value("content_filter"),
    upstreamProxy: parameters.value("smtpd_upstream_proxy_protocol"),
  };
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
  if (parameters.value("smtpd_tls_wrappermode").toLowerCase() === "yes") return true;
  return level === "" ? parameters.value("smtpd_enforce_tls").toLowerCase() === "yes" : !/^(?:none|may)$/.test(level);
}

function limits(
  parameters: Parameters,
): Pick<
  Settings,
  "hardErrorLimit" | "junkLimit" | "recipientLimit" | "recipientRate" | "messageSizeLimit" | "exceedsStorage"
> {
  return {
    junkLimit: Number(parameters.value("smtpd_junk_command_limit")),
    hardErrorLimit: Number(parameters.value("smtpd_hard_error_limit")),
    recipientRate: Number(parameters.value("smtpd_client_recipient_rate_limit")),
    recipientLimit: Number(parameters.value("smtpd_recipient_limit")),
    messageSizeLimit: Number(parameters.value("message_size_limit")),
    exceedsStorage: exceedsStorage(parameters),
  };
}

type Services = Pick<Settings, "stopsRewriting" | "stopsCleanup" | "mapsAddresses" | "findsUnlisted">;

function services(configuration: Configuration): Services {
  const overrides = (name: string): boolean => hasName(configuration.parameters, "receive_override_options", name);
  return {
    stopsRewriting: stopsRewriting(configuration),
    stopsCleanup: stopsCleanup(configuration),
    mapsAddresses: !overrides("no_address_mappings"),
    findsUnlisted: !overrides("no_unknown_recipient_checks"),
  };
}

type Extensions = Pick<
  Settings,
  "verpFilter" | "usesUtf8" | "strictUtf8" | "autodetectFatal" | "knowsRequireTls" | "hiddenKeywords"
>;

function extensions(parameters: Parameters): Extensions {
  const yes = (name: string): boolean => parameters.value(name).toLowerCase() === "yes";
  return {
    verpFilter: parameters.value("verp_delimiter_filter"),
    usesUtf8: yes("smtputf8_enable"),
    strictUtf8: yes("strict_smtputf8"),
    autodetectFatal: badWordIn(parameters, ["smtputf8_autodetect_classes"]),
    knowsRequireTls: compareReleases(parameters.release, "3.11") >= 0 && yes("requiretls_enable"),
    hiddenKeywords: ehloKeywords(parameters.value("smtpd_discard_ehlo_keywords")),
  };
}

type Connection = Pick<
  Settings,
  "delayReject" | "heloRequired" | "forbidsPipelining" | "looksUpClientNames" | "delaysOpen"
>;

function connection(parameters: Parameters): Connection {
  const yes = (name: string): boolean => parameters.value(name).toLowerCase() === "yes";
  return {
    delayReject: yes("smtpd_delay_reject"),
    heloRequired: yes("smtpd_helo_required"),
    forbidsPipelining: yes("smtpd_forbid_unauth_pipelining"),
    looksUpClientNames: yes("smtpd_peername_lookup"),
    delaysOpen: yes("smtpd_delay_open_until_valid_rcpt"),
  };
}

function logging(parameters: Parameters): Pick<Settings, "quotesInLog" | "logsLogin" | "logFatal"> {
  return {
    quotesInLog: parameters.value("info_log_address_format").toLowerCase() !== "internal",
    logFatal: badWordIn(parameters, ["info_log_address_format"]),
    logsLogin: compareReleases(parameters.release, "3.10") >= 0,
  };
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

/** See smtpd_chat.c, vsmtpd_chat_reply(). */
function footerFor(run: Run, line: string): string {
  for (const table of run.settings.maps("smtpd_reject_footer_maps")) {
    const result = table.lookup(line, run.ask.action);
    if (result.kind === "error") break;
    if (result.kind === "found") return result.value;
  }
  return run.configuration.parameters.find("smtpd_reject_footer")?.text ?? "";
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
  const relayFirst = parameters.value("smtpd_relay_before_recipient_restrictions").toLowerCase() === "yes";
  return relayFirst ? [relay, recipient] : [recipient, relay];
}
