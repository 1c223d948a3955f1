/**
 * Parameters, apart from the restriction lists, whose value Postfix splits at commas and white space, so that the amount
 * of white space between two words says nothing. See the callers of mystrtok(), mystrtokq(), argv_split(),
 * mail_parm_split() and name_mask() with CHARS_COMMA_SP, and match_list.c, match_list_parse().
 */
const LIST_PARAMETERS: ReadonlySet<string> = new Set([
  "alias_database",
  "debug_peer_list",
  "export_environment",
  "fast_flush_domains",
  "import_environment",
  "inet_interfaces",
  "inet_protocols",
  "local_header_rewrite_clients",
  "lmtp_discard_lhlo_keywords",
  "lmtp_sasl_security_options",
  "masquerade_domains",
  "masquerade_exceptions",
  "milter_connect_macros",
  "milter_data_macros",
  "milter_end_of_data_macros",
  "milter_end_of_header_macros",
  "milter_helo_macros",
  "milter_mail_macros",
  "milter_rcpt_macros",
  "mydestination",
  "mynetworks",
  "non_smtpd_milters",
  "notify_classes",
  "parent_domain_matches_subdomains",
  "permit_mx_backup_networks",
  "postscreen_access_list",
  "postscreen_dnsbl_sites",
  "propagate_unmatched_extensions",
  "proxy_interfaces",
  "relay_domains",
  "smtp_discard_ehlo_keywords",
  "smtp_sasl_security_options",
  "smtpd_authorized_verp_clients",
  "smtpd_authorized_xclient_hosts",
  "smtpd_authorized_xforward_hosts",
  "smtpd_client_event_limit_exceptions",
  "smtpd_discard_ehlo_keywords",
  "smtpd_milters",
  "smtpd_restriction_classes",
  "smtpd_sasl_exceptions_networks",
  "smtpd_sasl_security_options",
  "virtual_alias_domains",
  "virtual_mailbox_domains",
]);

/** Lists of tables, too, are split so. See maps.c, maps_create(). */
export function isListParameter(name: string): boolean {
  return LIST_PARAMETERS.has(name) || /_(?:maps|checks)$/.test(name);
}
