import type { RestrictionName } from "../postfix/restrictions.ts";
import {
  checkClientAccess,
  checkEtrnAccess,
  checkHeloAccess,
  checkRecipientAccess,
  checkReverseClientAccess,
  checkSaslAccess,
  checkSenderAccess,
} from "./checks/access.ts";
import {
  checkCcertAccess,
  permitInetInterfaces,
  permitMynetworks,
  permitSaslAuthenticated,
  permitTlsClientcerts,
  rejectUnknownClient,
  rejectUnknownReverseName,
} from "./checks/client.ts";
import { checkRelayDomains, permitAuthDestination, refuseUnauthDestination } from "./checks/destination.ts";
import type { Check } from "./checks/finding.ts";
import {
  deferAll,
  deferIfPermitAlways,
  deferIfRejectAlways,
  permitAll,
  rejectAll,
  rejectMultiRecipientBounce,
  rejectPlaintextSession,
  rejectUnauthPipelining,
  sleep,
  warnIfReject,
} from "./checks/generic.ts";
import { permitNakedAddress, rejectInvalidHelo, rejectNonFqdnHelo, rejectUnknownHelo } from "./checks/helo.ts";
import { rejectUnlistedRecipient, rejectUnlistedSender } from "./checks/recipientMaps.ts";

/** How each restriction is evaluated. A restriction without a check does not compile. */
export const CHECKS: Readonly<Record<RestrictionName, Check>> = {
  permit: permitAll,
  reject: rejectAll,
  defer: deferAll,
  defer_if_permit: deferIfPermitAlways,
  defer_if_reject: deferIfRejectAlways,
  warn_if_reject: warnIfReject,
  sleep,
  reject_plaintext_session: rejectPlaintextSession,
  reject_unauth_pipelining: rejectUnauthPipelining,
  reject_multi_recipient_bounce: rejectMultiRecipientBounce,
  permit_mynetworks: permitMynetworks,
  permit_inet_interfaces: permitInetInterfaces,
  permit_sasl_authenticated: permitSaslAuthenticated,
  permit_tls_clientcerts: permitTlsClientcerts,
  permit_tls_all_clientcerts: permitTlsClientcerts,
  check_client_access: checkClientAccess,
  check_reverse_client_hostname_access: checkReverseClientAccess,
  check_ccert_access: checkCcertAccess,
  check_sasl_access: checkSaslAccess,
  reject_unknown_client_hostname: rejectUnknownClient,
  reject_unknown_client: rejectUnknownClient,
  reject_unknown_reverse_client_hostname: rejectUnknownReverseName,
  check_helo_access: checkHeloAccess,
  reject_invalid_helo_hostname: rejectInvalidHelo,
  reject_invalid_hostname: rejectInvalidHelo,
  reject_non_fqdn_helo_hostname: rejectNonFqdnHelo,
  reject_non_fqdn_hostname: rejectNonFqdnHelo,
  reject_unknown_helo_hostname: rejectUnknownHelo,
  reject_unknown_hostname: rejectUnknownHelo,
  permit_naked_ip_address: permitNakedAddress,
  check_sender_access: checkSenderAccess,
  reject_unlisted_sender: rejectUnlistedSender,
  check_recipient_access: checkRecipientAccess,
  permit_auth_destination: permitAuthDestination,
  reject_unauth_destination: refuseUnauthDestination,
  defer_unauth_destination: refuseUnauthDestination,
  check_relay_domains: checkRelayDomains,
  reject_unlisted_recipient: rejectUnlistedRecipient,
  check_recipient_maps: rejectUnlistedRecipient,
  check_etrn_access: checkEtrnAccess,
};
