/**
 * What the programs that read a parameter die of besides what is no number, no time or no word. See the tables of smtpd.c,
 * main(), cleanup_init.c, trivial-rewrite.c, main(), and mail_params.c, mail_params_init().
 */

interface NumberLimits {
  readonly least?: number;
  readonly greatest?: number;
}

// prettier-ignore
const FROM_ONE = (
  "address_verify_poll_count berkeley_db_create_buffer_size berkeley_db_read_buffer_size debug_peer_level " +
  "default_process_limit deliver_lock_attempts fork_attempts hash_queue_depth header_address_token_limit " +
  "header_size_limit hopcount_limit lmdb_map_size max_use mime_boundary_length_limit mime_nesting_limit " +
  "queue_file_attribute_count_limit smtpd_hard_error_limit smtpd_history_flush_threshold smtpd_junk_command_limit " +
  "smtpd_min_data_rate smtpd_policy_service_try_limit smtpd_recipient_limit smtpd_recipient_overshoot_limit " +
  "smtpd_soft_error_limit socketmap_max_query_size socketmap_max_reply_size virtual_alias_address_length_limit " +
  "virtual_alias_expansion_limit virtual_alias_recursion_limit"
).split(" ");

/** The least and the greatest number; a least number of 0 is no limit. See mail_conf_int.c, check_mail_conf_int(). */
export const NUMBER_LIMITS: Readonly<Partial<Record<string, NumberLimits>>> = {
  ...Object.fromEntries(FROM_ONE.map((name) => [name, { least: 1 }])),
  unverified_sender_defer_code: { least: 200, greatest: 499 },
  unverified_recipient_defer_code: { least: 200, greatest: 499 },
  unverified_sender_reject_code: { least: 200, greatest: 599 },
  unverified_recipient_reject_code: { least: 200, greatest: 599 },
  smtpd_forbid_bare_newline_reject_code: { least: 500, greatest: 599 },
  line_length_limit: { least: 512 },
  smtpd_sasl_response_limit: { least: 12288 },
  smtpd_client_ipv4_prefix_length: { greatest: 32 },
  smtpd_client_ipv6_prefix_length: { greatest: 128 },
  delay_logging_resolution_limit: { greatest: 6 },
};

/** Numbers of 64 bits, and not of 32 as all others. */
export const LONG_NUMBERS: ReadonlySet<string> = new Set([
  "lmdb_map_size",
  "mailbox_size_limit",
  "message_size_limit",
  "queue_minfree",
  "virtual_mailbox_limit",
]);

/** Times of at least a second. */
// prettier-ignore
export const POSITIVE_TIMES: ReadonlySet<string> = new Set((
  "address_verify_poll_delay application_event_drain_time daemon_timeout deliver_lock_delay fork_delay ipc_idle " +
  "ipc_timeout ipc_ttl max_idle milter_command_timeout milter_connect_timeout milter_content_timeout " +
  "smtpd_policy_service_max_idle smtpd_policy_service_max_ttl smtpd_policy_service_retry_delay " +
  "smtpd_policy_service_timeout smtpd_proxy_timeout smtpd_starttls_timeout smtpd_timeout " +
  "service_throttle_time smtpd_upstream_proxy_timeout stale_lock_time trigger_timeout"
).split(" "));

/** Texts that may not be empty. See mail_conf_str.c, check_mail_conf_str(). */
// prettier-ignore
export const NOT_EMPTY: ReadonlySet<string> = new Set((
  "address_verify_default_transport address_verify_local_transport address_verify_relay_transport " +
  "address_verify_service_name address_verify_virtual_transport bounce_notice_recipient bounce_service_name " +
  "canonical_classes cleanup_service_name command_directory daemon_directory data_directory default_cache_db_type " +
  "default_database_type default_privs default_rbl_reply default_transport default_verp_delimiters " +
  "defer_service_name double_bounce_sender empty_address_recipient empty_address_relayhost_maps_lookup_key " +
  "error_notice_recipient error_service_name flush_service_name full_name_encoding_charset hash_queue_names " +
  "header_from_format info_log_address_format local_transport mail_name mail_owner mail_release_date mail_version maillog_file_compressor " +
  "maillog_file_permissions maillog_file_prefixes maillog_file_rotate_suffix meta_directory milter_default_action " +
  "milter_macro_daemon_name milter_macro_v milter_protocol mydomain myhostname mynetworks_style myorigin " +
  "non_bdb_migration_level non_empty_end_of_header_action pickup_service_name postlog_service_name " +
  "process_id_directory proxymap_service_name proxywrite_service_name queue_directory queue_service_name " +
  "recipient_canonical_classes reject_tempfail_action relay_transport rewrite_service_name " +
  "sender_canonical_classes setgid_group shlib_directory showq_service_name smtpd_banner smtpd_expansion_filter " +
  "smtpd_forbid_bare_newline smtpd_policy_service_default_action smtpd_sasl_path smtpd_sasl_service " +
  "smtpd_sasl_type smtpd_tls_ciphers smtpd_tls_eecdh_grade smtpd_tls_fingerprint_digest " +
  "smtpd_tls_mandatory_ciphers smtputf8_autodetect_classes syslog_facility syslog_name " +
  "trace_service_name unknown_address_tempfail_action unknown_helo_hostname_tempfail_action " +
  "unverified_recipient_tempfail_action unverified_sender_tempfail_action verp_delimiter_filter virtual_transport"
).split(" "));
