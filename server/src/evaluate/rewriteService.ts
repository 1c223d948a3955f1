import type { Configuration } from "../config/configuration.ts";
import { mainParameters } from "../config/mainParameters.ts";
import { unreadable } from "./badParameter.ts";
import { missingService } from "./masterService.ts";
import { openingFailure, type OpenedAtStart } from "./openedAtStart.ts";

/** What trivial-rewrite reads besides what every program reads. See trivial-rewrite.c, main(). */
// prettier-ignore
const READ: readonly string[] = (
  "transport_maps local_transport virtual_transport relay_transport default_transport virtual_alias_maps " +
  "virtual_alias_domains virtual_mailbox_maps virtual_mailbox_domains relocated_maps empty_address_recipient " +
  "address_verify_transport_maps address_verify_local_transport address_verify_virtual_transport " +
  "address_verify_relay_transport address_verify_default_transport address_verify_relayhost " +
  "remote_header_rewrite_domain sender_dependent_relayhost_maps empty_address_relayhost_maps_lookup_key " +
  "address_verify_sender_dependent_relayhost_maps sender_dependent_default_transport_maps " +
  "empty_address_default_transport_maps_lookup_key address_verify_sender_dependent_default_transport_maps " +
  "swap_bangpath append_at_myorigin append_dot_mydomain allow_percent_hack resolve_dequoted_address " +
  "show_user_unknown_table_name relocated_prefix_enable resolve_null_domain resolve_numeric_domain allow_min_user"
).split(" ");

/** What trivial-rewrite opens when it starts. See trivial-rewrite.c, pre_jail_init(); resolve.c, resolve_init(). */
const OPENED: OpenedAtStart = {
  lists: ["mydestination", "virtual_alias_domains", "virtual_mailbox_domains", "relay_domains"],
  maps: [
    "relocated_maps",
    "transport_maps",
    "address_verify_transport_maps",
    "sender_dependent_relayhost_maps",
    "address_verify_sender_dependent_relayhost_maps",
    "sender_dependent_default_transport_maps",
    "address_verify_sender_dependent_default_transport_maps",
  ],
};

/**
 * The parameter that keeps trivial-rewrite from starting: who asks about an address then waits. It knows main.cf, but not
 * the `-o` of the SMTP server. See resolve_clnt.c, resolve_clnt().
 */
export function stopsRewriting(configuration: Configuration): string | undefined {
  const parameters = mainParameters(configuration.project);
  return (
    missingService(configuration, "rewrite_service_name") ??
    READ.find((name) => unreadable(parameters, name) !== undefined) ??
    openingFailure(configuration, parameters, OPENED)?.parameter
  );
}
