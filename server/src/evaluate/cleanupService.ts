import type { Configuration } from "../config/configuration.ts";
import { mainParameters } from "../config/mainParameters.ts";
import { unreadable } from "./badParameter.ts";
import { badWordIn } from "./badWord.ts";
import { missingService } from "./masterService.ts";
import { openingFailure, type OpenedAtStart } from "./openedAtStart.ts";

/** What cleanup reads besides what every program reads. See cleanup_init.c. */
// prettier-ignore
const READ: readonly string[] = (
  "hopcount_limit duplicate_filter_limit queue_file_attribute_count_limit virtual_alias_recursion_limit " +
  "virtual_alias_expansion_limit virtual_alias_address_length_limit body_checks_size_limit disable_verp_bounces " +
  "detect_8bit_encoding_header always_add_missing_headers force_mime_input_conversion cleanup_replace_stray_cr_lf " +
  "requiretls_esmtp_header delay_warning_time milter_connect_timeout milter_command_timeout milter_content_timeout " +
  "canonical_maps sender_canonical_maps recipient_canonical_maps canonical_classes sender_canonical_classes " +
  "recipient_canonical_classes virtual_alias_maps masquerade_domains empty_address_recipient masquerade_exceptions " +
  "header_checks mime_header_checks nested_header_checks body_checks propagate_unmatched_extensions always_bcc " +
  "undisclosed_recipients_header masquerade_classes sender_bcc_maps recipient_bcc_maps remote_header_rewrite_domain " +
  "message_reject_characters message_strip_characters milter_protocol milter_default_action milter_macro_daemon_name " +
  "milter_macro_v milter_connect_macros milter_helo_macros milter_mail_macros milter_rcpt_macros milter_data_macros " +
  "milter_end_of_header_macros milter_end_of_data_macros milter_unknown_command_macros non_smtpd_milters " +
  "milter_header_checks milter_macro_defaults header_from_format full_name_encoding_charset " +
  "non_empty_end_of_header_action"
).split(" ");

/** Words that cleanup takes as they are or not at all. See cleanup_init.c, cleanup_pre_jail() and cleanup_post_jail(). */
const WORDS = [
  "canonical_classes",
  "sender_canonical_classes",
  "recipient_canonical_classes",
  "masquerade_classes",
  "propagate_unmatched_extensions",
  "header_from_format",
  "non_empty_end_of_header_action",
];

/** What cleanup opens when it starts. */
const OPENED: OpenedAtStart = {
  lists: ["mydestination", "masquerade_exceptions", "fast_flush_domains"],
  maps: [
    "canonical_maps",
    "sender_canonical_maps",
    "recipient_canonical_maps",
    "virtual_alias_maps",
    "header_checks",
    "mime_header_checks",
    "nested_header_checks",
    "body_checks",
    "sender_bcc_maps",
    "recipient_bcc_maps",
    "milter_header_checks",
  ],
};

/**
 * The parameter that keeps cleanup from starting: smtpd then waits for a queue ID, until the client goes. It knows main.cf,
 * but not the `-o` of the SMTP server. See mail_stream.c, mail_stream_service().
 */
export function stopsCleanup(configuration: Configuration): string | undefined {
  const parameters = mainParameters(configuration.project);
  return (
    missingService(configuration, "cleanup_service_name") ??
    READ.find((name) => unreadable(parameters, name) !== undefined) ??
    badWordIn(parameters, WORDS)?.parameter ??
    openingFailure(configuration, parameters, OPENED)?.parameter
  );
}
