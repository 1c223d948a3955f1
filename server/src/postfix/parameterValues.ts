/** The words that a parameter takes. */
export interface ValuesFact {
  /** Those to write today, the most usual first. */
  readonly values: readonly string[];
  /** What each of them does, one sentence. */
  readonly meanings?: Readonly<Partial<Record<string, string>>>;
  /** Words that are taken, too, though nobody should write them. */
  readonly outdated?: readonly string[];
  /** Several of them, separated by commas and white space; one by default. */
  readonly many?: true;
  /** Whether the case of the words matters: name_mask() compares as written, name_code() does not. */
  readonly exact?: true;
  /** Whether the value may be empty. */
  readonly empty?: true;
  /** Any other word does not stop the programs that read it: it is ignored, or means something else, such as an address. */
  readonly open?: true;
}

/** See name_code.c, name_code(): one word, in any case. */
const one = (...values: readonly string[]): ValuesFact => ({ values });
const oneOrNone = (...values: readonly string[]): ValuesFact => ({ values, empty: true });

/** See name_mask.c, name_mask_delim_opt(): any number of words, as written. */
const some = (...values: readonly string[]): ValuesFact => ({ values, many: true, exact: true, empty: true });

/** Words with what each of them does. */
function described(meanings: Readonly<Record<string, string>>, more: Omit<ValuesFact, "values"> = {}): ValuesFact {
  return { values: Object.keys(meanings), meanings, ...more };
}

/** Words that do not exclude others. */
const oneAmongOthers = (...values: readonly string[]): ValuesFact => ({ values, open: true });
const someAmongOthers = (...values: readonly string[]): ValuesFact => ({ values, many: true, open: true });

/** tls_misc.c, tls_cipher_grade_table[]; `low` and `export` mean `medium` today. */
const CIPHERS = described(
  {
    medium: "Ciphers with keys of 128 bits or more: what most servers can do.",
    high: "Only the strongest ciphers, which some servers cannot do.",
    null: "Ciphers that prove who the other side is and encrypt nothing.",
  },
  { open: true },
);
/** postscreen.c, actions[] in post_jail_init(). */
const POSTSCREEN = described(
  {
    ignore: "The failed test is logged, and the client goes on; it is tested again next time.",
    enforce: "The client may speak on, gets a 550 reply for each recipient, and is logged with sender and recipient.",
    drop: "The client gets a 521 reply at once, and the connection ends.",
  },
  { outdated: ["continue"] },
);
/** smtpd_check.c, tempfail_actions[]. */
const TEMPFAIL = described({
  defer_if_permit: "The other restrictions are asked; where they would permit, the client is told to try again later.",
  defer: "The client is told at once to try again later.",
});
/** mbox_conf.c, mbox_mask[]. */
const LOCKS = some("fcntl", "dotlock", "flock");
/** local.c, file_mask[] and command_mask[]. */
const DELIVER_FROM = some("alias", "forward", "include");
/** ehlo_mask.c, ehlo_mask_table[]; ehlo_mask() ignores any other word. */
const EHLO = someAmongOthers(
  ...["8bitmime", "auth", "chunking", "dsn", "enhancedstatuscodes", "etrn", "pipelining", "silent-discard", "size"],
  ...["smtputf8", "starttls", "verp", "vrfy", "xclient", "xforward"],
);
/** xsasl_cyrus_security.c, xsasl_cyrus_sec_mask[]; xsasl_dovecot_server.c, xsasl_dovecot_conf_sec_props[]. */
const SASL_SECURITY = someAmongOthers(
  ...["noplaintext", "noactive", "nodictionary", "noanonymous", "forward_secrecy", "mutual_auth"],
);
/** cleanup_init.c, canon_class_table[] and masq_class_table[]. */
const ADDRESSES = some("envelope_sender", "envelope_recipient", "header_sender", "header_recipient");
/** tls_misc.c, protocol_table[]; tls_proto_mask_lims() also takes `>=`, `<=` and `!` before each. */
const TLS_VERSIONS = someAmongOthers(
  ...[">=TLSv1", ">=TLSv1.2", ">=TLSv1.3", "<=TLSv1.3", "!SSLv2", "!SSLv3", "!TLSv1", "!TLSv1.1"],
);
/** smtpd.c, pre_jail_init(): the outdated ones are taken as `encrypt`, with a warning. */
const SERVER_TLS = described(
  {
    none: "STARTTLS is not offered.",
    may: "STARTTLS is offered; mail without it is taken, too. Right for port 25.",
    encrypt:
      "Nothing but STARTTLS, EHLO, NOOP and QUIT before TLS. Right for users, not for port 25 of a public server.",
  },
  { outdated: ["fingerprint", "verify", "secure"], empty: true },
);
/** tls_level.c, tls_level_table[]; postconf(5), smtp_tls_policy_maps. */
const CLIENT_TLS = described(
  {
    none: "Never TLS.",
    may: "TLS where the server offers it, with any certificate; plain text otherwise.",
    encrypt: "Only with TLS, with any certificate; mail waits where the server does not offer it.",
    fingerprint: "Only with TLS, and only when the fingerprint of the certificate or of its key is one of those given.",
    dane: "As TLSA records in DNSSEC say: the certificate has to fit them; without any, as `may`.",
    "dane-only": "Only to servers with usable TLSA records in DNSSEC, which the certificate has to fit.",
    verify:
      "Only with TLS and a certificate of a trusted authority for the name of the server, which may come from an insecure DNS.",
    secure: "Only with TLS and a certificate of a trusted authority for the domain itself, whatever the DNS says.",
  },
  { empty: true },
);

/** For the LMTP client the same as for the SMTP client. */
const CLIENT: Readonly<Record<string, ValuesFact>> = {
  address_preference: oneOrNone("any", "ipv4", "ipv6"), // smtp.c, addr_pref_map[]
  discard_ehlo_keywords: EHLO,
  discard_lhlo_keywords: EHLO,
  dns_resolver_options: some("res_defnames", "res_dnsrch"), // smtp.c, dns_res_opt_masks[]
  // smtp.c, dns_support[]
  dns_support_level: described(
    {
      disabled: "No DNS: no MX records, names by the system alone.",
      enabled: "MX and address records are looked up in the DNS.",
      dnssec: "As `enabled`, and the resolver is asked to verify signatures, which DANE needs.",
    },
    { empty: true },
  ),
  host_lookup: some("dns", "native"), // smtp.c, lookup_masks[]
  pix_workarounds: someAmongOthers("disable_esmtp", "delay_dotcrlf"), // smtp_proto.c, pix_bug_table[]
  sasl_security_options: SASL_SECURITY,
  sasl_tls_security_options: SASL_SECURITY,
  sasl_tls_verified_security_options: SASL_SECURITY,
  sasl_type: oneAmongOthers("cyrus"),
  tls_ciphers: CIPHERS,
  tls_mandatory_ciphers: CIPHERS,
  tls_mandatory_protocols: TLS_VERSIONS,
  tls_protocols: TLS_VERSIONS,
  tls_security_level: CLIENT_TLS,
};

function forClients(): Readonly<Record<string, ValuesFact>> {
  const rows = Object.entries(CLIENT).flatMap(([name, fact]) => ["smtp", "lmtp"].map((of) => [`${of}_${name}`, fact]));
  return Object.fromEntries(rows) as Record<string, ValuesFact>;
}

/** The parameters whose values are words that Postfix knows. */
export const PARAMETER_VALUES: Readonly<Partial<Record<string, ValuesFact>>> = {
  ...forClients(),
  allow_mail_to_commands: DELIVER_FROM,
  allow_mail_to_files: DELIVER_FROM,
  canonical_classes: ADDRESSES,
  // hfrom_format.c, hfrom_format_table[]
  header_from_format: described({
    standard: "`From: Name <user@example.com>`, the form of RFC 5322.",
    obsolete: "`From: user@example.com (Name)`, as before 3.3.",
  }),
  // or addresses: own_inet_addr.c, own_inet_addr_init()
  inet_interfaces: described(
    { all: "Every address of this host.", "loopback-only": "Only clients on this host itself can connect." },
    { open: true },
  ),
  // inet_proto.c, proto_table[]
  inet_protocols: described(
    { all: "IPv4, and IPv6 where the system has it.", ipv4: "IPv4 only.", ipv6: "IPv6 only, or beside `ipv4`." },
    { many: true, exact: true },
  ),
  info_log_address_format: one("external", "internal"), // info_log_addr_form.c
  // int_filt.c; the outdated ones mean nothing
  internal_mail_filter_classes: {
    ...some("notify", "bounce"),
    outdated: ["sendmail", "smtpd", "qmqpd", "forward", "verify"],
  },
  mailbox_delivery_lock: LOCKS,
  masquerade_classes: ADDRESSES,
  // milter8.c, milter8_def_reply() and milter8_conf_error(); or a reply
  milter_default_action: described(
    {
      accept: "The mail goes on as if the filter were not there.",
      reject: "The rest of the session gets a permanent refusal.",
      tempfail: "The rest of the session is told to try again later.",
      quarantine: "The mail is accepted and put on hold.",
      shutdown: "The client is told 421, and the connection ends.",
    },
    { open: true },
  ),
  // mynetworks.c, mask_styles[]
  mynetworks_style: described(
    {
      host: "Only the addresses of this host are trusted.",
      subnet: "All hosts in the same subnets are trusted: in a data centre, those of other people.",
      class: "The whole class A, B or C network is trusted: with a provider, all its customers.",
    },
    { exact: true },
  ),
  non_bdb_migration_level: one("disable", "enable-redirect", "enable-reindex"), // nbdb_util.c, nbdb_level_table[]
  // cleanup_init.c, cleanup_post_jail()
  non_empty_end_of_header_action: described({
    fix_quietly: "An empty line is put in front of the text that follows.",
    add_header: "The same, and the message gets a header that says so.",
    reject: "The message is refused.",
  }),
  // mail_error.c, mail_error_masks[]
  notify_classes: some("bounce", "2bounce", "data", "delay", "policy", "protocol", "resource", "software"),
  postscreen_bare_newline_action: POSTSCREEN,
  postscreen_blacklist_action: POSTSCREEN,
  postscreen_denylist_action: POSTSCREEN,
  postscreen_discard_ehlo_keywords: EHLO,
  postscreen_dnsbl_action: POSTSCREEN,
  postscreen_greet_action: POSTSCREEN,
  postscreen_non_smtp_command_action: POSTSCREEN,
  postscreen_pipelining_action: POSTSCREEN,
  postscreen_tls_security_level: SERVER_TLS,
  propagate_unmatched_extensions: some("canonical", "virtual", "alias", "forward", "include", "generic"), // ext_prop.c
  // input_transp.c
  receive_override_options: some(
    ...["no_unknown_recipient_checks", "no_address_mappings", "no_header_body_checks", "no_milters"],
  ),
  recipient_canonical_classes: some("envelope_recipient", "header_recipient"), // cleanup_init.c
  smtpd_proxy_options: some("speed_adjust"), // smtpd_proxy.c, smtpd_proxy_parse_opts()
  reject_tempfail_action: { ...TEMPFAIL, open: true },
  sender_canonical_classes: some("envelope_sender", "header_sender"), // cleanup_init.c
  smtpd_discard_ehlo_keywords: EHLO,
  // smtpd.c, bare_lf_mask_table[]
  smtpd_forbid_bare_newline: described({
    normalize: "A line that ends in `<LF>` alone is taken, but `<LF>.<LF>` no longer ends a message: no smuggling.",
    yes: "The same as `normalize`.",
    note: "As `normalize`, and lines that end in `<LF>` alone are logged.",
    reject: "Mail with a line that ends in `<LF>` alone is refused.",
    no: "Everything is taken: other servers can smuggle mail through.",
  }),
  smtpd_sasl_security_options: SASL_SECURITY,
  smtpd_sasl_tls_security_options: SASL_SECURITY,
  smtpd_sasl_type: oneAmongOthers("cyrus", "dovecot"),
  smtpd_upstream_proxy_protocol: { values: ["haproxy"], exact: true, empty: true }, // smtpd_peer.c
  smtpd_tls_ciphers: CIPHERS,
  smtpd_tls_mandatory_ciphers: CIPHERS,
  smtpd_tls_mandatory_protocols: TLS_VERSIONS,
  smtpd_tls_protocols: TLS_VERSIONS,
  smtpd_tls_security_level: SERVER_TLS,
  // smtputf8.c
  smtputf8_autodetect_classes: some(...["sendmail", "smtpd", "qmqpd", "forward", "bounce", "notify", "verify", "all"]),
  // msg_syslog.c, facility_list[]
  syslog_facility: {
    exact: true,
    values: [
      ...["mail", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7", "daemon", "user"],
      ...["auth", "authpriv", "cron", "ftp", "kern", "lpr", "news", "syslog", "uucp"],
    ],
  },
  unknown_address_tempfail_action: TEMPFAIL,
  unknown_helo_hostname_tempfail_action: TEMPFAIL,
  unverified_recipient_tempfail_action: TEMPFAIL,
  unverified_sender_tempfail_action: TEMPFAIL,
  virtual_mailbox_lock: LOCKS,
};
