import type { Draft } from "./draft.ts";
import { FILTERS } from "./filters.ts";
import { domainsOf } from "./names.ts";
import { oneOf, type Row, type Write } from "./row.ts";
import { lookupTable } from "./tables.ts";

const YES_NO = oneOf("yes", "no", "no", "yes", "Yes");
const CODES = oneOf("450", "550", "554", "421", "521", "599", "451");
const TEMPFAIL = oneOf("defer", "defer_if_permit");

/** Domains of this message or of the usual ones, in a list or in a table. */
const domains: Write = (draft) => {
  const { dice, message } = draft;
  const pool = ["example.com", "relay.example.net", "virtual.test", "mbox.test", "other.test", ...domainsOf(message)];
  return dice.weigh<() => string>([
    [6, () => dice.some(pool, 1 + dice.below(2)).join(", ")],
    [1, () => `!${dice.pick(pool)}, example.com, test`],
    [1, () => `.${dice.pick(pool)}, localhost`],
    [1, () => "$myhostname, localhost.$mydomain, $mydomain"],
    [2, () => lookupTable(draft, { keys: [...pool, ".example.net", "test"], value: () => "x" })],
    [1, () => ""],
  ])();
};

const networks: Write = ({ dice }) =>
  dice
    .some(
      [
        "!203.0.113.77",
        "203.0.113.8",
        "203.0.113.0/24",
        "198.51.100.0/24",
        "127.0.0.0/8",
        "[2001:db8:1::]/48",
        "[::1]/128",
        "remote.test",
        ".remote.test",
        "inline:{203.0.113.8=x}",
        "cidr:{203.0.113.0/25 x}",
        "10.0.0.0/8",
        "203.0.113.8/24",
        "mail.remote.test",
      ],
      1 + dice.below(3),
    )
    .join(", ");

/** Addresses of this message or of the usual ones. */
const addresses: Write = (draft) => {
  const { message, dice } = draft;
  const full = [message.sender ?? "", ...(message.recipients ?? [])].filter((address) =>
    /^[\w.+-]+@[\w.-]+$/.test(address),
  );
  const keys = [
    "alice@example.com",
    "info@virtual.test",
    "box@mbox.test",
    "@virtual.test",
    "alice",
    "u@",
    "virtual.test",
    ...full,
  ];
  const value = (): string => dice.pick(["bob@example.com", "joe", "alice", "x@other.test"]);
  return dice.chance(12) ? "" : lookupTable(draft, { keys, value });
};

/** Where mail goes, and mail that goes nowhere. */
const transports: Write = (draft) => {
  const { dice, message } = draft;
  const keys = ["example.com", ".example.com", "other.test", "alice@example.com", "*", ...domainsOf(message)];
  const value = (): string =>
    dice.pick(["error:5.1.6 moved away", "error:gone", "retry:4.3.0 not now", "smtp:[mx.other.test]", ":", "local:"]);
  return lookupTable(draft, { keys, value });
};

const logins: Write = (draft) => {
  const { dice, message } = draft;
  const keys = ["joe@remote.test", "alice@example.com", "@remote.test", "@example.com", message.sender ?? "x@y.test"];
  return lookupTable(draft, {
    keys: keys.filter((key) => /@\w/.test(key)),
    value: () => dice.pick(["joe", "alice, joe", "ALICE", "bob@example.com"]),
  });
};

const DOMAINS: readonly Row[] = [
  ["mydestination", 75, ({ dice, ...draft }) => (dice.chance(60) ? "example.com" : domains({ dice, ...draft }))],
  ["relay_domains", 45, ({ dice, ...draft }) => (dice.chance(50) ? "relay.example.net" : domains({ dice, ...draft }))],
  [
    "virtual_alias_domains",
    14,
    ({ dice, ...draft }) => (dice.chance(70) ? "virtual.test" : domains({ dice, ...draft })),
  ],
  [
    "virtual_mailbox_domains",
    14,
    ({ dice, ...draft }) => (dice.chance(70) ? "mbox.test" : domains({ dice, ...draft })),
  ],
  ["virtual_alias_maps", 14, addresses],
  ["virtual_mailbox_maps", 12, addresses],
  ["relay_recipient_maps", 10, addresses],
  ["local_recipient_maps", 70, (draft) => (draft.dice.chance(65) ? "" : addresses(draft))],
  ["recipient_canonical_maps", 2, addresses],
  ["canonical_maps", 2, addresses],
  ["sender_canonical_maps", 2, addresses],
  ["transport_maps", 4, transports],
  ["relocated_maps", 2, addresses],
  ["proxy_interfaces", 2, oneOf("203.0.113.99", "[203.0.113.99]")],
];

const CODE_NAMES = [
  "access_map_reject_code",
  "access_map_defer_code",
  "reject_code",
  "defer_code",
  "relay_domains_reject_code",
  "unknown_client_reject_code",
  "unknown_hostname_reject_code",
  "unknown_address_reject_code",
  "invalid_hostname_reject_code",
  "non_fqdn_reject_code",
  "maps_rbl_reject_code",
  "multi_recipient_bounce_reject_code",
  "plaintext_reject_code",
  "unknown_local_recipient_reject_code",
  "unknown_relay_recipient_reject_code",
  "unknown_virtual_alias_reject_code",
  "unknown_virtual_mailbox_reject_code",
];

const ROWS: readonly Row[] = [
  ...FILTERS,
  ["myhostname", 85, () => "mx.example.com"],
  ["mydomain", 10, oneOf("example.com", "example.net")],
  ["myorigin", 5, oneOf("$mydomain", "example.com", "remote.test")],
  ["mynetworks", 60, networks],
  ["mynetworks_style", 3, oneOf("host", "subnet", "class")],
  ["inet_interfaces", 2, oneOf("all", "loopback-only", "127.0.0.1")],
  [
    "inet_protocols",
    3,
    ({ dice, message }) => (message.client_address.includes(":") ? "all" : dice.pick(["all", "ipv4"])),
  ],
  ...DOMAINS,
  ["smtpd_delay_reject", 22, oneOf("no", "no", "no", "yes")],
  ["smtpd_helo_required", 14, oneOf("yes", "yes", "no")],
  ["smtpd_relay_before_recipient_restrictions", 10, YES_NO],
  ["smtpd_reject_unlisted_recipient", 10, oneOf("no", "yes")],
  ["smtpd_reject_unlisted_sender", 8, oneOf("yes", "no")],
  ["soft_bounce", 6, oneOf("yes", "no")],
  ["smtpd_null_access_lookup_key", 3, oneOf("null@sender", "<>", "NULL")],
  ["show_user_unknown_table_name", 5, oneOf("no", "yes")],
  [
    "parent_domain_matches_subdomains",
    12,
    oneOf("", "mynetworks", "relay_domains", "smtpd_access_maps", "relay_domains, smtpd_access_maps"),
  ],
  ["recipient_delimiter", 18, oneOf("+", "-", "+-", "")],
  ["allow_untrusted_routing", 3, YES_NO],
  ["swap_bangpath", 2, YES_NO],
  ["allow_percent_hack", 2, YES_NO],
  ["append_at_myorigin", 1, YES_NO],
  ["append_dot_mydomain", 4, YES_NO],
  ["resolve_dequoted_address", 2, YES_NO],
  ["resolve_null_domain", 1, YES_NO],
  ["resolve_numeric_domain", 1, YES_NO],
  ["strict_rfc821_envelopes", 4, YES_NO],
  ["allow_min_user", 1, YES_NO],
  ["masquerade_domains", 2, oneOf("example.com", "!sub.remote.test, remote.test", "remote.test test")],
  ["masquerade_classes", 1, oneOf("envelope_recipient, envelope_sender", "")],
  ["masquerade_exceptions", 1, oneOf("root, joe", "fail:x")],
  ["sender_bcc_maps", 1, oneOf("inline:{{joe@remote.test=bob}}", "inline:{{joe.doe@remote.test=}}", "fail:x")],
  ["local_transport", 1, oneOf("error:no local mail", "local:$myhostname")],
  ["relay_transport", 1, oneOf("retry:later please", "error:5.1.2 no relay", "relay")],
  ["default_transport", 1, oneOf("error:5.4.4 nowhere", "smtp")],
  ["relayhost", 1, oneOf("[mx.other.test]", "other.test")],
  ["permit_mx_backup_networks", 6, oneOf("203.0.113.0/24", "10.0.0.0/8", "")],
  [
    "smtpd_log_access_permit_actions",
    6,
    oneOf("static:all", "OK, permit", "permit_mynetworks, relay", "permit, DISCARD"),
  ],
  ["unknown_helo_hostname_tempfail_action", 4, TEMPFAIL],
  ["unknown_address_tempfail_action", 4, TEMPFAIL],
  ["reject_tempfail_action", 3, TEMPFAIL],
  [
    "default_rbl_reply",
    5,
    oneOf(
      "$rbl_code $rbl_class [$rbl_what] listed${rbl_reason?; $rbl_reason}",
      "550 5.7.1 $rbl_domain says no to $client",
      "$rbl_code listed",
    ),
  ],
  [
    "rbl_reply_maps",
    3,
    oneOf(
      "inline:{{bl.test = $rbl_code 4.7.1 $rbl_class $rbl_what is in $rbl_domain}}",
      "inline:{{dbl.test=571 gone $sender $recipient}}",
    ),
  ],
  ["maps_rbl_domains", 4, oneOf("bl.test", "other.test, bl.test")],
  [
    "smtpd_reject_footer",
    6,
    oneOf(
      "\\c. See example.test",
      "Ask postmaster\\nof $server_name",
      "\\c ($client $helo_name $sender)",
      "5.7.1 code first",
      "from ${client_address} [$recipient]",
    ),
  ],
  ["smtpd_banner", 2, oneOf("$myhostname ESMTP ready", "$myhostname ESMTP")],
  ["smtpd_sender_login_maps", 18, logins],
  ["smtpd_policy_service_default_action", 2, oneOf("DUNNO", "450 4.3.0 policy down")],
  ["receive_override_options", 1, oneOf("no_milters", "no_header_body_checks, no_milters", "no_address_mappings")],
  ["smtpd_recipient_limit", 1, oneOf("1", "2")],
  ["smtpd_hard_error_limit", 1, oneOf("1", "2", "3")],
  ["message_size_limit", 1, oneOf("5000", "0")],
  ["smtpd_reject_footer_maps", 1, oneOf("static:{\\c (from a table)}", "inline:{{none = x}}")],
  ["smtpd_peername_lookup", 1, oneOf("no")],
  ["smtputf8_enable", 2, YES_NO],
  ["strict_smtputf8", 1, YES_NO],
  ["smtpd_enforce_tls", 1, YES_NO],
  ["smtpd_tls_security_level", 1, oneOf("none", "may", "encrypt")],
  ["smtpd_tls_auth_only", 1, YES_NO],
  ["smtpd_sasl_authenticated_header", 1, YES_NO],
  ["smtpd_expansion_filter", 1, oneOf("abcdefghijklmnopqrstuvwxyz.@", "\\t\\40")],
  ["empty_address_recipient", 1, oneOf("nobody")],
  ["unknown_client_reject_code", 1, oneOf("550")],
  ["double_bounce_sender", 1, oneOf("bouncer", "double-bounce")],
  ["fast_flush_domains", 3, oneOf("example.com", "$relay_domains", "")],
  ["disable_vrfy_command", 1, YES_NO],
  ["smtpd_discard_ehlo_keywords", 2, oneOf("dsn", "etrn", "smtputf8", "requiretls, auth", "silent-discard, dsn")],
  ["requiretls_enable", 1, YES_NO],
  ["smtpd_forbid_unauth_pipelining", 2, YES_NO],
  ["smtpd_authorized_verp_clients", 2, oneOf("$mynetworks", "203.0.113.0/24", "")],
  ["verp_delimiter_filter", 1, oneOf("-=+", "+=")],
  ["address_verify_sender", 1, oneOf("", "joe@remote.test", "$double_bounce_sender", "alice")],
  ["address_verify_sender_ttl", 1, oneOf("0s", "1h")],
  ["relocated_prefix_enable", 1, YES_NO],
  ["smtpd_tls_ask_ccert", 1, YES_NO],
  ["virtual_transport", 1, oneOf("error:5.1.1 nobody", "virtual", "lmtp:unix:x")],
  ["mail_name", 1, oneOf("Mail", "My Postfix")],
  ["smtpd_policy_service_policy_context", 1, oneOf("context")],
  ["proxy_read_maps", 2, oneOf("", "$local_recipient_maps", "proxy:hash:/etc/postfix/t1, proxy:hash:/etc/postfix/t2")],
  ["smtpd_forbidden_commands", 1, oneOf("CONNECT GET", "RCPT", "DATA, ETRN")],
  ["smtpd_noop_commands", 1, oneOf("RCPT", "ETRN")],
  ["smtpd_log_access_permit_actions", 1, oneOf("static:all")],
  [
    "local_header_rewrite_clients",
    2,
    oneOf(
      "",
      "static:all",
      "permit_mynetworks",
      "permit_mynetworks, check_address_map fail:x",
      "permit_inet_interfaces, hash:/etc/postfix/nowhere",
      "check_address_map inline:{203.0.113.8=}, permit_sasl_authenticated",
    ),
  ],
  ["remote_header_rewrite_domain", 1, oneOf("", "domain.invalid")],
  ["smtpd_sasl_exceptions_networks", 1, oneOf("203.0.113.0/24", "static:all", "!203.0.113.8, static:all")],
  ["smtpd_delay_open_until_valid_rcpt", 1, YES_NO],
  ["info_log_address_format", 1, oneOf("external", "internal")],
  ["virtual_alias_expansion_limit", 1, oneOf("1")],
  ["smtpd_junk_command_limit", 1, oneOf("0", "1")],
  ["smtpd_soft_error_limit", 1, oneOf("0", "1")],
  ["local_recipient_maps", 3, oneOf("proxy:unix:passwd.byname $alias_maps", "unix:passwd.byname")],
  ["dns_ncache_ttl_fix_enable", 1, YES_NO],
  ["smtpd_dns_reply_filter", 1, oneOf("regexp:{{/^mail\\.remote\\.test/ ignore}}")],
  ["sender_dependent_default_transport_maps", 1, oneOf("static:{error:5.4.4 no way}")],
  ["sender_dependent_relayhost_maps", 1, oneOf("static:[mx.other.test]")],
];

/** Writes everything in main.cf but the lists. */
export function writeSettings(draft: Draft): void {
  const { dice, parameters, message } = draft;
  const level = dice.weigh([[12, "3.6"], [3, "2"], [2, "1"], [2, "0"], [1, "3.7"], [1, "9999"], [2, ""]]); // prettier-ignore
  if (level !== "") parameters.set("compatibility_level", level);
  for (const [name, percent, write] of ROWS) {
    if (dice.chance(percent)) parameters.set(name, write(draft));
  }
  for (const name of CODE_NAMES) if (dice.chance(2)) parameters.set(name, CODES(draft));
  if (message.sasl_username != null && dice.chance(80)) parameters.set("smtpd_sasl_auth_enable", "yes");
}
