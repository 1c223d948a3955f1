import type { Parameters } from "../config/parameters.ts";

const PARAMETER_OF = {
  accessReject: "access_map_reject_code",
  accessDefer: "access_map_defer_code",
  reject: "reject_code",
  defer: "defer_code",
  relay: "relay_domains_reject_code",
  plaintext: "plaintext_reject_code",
  multiRecipientBounce: "multi_recipient_bounce_reject_code",
  unknownClient: "unknown_client_reject_code",
  invalidHostname: "invalid_hostname_reject_code",
  nonFqdn: "non_fqdn_reject_code",
  unknownHostname: "unknown_hostname_reject_code",
  unknownAddress: "unknown_address_reject_code",
  dnsList: "maps_rbl_reject_code",
  unlistedLocal: "unknown_local_recipient_reject_code",
  unlistedRelay: "unknown_relay_recipient_reject_code",
  unlistedVirtualAlias: "unknown_virtual_alias_reject_code",
  unlistedVirtualMailbox: "unknown_virtual_mailbox_reject_code",
  unverifiedSenderReject: "unverified_sender_reject_code",
  unverifiedSenderDefer: "unverified_sender_defer_code",
  unverifiedRecipientReject: "unverified_recipient_reject_code",
  unverifiedRecipientDefer: "unverified_recipient_defer_code",
} as const;

/** The SMTP reply codes that parameters set. */
export type ReplyCodes = Readonly<Record<keyof typeof PARAMETER_OF, number>>;

/** Reads the reply codes of a configuration. */
export function replyCodes(parameters: Parameters): ReplyCodes {
  const entries = Object.entries(PARAMETER_OF).map(([name, parameter]) => [name, Number(parameters.value(parameter))]);
  return Object.fromEntries(entries) as ReplyCodes;
}
