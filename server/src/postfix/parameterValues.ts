/** The words that a parameter takes. Any other one stops the programs that read it. */
export interface ValuesFact {
  readonly values: readonly string[];
  /** Several of them, separated by commas and white space; one by default. */
  readonly many?: true;
  /** Whether the case of the words matters: name_mask() compares as written, name_code() does not. */
  readonly exact?: true;
  /** Whether the value may be empty. */
  readonly empty?: true;
}

/** See name_code.c, name_code(): one word, in any case. */
function one(...values: readonly string[]): ValuesFact {
  return { values };
}

function oneOrNone(...values: readonly string[]): ValuesFact {
  return { values, empty: true };
}

/** See name_mask.c, name_mask_delim_opt(): any number of words, as written. */
function some(...values: readonly string[]): ValuesFact {
  return { values, many: true, exact: true, empty: true };
}

const ERROR_CLASSES = some("bounce", "2bounce", "data", "delay", "policy", "protocol", "resource", "software");
const CANONICAL = some("envelope_sender", "envelope_recipient", "header_sender", "header_recipient");
const SCREEN_ACTION = one("ignore", "enforce", "drop", "continue");
const TEMPFAIL = one("defer", "defer_if_permit");
const DNS_SUPPORT = oneOrNone("disabled", "enabled", "dnssec");
const CLIENT_TLS_LEVEL = oneOrNone("none", "may", "encrypt", "fingerprint", "dane", "dane-only", "verify", "secure");
/** See smtpd.c, pre_jail_init(): the last three are taken as `encrypt`, with a warning. */
const SERVER_TLS_LEVEL = oneOrNone("none", "may", "encrypt", "fingerprint", "verify", "secure");
const HOST_LOOKUP = some("dns", "native");
const ADDRESS_PREFERENCE = oneOrNone("any", "ipv4", "ipv6");

/**
 * Parameters that take words out of a fixed set. See inet_proto.c, mynetworks.c, smtpd.c, smtpd_check.c, smtp.c,
 * postscreen.c, cleanup_init.c, local.c, mail_error.c, ext_prop.c, input_transp.c, hfrom_format.c.
 */
export const PARAMETER_VALUES: Readonly<Partial<Record<string, ValuesFact>>> = {
  canonical_classes: CANONICAL,
  header_from_format: one("standard", "obsolete"),
  inet_protocols: { values: ["all", "ipv4", "ipv6"], many: true, exact: true },
  lmtp_address_preference: ADDRESS_PREFERENCE,
  lmtp_dns_support_level: DNS_SUPPORT,
  lmtp_host_lookup: HOST_LOOKUP,
  lmtp_tls_security_level: CLIENT_TLS_LEVEL,
  masquerade_classes: CANONICAL,
  mynetworks_style: { values: ["class", "subnet", "host"], exact: true },
  notify_classes: ERROR_CLASSES,
  postscreen_bare_newline_action: SCREEN_ACTION,
  postscreen_blacklist_action: SCREEN_ACTION,
  postscreen_denylist_action: SCREEN_ACTION,
  postscreen_dnsbl_action: SCREEN_ACTION,
  postscreen_greet_action: SCREEN_ACTION,
  postscreen_non_smtp_command_action: SCREEN_ACTION,
  postscreen_pipelining_action: SCREEN_ACTION,
  postscreen_tls_security_level: SERVER_TLS_LEVEL,
  propagate_unmatched_extensions: some("canonical", "virtual", "alias", "forward", "include", "generic"),
  receive_override_options: some(
    "no_unknown_recipient_checks",
    "no_address_mappings",
    "no_header_body_checks",
    "no_milters",
  ),
  recipient_canonical_classes: some("envelope_recipient", "header_recipient"),
  sender_canonical_classes: some("envelope_sender", "header_sender"),
  smtp_address_preference: ADDRESS_PREFERENCE,
  smtp_dns_support_level: DNS_SUPPORT,
  smtp_host_lookup: HOST_LOOKUP,
  smtp_tls_security_level: CLIENT_TLS_LEVEL,
  smtpd_forbid_bare_newline: one("normalize", "yes", "note", "reject", "no"),
  smtpd_tls_security_level: SERVER_TLS_LEVEL,
  unknown_address_tempfail_action: TEMPFAIL,
  unknown_helo_hostname_tempfail_action: TEMPFAIL,
  unverified_recipient_tempfail_action: TEMPFAIL,
  unverified_sender_tempfail_action: TEMPFAIL,
};
