/** The words that a parameter takes, those left out that only old configurations have. */
export interface Enumeration {
  /** one: a single word. several: any of them, with commas between. */
  readonly takes: "one" | "several";
  readonly words: readonly string[];
}

const one = (...words: readonly string[]): Enumeration => ({ takes: "one", words });
const several = (...words: readonly string[]): Enumeration => ({ takes: "several", words });

/** inet_proto.c, proto_table[]. */
const PROTOCOLS = several("all", "ipv4", "ipv6");
/** tls_level.c, tls_level_table[]; the SMTP server takes no level above `encrypt`: smtpd.c, pre_jail_init(). */
const CLIENT_TLS = one("none", "may", "encrypt", "dane", "dane-only", "fingerprint", "verify", "secure");
const SERVER_TLS = one("none", "may", "encrypt");
/** tls_misc.c, tls_cipher_grade_table[]; `low` and `export` mean `medium` today. */
const CIPHERS = one("medium", "high", "null");
/** postscreen.c, actions[] in post_jail_init(). */
const POSTSCREEN = one("ignore", "enforce", "drop");
/** smtpd_check.c, tempfail_actions[]. */
const TEMPFAIL = one("defer_if_permit", "defer");
/** mbox_conf.c, mbox_mask[]. */
const LOCKS = several("fcntl", "dotlock", "flock");
/** local.c, file_mask[] and command_mask[]. */
const DELIVER_FROM = several("alias", "forward", "include");
/** ehlo_mask.c, ehlo_mask_table[]. */
const EHLO = several(
  ...["8bitmime", "auth", "chunking", "dsn", "enhancedstatuscodes", "etrn", "pipelining", "silent-discard", "size"],
  ...["smtputf8", "starttls", "verp", "vrfy", "xclient", "xforward"],
);
/** xsasl_cyrus_security.c, xsasl_cyrus_sec_mask[]; xsasl_dovecot_server.c, xsasl_dovecot_conf_sec_props[]. */
const SASL_SECURITY = several(
  ...["noplaintext", "noactive", "nodictionary", "noanonymous", "forward_secrecy", "mutual_auth"],
);
/** smtpd.c, bare_lf_mask_table[]. */
const BARE_NEWLINE = one("normalize", "yes", "note", "reject", "no");
/** mail_error.c, mail_error_masks[]. */
const NOTIFY = several("bounce", "2bounce", "data", "delay", "policy", "protocol", "resource", "software");
/** smtp.c, lookup_masks[]. */
const HOST_LOOKUP = several("dns", "native");
/** cleanup_init.c, canon_class_table[] and masq_class_table[]. */
const ADDRESSES = several("envelope_sender", "envelope_recipient", "header_sender", "header_recipient");
/** tls_misc.c, protocol_table[]; tls_protocol_mask() also takes `>=`, `<=` and `!`. */
const TLS_VERSIONS = several(
  ">=TLSv1",
  ">=TLSv1.2",
  ">=TLSv1.3",
  "<=TLSv1.3",
  "!SSLv2",
  "!SSLv3",
  "!TLSv1",
  "!TLSv1.1",
);
/** milter8.c, milter8_def_reply() and milter8_conf_error(). */
const MILTER_ACTION = one("accept", "reject", "tempfail", "quarantine", "shutdown");
/** smtp.c, dns_res_opt_masks[]. */
const RESOLVER = several("res_defnames", "res_dnsrch");

/** For the LMTP client the same as for the SMTP client. */
const CLIENT: Readonly<Record<string, Enumeration>> = {
  address_preference: one("any", "ipv4", "ipv6"), // smtp.c, addr_pref_map[]
  discard_ehlo_keywords: EHLO,
  discard_lhlo_keywords: EHLO,
  dns_resolver_options: RESOLVER,
  dns_support_level: one("disabled", "enabled", "dnssec"), // smtp.c, dns_support[]
  host_lookup: HOST_LOOKUP,
  pix_workarounds: several("disable_esmtp", "delay_dotcrlf"), // smtp_proto.c, pix_bug_table[]
  sasl_security_options: SASL_SECURITY,
  sasl_tls_security_options: SASL_SECURITY,
  sasl_tls_verified_security_options: SASL_SECURITY,
  sasl_type: one("cyrus"),
  tls_ciphers: CIPHERS,
  tls_mandatory_ciphers: CIPHERS,
  tls_mandatory_protocols: TLS_VERSIONS,
  tls_protocols: TLS_VERSIONS,
  tls_security_level: CLIENT_TLS,
};

/** The parameters whose values are words of a list that Postfix knows. Words are not case-sensitive unless noted. */
export const ENUMERATIONS: ReadonlyMap<string, Enumeration> = new Map(
  Object.entries({
    ...Object.fromEntries(Object.entries(CLIENT).map(([name, words]) => [`smtp_${name}`, words])),
    ...Object.fromEntries(Object.entries(CLIENT).map(([name, words]) => [`lmtp_${name}`, words])),
    allow_mail_to_commands: DELIVER_FROM,
    allow_mail_to_files: DELIVER_FROM,
    canonical_classes: ADDRESSES,
    header_from_format: one("standard", "obsolete"), // hfrom_format.c, hfrom_format_table[]
    inet_interfaces: one("all", "loopback-only"), // or addresses: own_inet_addr.c, own_inet_addr_init()
    inet_protocols: PROTOCOLS,
    info_log_address_format: one("external", "internal"), // info_log_addr_form.c
    internal_mail_filter_classes: several("notify", "bounce"), // int_filt.c; other sources are taken and mean nothing
    mailbox_delivery_lock: LOCKS,
    masquerade_classes: ADDRESSES,
    milter_default_action: MILTER_ACTION,
    mynetworks_style: one("host", "subnet", "class"), // mynetworks.c, mask_styles[]
    notify_classes: NOTIFY,
    postscreen_bare_newline_action: POSTSCREEN,
    postscreen_denylist_action: POSTSCREEN,
    postscreen_blacklist_action: POSTSCREEN,
    postscreen_discard_ehlo_keywords: EHLO,
    postscreen_dnsbl_action: POSTSCREEN,
    postscreen_greet_action: POSTSCREEN,
    postscreen_non_smtp_command_action: POSTSCREEN,
    postscreen_pipelining_action: POSTSCREEN,
    postscreen_tls_security_level: SERVER_TLS,
    propagate_unmatched_extensions: several("canonical", "virtual", "alias", "forward", "include", "generic"), // ext_prop.c
    receive_override_options: several(
      ...["no_unknown_recipient_checks", "no_address_mappings", "no_header_body_checks", "no_milters"],
    ), // input_transp.c
    recipient_canonical_classes: several("envelope_recipient", "header_recipient"), // cleanup_init.c
    reject_tempfail_action: TEMPFAIL,
    sender_canonical_classes: several("envelope_sender", "header_sender"), // cleanup_init.c
    smtpd_discard_ehlo_keywords: EHLO,
    smtpd_forbid_bare_newline: BARE_NEWLINE,
    smtpd_sasl_security_options: SASL_SECURITY,
    smtpd_sasl_tls_security_options: SASL_SECURITY,
    smtpd_sasl_type: one("cyrus", "dovecot"),
    smtpd_tls_ciphers: CIPHERS,
    smtpd_tls_mandatory_ciphers: CIPHERS,
    smtpd_tls_mandatory_protocols: TLS_VERSIONS,
    smtpd_tls_protocols: TLS_VERSIONS,
    smtpd_tls_security_level: SERVER_TLS,
    smtputf8_autodetect_classes: several(
      ...["sendmail", "smtpd", "qmqpd", "forward", "bounce", "notify", "verify", "all"],
    ), // smtputf8.c
    unknown_address_tempfail_action: TEMPFAIL,
    unknown_helo_hostname_tempfail_action: TEMPFAIL,
    unverified_recipient_tempfail_action: TEMPFAIL,
    unverified_sender_tempfail_action: TEMPFAIL,
    virtual_mailbox_lock: LOCKS,
  }),
);
