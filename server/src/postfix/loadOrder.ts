/**
 * The order in which smtpd reads its parameters. A parameter that main.cf does not set has no value for `$name` before
 * its default was read: `${smtpd_delay_reject?reject}` is empty, because booleans are read after texts. Names as of
 * Postfix 3.12: a release reads those that it has. See mail_params.c, mail_params_init() and smtpd.c, main().
 */

/** Read before smtpd's own, by every program; `config_directory` is set before all. See mail_conf.c, mail_conf_suck(). */
// prettier-ignore
const SHARED: ReadonlySet<string> = new Set((
  "address_verify_negative_cache address_verify_service_name alias_database alternate_config_directories " +
  "application_event_drain_time backwards_bounce_logfile_compatibility berkeley_db_create_buffer_size " +
  "berkeley_db_read_buffer_size bounce_service_name cleanup_service_name command_directory compatibility_level config_directory " +
  "daemon_directory daemon_table_open_error_is_fatal daemon_timeout data_directory debug_peer_level " +
  "debug_peer_list default_cache_db_type default_database_type default_delivery_status_filter default_privs default_process_limit " +
  "default_verp_delimiters defer_service_name delay_logging_resolution_limit deliver_lock_attempts " +
  "deliver_lock_delay disable_dns_lookups disable_mime_input_processing disable_mime_output_conversion " +
  "dns_ncache_ttl_fix_enable dnssec_probe dont_remove double_bounce_sender enable_idna2003_compatibility " +
  "enable_long_queue_ids enable_original_recipient error_service_name export_environment fast_flush_domains " +
  "fault_injection_code flush_service_name fork_attempts fork_delay hash_queue_depth hash_queue_names " +
  "header_address_token_limit header_size_limit helpful_warnings import_environment in_flow_delay inet_interfaces " +
  "inet_protocols info_log_address_format internal_mail_filter_classes ipc_idle ipc_timeout ipc_ttl " +
  "known_tcp_ports line_length_limit lmdb_map_size mail_name mail_owner mail_release_date mail_version maillog_file maillog_file_compressor " +
  "maillog_file_permissions maillog_file_prefixes maillog_file_rotate_suffix max_idle max_use message_drop_headers message_size_limit " +
  "meta_directory mime_boundary_length_limit mime_nesting_limit multi_instance_directories multi_instance_enable " +
  "multi_instance_group multi_instance_name multi_instance_wrapper mydestination mydomain myhostname mynetworks " +
  "mynetworks_style myorigin non_bdb_custom_mapping non_bdb_migration_level non_bdb_migration_log_redirect " +
  "non_bdb_migration_service_name owner_request_special parent_domain_matches_subdomains pickup_service_name " +
  "postlog_service_name process_id_directory process_name proxy_interfaces proxymap_service_name proxywrite_service_name " +
  "queue_directory queue_service_name recipient_delimiter relay_domains relayhost requiretls_enable respectful_logging " +
  "rewrite_service_name send_cyrus_sasl_authzid setgid_group shlib_directory showq_service_name " +
  "smtputf8_autodetect_classes smtputf8_enable socketmap_max_query_size socketmap_max_reply_size soft_bounce stale_lock_time strict_7bit_headers strict_8bitmime " +
  "strict_8bitmime_body strict_mime_encoding_domain strict_smtputf8 syslog_facility syslog_name tcp_windowsize " +
  "tls_required_enable trace_service_name trigger_timeout verp_delimiter_filter"
).split(" "));

/** smtpd's numbers, read before its texts. */
// prettier-ignore
const NUMBERS: ReadonlySet<string> = new Set((
  "access_map_defer_code access_map_reject_code address_verify_poll_count defer_code invalid_hostname_reject_code " +
  "maps_rbl_reject_code multi_recipient_bounce_reject_code non_fqdn_reject_code plaintext_reject_code " +
  "queue_minfree reject_code relay_domains_reject_code smtpd_client_auth_rate_limit " +
  "smtpd_client_connection_count_limit smtpd_client_connection_rate_limit smtpd_client_ipv4_prefix_length " +
  "smtpd_client_ipv6_prefix_length smtpd_client_message_rate_limit " +
  "smtpd_client_new_tls_session_rate_limit smtpd_client_recipient_rate_limit " +
  "smtpd_forbid_bare_newline_reject_code smtpd_hard_error_limit smtpd_history_flush_threshold " +
  "smtpd_junk_command_limit smtpd_min_data_rate smtpd_policy_service_request_limit smtpd_policy_service_try_limit " +
  "smtpd_recipient_limit smtpd_recipient_overshoot_limit smtpd_sasl_response_limit smtpd_soft_error_limit " +
  "smtpd_tls_ccert_verifydepth smtpd_tls_trace_size_limit unknown_address_reject_code unknown_client_reject_code " +
  "unknown_hostname_reject_code unknown_local_recipient_reject_code unknown_relay_recipient_reject_code " +
  "unknown_virtual_alias_reject_code unknown_virtual_mailbox_reject_code unverified_recipient_defer_code " +
  "unverified_recipient_reject_code unverified_sender_defer_code unverified_sender_reject_code"
).split(" "));

/** smtpd's texts, in the order in which they are read. */
// prettier-ignore
const TEXTS: readonly string[] = (
  "smtpd_banner notify_classes smtpd_client_restrictions smtpd_helo_restrictions smtpd_sender_restrictions " +
  "smtpd_relay_restrictions smtpd_recipient_restrictions smtpd_etrn_restrictions smtpd_data_restrictions " +
  "smtpd_end_of_data_restrictions maps_rbl_domains rbl_reply_maps bounce_notice_recipient error_notice_recipient " +
  "smtpd_restriction_classes canonical_maps sender_canonical_maps recipient_canonical_maps virtual_alias_maps " +
  "virtual_mailbox_maps alias_maps local_recipient_maps smtpd_sasl_security_options smtpd_sasl_path " +
  "smtpd_sasl_service cyrus_sasl_config_path smtpd_sasl_local_domain smtpd_sasl_exceptions_networks " +
  "content_filter permit_mx_backup_networks smtpd_sender_login_maps smtpd_noop_commands smtpd_forbidden_commands " +
  "smtpd_null_access_lookup_key relay_recipient_maps address_verify_sender smtpd_authorized_verp_clients " +
  "smtpd_proxy_filter smtpd_proxy_ehlo smtpd_proxy_options receive_override_options " +
  "smtpd_authorized_xclient_hosts smtpd_authorized_xforward_hosts smtpd_client_event_limit_exceptions " +
  "local_header_rewrite_clients smtpd_discard_ehlo_keywords smtpd_discard_ehlo_keyword_address_maps " +
  "relay_clientcerts smtpd_sasl_tls_security_options smtpd_tls_chain_files smtpd_tls_cert_file smtpd_tls_key_file " +
  "smtpd_tls_dcert_file smtpd_tls_dkey_file smtpd_tls_eccert_file smtpd_tls_eckey_file smtpd_tls_CAfile " +
  "smtpd_tls_CApath smtpd_tls_ciphers smtpd_tls_mandatory_ciphers smtpd_tls_exclude_ciphers " +
  "smtpd_tls_mandatory_exclude_ciphers smtpd_tls_protocols smtpd_tls_mandatory_protocols " +
  "smtpd_tls_dh512_param_file smtpd_tls_dh1024_param_file smtpd_tls_eecdh_grade smtpd_tls_fingerprint_digest " +
  "smtpd_tls_loglevel smtpd_tls_loglevel_maps smtpd_tls_security_level smtpd_sasl_type smtpd_sasl_mechanism_filter smtpd_milters " +
  "milter_connect_macros milter_helo_macros milter_mail_macros milter_rcpt_macros milter_data_macros " +
  "milter_end_of_header_macros milter_end_of_data_macros milter_unknown_command_macros milter_protocol " +
  "milter_default_action milter_macro_daemon_name milter_macro_v milter_macro_defaults smtpd_milter_maps stress " +
  "unverified_sender_reject_reason unverified_recipient_reject_reason reject_tempfail_action " +
  "unknown_helo_hostname_tempfail_action unknown_address_tempfail_action unverified_recipient_tempfail_action " +
  "unverified_sender_tempfail_action smtpd_command_filter smtpd_log_access_permit_actions " +
  "smtpd_upstream_proxy_protocol smtpd_policy_service_default_action smtpd_policy_service_policy_context " +
  "smtpd_dns_reply_filter smtpd_reject_footer_maps smtpd_reject_filter_maps header_from_format smtpd_forbid_bare_newline_exclusions " +
  "smtpd_forbid_bare_newline"
).split(" ");

/** smtpd's booleans and times, read after its texts. */
// prettier-ignore
const OTHERS: ReadonlySet<string> = new Set((
  "smtpd_helo_required smtpd_delay_reject strict_rfc821_envelopes disable_vrfy_command allow_untrusted_routing " +
  "smtpd_sasl_auth_enable smtpd_sasl_authenticated_header broken_sasl_auth_clients show_user_unknown_table_name " +
  "smtpd_reject_unlisted_sender smtpd_reject_unlisted_recipient smtpd_use_tls smtpd_enforce_tls " +
  "smtpd_tls_wrappermode smtpd_tls_auth_only smtpd_tls_ask_ccert smtpd_tls_req_ccert smtpd_tls_received_header " +
  "smtpd_tls_always_issue_session_ids smtpd_peername_lookup smtpd_delay_open_until_valid_rcpt " +
  "smtpd_tls_enable_rpk smtpd_hide_client_session requiretls_esmtp_header " +
  "smtpd_client_port_logging smtpd_forbid_unauth_pipelining smtpd_relay_before_recipient_restrictions " +
  "smtpd_per_request_deadline smtpd_timeout smtpd_error_sleep_time smtpd_proxy_timeout address_verify_poll_delay " +
  "smtpd_policy_service_timeout smtpd_policy_service_max_idle smtpd_policy_service_max_ttl smtpd_starttls_timeout " +
  "milter_connect_timeout milter_command_timeout milter_content_timeout address_verify_sender_ttl " +
  "smtpd_upstream_proxy_timeout smtpd_policy_service_retry_delay"
).split(" "));

/** What proxymap reads besides what every program reads, in its order. See proxymap.c, main(). */
// prettier-ignore
export const PROXYMAP_TEXTS: readonly string[] = (
  "alias_maps local_recipient_maps virtual_alias_maps virtual_alias_domains virtual_mailbox_maps " +
  "virtual_mailbox_domains relay_recipient_maps canonical_maps sender_canonical_maps recipient_canonical_maps " +
  "relocated_maps transport_maps address_verify_map smtpd_sender_login_maps postscreen_cache_map proxy_read_maps " +
  "proxy_write_maps"
).split(" ");

/** What master reads besides what every program reads: without it no server starts. See master_vars.c, master_vars_init(). */
export const MASTER_PARAMETERS: readonly string[] = ["master_service_disable", "service_throttle_time"];

/** What smtpd reads as it is, `$name` included, and expands when it is used. */
export const RAW_PARAMETERS: ReadonlySet<string> = new Set([
  "smtpd_expansion_filter",
  "default_rbl_reply",
  "smtpd_reject_footer",
]);

const ORDER: ReadonlyMap<string, number> = new Map(TEXTS.map((name, at) => [name, at]));

/** Whether the default of `name` can be seen when smtpd, or proxymap where it reads its own, expands `reader`. */
export function seesDefault(reader: string, name: string): boolean {
  if (/^proxy_(?:read|write)_maps$/.test(reader)) return SHARED.has(name) || PROXYMAP_TEXTS.includes(name);
  const readerAt = ORDER.get(reader);
  if (readerAt === undefined || SHARED.has(name) || NUMBERS.has(name)) return true;
  const at = ORDER.get(name);
  return at !== undefined && at < readerAt;
}

/** Whether every Postfix program reads a parameter when it starts. */
export function isReadByAll(name: string): boolean {
  return SHARED.has(name);
}

/** Whether smtpd reads a parameter when it starts, so that a broken value keeps it from starting. */
export function readsAtStart(name: string): boolean {
  return SHARED.has(name) || NUMBERS.has(name) || ORDER.has(name) || OTHERS.has(name) || RAW_PARAMETERS.has(name);
}
