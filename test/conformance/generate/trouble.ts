import type { Draft } from "./draft.ts";

/** What keeps a server from starting, or should. */
const TROUBLE: readonly (readonly [name: string, value: string])[] = [
  ["soft_bounce", "maybe"],
  ["compatibility_level", "abc"],
  ["reject_code", "five"],
  ["reject_code", "200"],
  ["defer_code", "999"],
  ["smtpd_timeout", "1x"],
  ["smtpd_proxy_timeout", "0"],
  ["milter_command_timeout", "99999w"],
  ["defer_code", "3000000000"],
  ["smtpd_upstream_proxy_protocol", "nonsense"],
  ["header_from_format", "nonsense"],
  ["smtpd_proxy_options", "nonsense"],
  ["smtputf8_autodetect_classes", "nonsense"],
  ["smtpd_tls_ciphers", ""],
  ["smtpd_timeout", "300S"],
  ["smtpd_banner", ""],
  ["mydomain", "$mydestination"],
  ["smtpd_restriction_classes", "class9"],
  ["line without equals sign", ""],
  ["smtpd_sender_login_maps", "no-type"],
  ["parent_domain_matches_subdomains", "nonsense"],
  ["smtpd_junk_command_limit", "-1"],
  ["myhostname", "bad..name"],
  ["mynetworks_style", "planet"],
  ["smtpd_reject_unlisted_recipient", ""],
  ["unknown_address_tempfail_action", "nonsense"],
];

export function writeTrouble({ dice, parameters }: Draft): void {
  if (dice.chance(2)) parameters.set(...dice.pick(TROUBLE));
}
