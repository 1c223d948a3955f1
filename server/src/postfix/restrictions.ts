/** What a restriction list may say about a request. */
export type Answer = "OK" | "REJECT" | "DEFER" | "DUNNO";

/** What the next word (or words) of the list must be. */
type RestrictionArgument =
  | "none"
  | "access-map" // type:name
  | "client-dns-list" // a DNS list of client addresses: domain or domain=d.d.d.d
  | "domain-dns-list" // a DNS list of domain names: domain or domain=d.d.d.d
  | "policy-service" // transport:endpoint or { transport:endpoint, name=value, … }
  | "seconds"
  | "restriction"; // warn_if_reject: the restriction that it softens

/** The value of the session that a restriction asks about. */
type RestrictionAttribute =
  | "client" // address, verified name
  | "reverse-client" // the name that the address claims, not verified
  | "helo"
  | "sender"
  | "recipient"
  | "etrn"
  | "sasl" // login name
  | "ccert" // TLS client certificate
  | "session" // encryption, pipelining
  | "all" // a policy service gets everything
  | "none";

/** A restriction that smtpd knows by name. Cites postconf(5) and smtpd_check.c: generic_checks(). */
export interface RestrictionFact {
  readonly argument: RestrictionArgument;
  /**
   * What it can answer, apart from errors (451). DUNNO is left out only when it always decides.
   * DEFER means a 4xx reply where the default settings can give one; every reject code can be set to 4xx.
   */
  readonly can: readonly Answer[];
  readonly attribute: RestrictionAttribute;
  /** The first release that knows it; "2.10" means 2.10 or earlier. */
  readonly since: string;
  readonly deprecated?: { readonly since: string; readonly instead: string };
  /** Since then it gives 451 4.3.5 whenever it is reached. */
  readonly removed?: { readonly since: string; readonly instead: string };
  readonly aliasOf?: string;
  /** One sentence. */
  readonly summary: string;
  /** Markdown. */
  readonly details: string;
  /** Lines of main.cf. */
  readonly example: string;
  /** Restrictions and parameters. */
  readonly seeAlso: readonly string[];
}

const ANY: readonly Answer[] = ["OK", "REJECT", "DEFER", "DUNNO"];
const NO_OK: readonly Answer[] = ["REJECT", "DEFER", "DUNNO"];

const NAME_KEYS =
  "the name, then its parent domains down to the top-level domain (`mail.example.com`, `example.com`, `com`; without `smtpd_access_maps` in `parent_domain_matches_subdomains` they are `.example.com`, `.com`)";
const ADDRESS_KEYS =
  "the address, then its networks, one part less each time (`203.0.113.8`, `203.0.113`, `203.0`, `203`)";
const MAIL_KEYS =
  "`user+ext@domain`, `user@domain`, the domain, its parent domains, `user+ext@`, `user@` (the forms without `+ext` only with a `recipient_delimiter`)";
const FULL_KEYS = "`regexp`, `pcre` and `cidr` tables are asked for the full values only, never for parents.";
const OK_FORBIDDEN =
  "`OK` from the table is an error (451 4.3.5), because whoever controls that DNS zone could let itself in: write `DUNNO` to make an exception.";
const DNS_FAILS = "When the DNS look-up fails, that is logged and the answer is DUNNO.";
const LIST_FILTER =
  "With `=d.d.d.d` only that result counts; in place of a number, `[2..11]` or `[2;4]` stand for several. A list that refuses queries from public resolvers may answer with an error address such as `127.255.255.254`; without the filter that counts as listed.";
const LIST_REPLY =
  "The reply comes from `rbl_reply_maps` or `default_rbl_reply`, its code from `maps_rbl_reject_code` (554).";
const ALLOW_LIST =
  "Says nothing at RCPT TO for a recipient that `reject_unauth_destination` would refuse, so it cannot open a relay. When the DNS look-up fails, a later reject of the same list becomes 450.";
const NO_SASL = "Without `smtpd_sasl_auth_enable = yes` it is ignored, with a warning in the log.";

export const RESTRICTIONS = {
  // Generic: any list.
  permit: {
    argument: "none",
    can: ["OK"],
    attribute: "none",
    since: "2.10",
    summary: "Ends this restriction list with OK.",
    details:
      "The lists of the other stages are still asked. Whatever follows in the list is never reached; smtpd logs a warning about it.\n\n" +
      "At start-up the search for a restriction that stops relaying ends at `permit`.",
    example: "smtpd_sender_restrictions = reject_unknown_sender_domain, permit",
    seeAlso: ["reject", "defer", "permit_mynetworks"],
  },
  reject: {
    argument: "none",
    can: ["REJECT"],
    attribute: "none",
    since: "2.10",
    summary: "Refuses the request, always.",
    details:
      "Replies `554 5.7.1 … Access denied`; the code is `reject_code`. What follows in the list is never reached.\n\n" +
      "At the end of a list it turns away everyone who was not permitted before: on a server for incoming mail that is all mail from outside.",
    example: "smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject",
    seeAlso: ["permit", "defer", "reject_unauth_destination", "reject_code"],
  },
  defer: {
    argument: "none",
    can: ["DEFER"],
    attribute: "none",
    since: "2.10",
    summary: "Tells the client to try again later, always.",
    details:
      "Replies `450 4.3.2 … Try again later`; the code is `defer_code`. What follows in the list is never reached.",
    example: "smtpd_recipient_restrictions = permit_mynetworks, defer",
    seeAlso: ["reject", "defer_if_permit", "defer_code"],
  },
  defer_if_permit: {
    argument: "none",
    can: ["DUNNO"],
    attribute: "none",
    since: "2.10",
    summary: "Turns a later permit, stated or implied, into a temporary refusal.",
    details:
      "Evaluation goes on. If nothing rejects the recipient, the reply is `450 4.7.0 … defer_if_permit requested`. A later reject wins. " +
      "The first such reason is kept and carries over from the client list to the HELO, sender and recipient lists.\n\n" +
      "After `warn_if_reject` it only logs.",
    example: "smtpd_recipient_restrictions = reject_unauth_destination, defer_if_permit",
    seeAlso: ["defer_if_reject", "defer"],
  },
  defer_if_reject: {
    argument: "none",
    can: ["DUNNO"],
    attribute: "none",
    since: "2.10",
    summary: "Turns a later 5xx refusal into a temporary one.",
    details:
      "The reply becomes `450 4.7.0 … defer_if_reject requested`. Forgotten at the end of the stage; the relay and the recipient list are one stage in this respect, whichever comes first.\n\n" +
      "It does not satisfy the start-up check for a restriction that stops relaying.",
    example: "smtpd_recipient_restrictions = defer_if_reject, reject_unauth_destination",
    seeAlso: ["defer_if_permit", "permit_dnswl_client"],
  },
  warn_if_reject: {
    argument: "restriction",
    can: ["OK", "DUNNO"],
    attribute: "none",
    since: "2.10",
    summary: "Makes the next restriction log a refusal (`reject_warning`) instead of refusing.",
    details:
      "Goes for one restriction, or for all of a restriction class. OK, `HOLD`, `DISCARD`, `FILTER` and `defer_if_reject` keep their effect. " +
      "Refusals because of a configuration error (451 4.3.5) are not softened, except those for a table that cannot be opened.\n\n" +
      "At start-up the restriction behind it does not count as one that stops relaying.",
    example: "smtpd_recipient_restrictions = reject_unauth_destination, warn_if_reject reject_unknown_client_hostname",
    seeAlso: ["soft_bounce"],
  },
  sleep: {
    argument: "seconds",
    can: ["DUNNO"],
    attribute: "none",
    since: "2.10",
    summary: "Waits that many seconds, then goes on.",
    details:
      "Meant to catch clients that talk before their turn, together with `reject_unauth_pipelining` and `smtpd_delay_reject = no`. The smtpd process is busy for that time. " +
      "Without a number behind it: 451 4.3.5.",
    example: "smtpd_client_restrictions = sleep 1, reject_unauth_pipelining",
    seeAlso: ["reject_unauth_pipelining"],
  },
  check_policy_service: {
    argument: "policy-service",
    can: ANY,
    attribute: "all",
    since: "2.10",
    summary: "Asks a policy service, whose answer is treated like the result of an access map.",
    details:
      "The argument is `inet:host:port` or `unix:path`, or `{ endpoint, timeout = 10s, default_action = DUNNO }` with its own settings (since 3.0). " +
      "The action may be a restriction list or a class, not a table. When the service does not answer, `smtpd_policy_service_default_action` is taken (`451 4.3.5 Server configuration problem`).\n\n" +
      "Put it after `reject_unauth_destination`: an `OK` from the service ends the list. An endpoint without `:` is fatal at start-up.",
    example:
      "smtpd_recipient_restrictions =\n    reject_unauth_destination,\n    check_policy_service { inet:127.0.0.1:10023, default_action = DUNNO }",
    seeAlso: ["smtpd_policy_service_default_action", "smtpd_policy_service_timeout", "smtpd_policy_service_try_limit"],
  },
  reject_multi_recipient_bounce: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "sender",
    since: "2.10",
    summary: "Refuses a message with the null sender and more than one recipient.",
    details:
      "Reply `550 5.5.3 … Multi-recipient bounce`; the code is `multi_recipient_bounce_reject_code`. Reliable in `smtpd_data_restrictions`; at RCPT TO it refuses only from the second recipient on.",
    example: "smtpd_data_restrictions = reject_multi_recipient_bounce",
    seeAlso: ["multi_recipient_bounce_reject_code"],
  },
  reject_plaintext_session: {
    argument: "none",
    can: NO_OK,
    attribute: "session",
    since: "2.10",
    summary: "Refuses the request when the session is not encrypted.",
    details: "Reply `450 4.7.1 Session encryption is required`; the code is `plaintext_reject_code`.",
    example: "smtpd_recipient_restrictions = reject_plaintext_session, reject_unauth_destination",
    seeAlso: ["plaintext_reject_code", "smtpd_tls_security_level"],
  },
  reject_unauth_pipelining: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "session",
    since: "2.10",
    summary: "Refuses a client that sent commands ahead of time where SMTP does not allow it.",
    details:
      "Reply `503 5.5.0 … Improper use of SMTP command pipelining`. Most useful in `smtpd_data_restrictions`, where the whole envelope has been seen; in earlier lists later faults escape it. " +
      "Since 3.9 `smtpd_forbid_unauth_pipelining = yes` disconnects such clients by default.",
    example: "smtpd_data_restrictions = reject_unauth_pipelining",
    seeAlso: ["smtpd_forbid_unauth_pipelining"],
  },

  // Client.
  permit_mynetworks: {
    argument: "none",
    can: ["OK", "DUNNO"],
    attribute: "client",
    since: "2.10",
    summary: "Permits when the client matches `mynetworks`.",
    details:
      "The first matching pattern of `mynetworks` decides, so `!pattern` must come first. Patterns are addresses, networks, tables and host names. " +
      "A malformed pattern, such as `127.0.0.1/8` with host bits, gives 451 4.3.0 when it is reached.",
    example: "smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination",
    seeAlso: ["mynetworks", "mynetworks_style", "permit_sasl_authenticated", "permit_inet_interfaces"],
  },
  permit_inet_interfaces: {
    argument: "none",
    can: ["OK", "DUNNO"],
    attribute: "client",
    since: "2.10",
    summary: "Permits when the client address is one of the addresses that Postfix listens on.",
    details: "Looks at `inet_interfaces` only, not at `proxy_interfaces`.",
    example: "smtpd_client_restrictions = permit_inet_interfaces, reject",
    seeAlso: ["inet_interfaces", "permit_mynetworks"],
  },
  permit_sasl_authenticated: {
    argument: "none",
    can: ["OK", "DUNNO"],
    attribute: "sasl",
    since: "2.10",
    summary: "Permits when the client has logged in with SMTP AUTH.",
    details:
      "An anonymous login does not count. With `smtpd_sasl_auth_enable = no` nobody can log in and it never permits, without a warning.",
    example: "smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination",
    seeAlso: ["smtpd_sasl_auth_enable", "permit_mynetworks", "reject_sender_login_mismatch"],
  },
  permit_tls_clientcerts: {
    argument: "none",
    can: ["OK", "DUNNO"],
    attribute: "ccert",
    since: "2.10",
    summary: "Permits when the fingerprint of the client certificate or of its public key is in `relay_clientcerts`.",
    details:
      "Needs `smtpd_tls_ask_ccert = yes` (a warning otherwise). The digest is `smtpd_tls_fingerprint_digest`. The certificate authority does not matter.",
    example: "smtpd_relay_restrictions = permit_tls_clientcerts, reject_unauth_destination",
    seeAlso: ["relay_clientcerts", "smtpd_tls_ask_ccert", "permit_tls_all_clientcerts", "check_ccert_access"],
  },
  permit_tls_all_clientcerts: {
    argument: "none",
    can: ["OK", "DUNNO"],
    attribute: "ccert",
    since: "2.10",
    summary: "Permits when the client certificate is signed by a trusted authority.",
    details:
      "A fingerprint in `relay_clientcerts` is enough, too. Needs `smtpd_tls_ask_ccert = yes`. Safe only when the trusted authorities are your own: everyone with a certificate from them may relay.",
    example: "smtpd_relay_restrictions = permit_tls_all_clientcerts, reject_unauth_destination",
    seeAlso: ["permit_tls_clientcerts", "smtpd_tls_ask_ccert", "tls_append_default_CA"],
  },
  check_client_access: {
    argument: "access-map",
    can: ANY,
    attribute: "client",
    since: "2.10",
    summary: "Looks up the client name and address in an access map.",
    details:
      `Keys: ${NAME_KEYS}; then ${ADDRESS_KEYS}. A client without a verified name has the name \`unknown\`, which is looked up as it stands. ` +
      `IPv6 addresses are cut at each \`:\`. ${FULL_KEYS}\n\n` +
      "A match on a name comes before a more exact one on the address. For networks such as `10.0.0.0/8` use a `cidr` table.",
    example: "smtpd_client_restrictions = check_client_access hash:/etc/postfix/client_access",
    seeAlso: ["check_reverse_client_hostname_access", "check_helo_access", "parent_domain_matches_subdomains"],
  },
  check_reverse_client_hostname_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "reverse-client",
    since: "2.10",
    summary: "Looks up the unverified reverse name and the address of the client in an access map.",
    details: `Keys as for \`check_client_access\`, with the reverse name. ${OK_FORBIDDEN}`,
    example: "smtpd_client_restrictions = check_reverse_client_hostname_access pcre:/etc/postfix/reverse_names",
    seeAlso: ["check_client_access", "reject_unknown_reverse_client_hostname"],
  },
  check_client_a_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "client",
    since: "3.0",
    summary: "Looks up the IP addresses of the client name in an access map.",
    details: `Keys: for each address ${ADDRESS_KEYS}; names are not looked up. Skipped when the client name is \`unknown\`. ${OK_FORBIDDEN}`,
    example: "smtpd_client_restrictions = check_client_a_access cidr:/etc/postfix/bad_networks",
    seeAlso: ["check_client_mx_access", "check_client_ns_access"],
  },
  check_client_mx_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "client",
    since: "2.10",
    summary: "Looks up the mail servers (MX) of the client name in an access map.",
    details: `Keys for each server: its name and parent domains, then its addresses and their networks. Without an MX record the name stands for itself. Skipped when the client name is \`unknown\`. ${DNS_FAILS} ${OK_FORBIDDEN}`,
    example: "smtpd_client_restrictions = check_client_mx_access cidr:/etc/postfix/bad_networks",
    seeAlso: ["check_client_a_access", "check_client_ns_access"],
  },
  check_client_ns_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "client",
    since: "2.10",
    summary: "Looks up the DNS servers (NS) of the client name in an access map.",
    details: `Keys for each server: its name and parent domains, then its addresses and their networks. Without NS records those of the parent domains are taken. Skipped when the client name is \`unknown\`. ${DNS_FAILS} ${OK_FORBIDDEN}`,
    example: "smtpd_client_restrictions = check_client_ns_access hash:/etc/postfix/bad_name_servers",
    seeAlso: ["check_client_a_access", "check_client_mx_access"],
  },
  check_reverse_client_hostname_a_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "reverse-client",
    since: "3.0",
    summary: "Looks up the IP addresses of the unverified reverse client name in an access map.",
    details: `Keys: for each address ${ADDRESS_KEYS}; names are not looked up. Skipped when the client has no reverse name. ${OK_FORBIDDEN}`,
    example: "smtpd_client_restrictions = check_reverse_client_hostname_a_access cidr:/etc/postfix/bad_networks",
    seeAlso: ["check_client_a_access", "check_reverse_client_hostname_access"],
  },
  check_reverse_client_hostname_mx_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "reverse-client",
    since: "2.10",
    summary: "Looks up the mail servers (MX) of the unverified reverse client name in an access map.",
    details: `Keys as for \`check_client_mx_access\`. Skipped when the client has no reverse name. ${DNS_FAILS} ${OK_FORBIDDEN}`,
    example: "smtpd_client_restrictions = check_reverse_client_hostname_mx_access cidr:/etc/postfix/bad_networks",
    seeAlso: ["check_client_mx_access", "check_reverse_client_hostname_access"],
  },
  check_reverse_client_hostname_ns_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "reverse-client",
    since: "2.10",
    summary: "Looks up the DNS servers (NS) of the unverified reverse client name in an access map.",
    details: `Keys as for \`check_client_ns_access\`. Skipped when the client has no reverse name. ${DNS_FAILS} ${OK_FORBIDDEN}`,
    example: "smtpd_client_restrictions = check_reverse_client_hostname_ns_access hash:/etc/postfix/bad_name_servers",
    seeAlso: ["check_client_ns_access", "check_reverse_client_hostname_access"],
  },
  check_ccert_access: {
    argument: "access-map",
    can: ANY,
    attribute: "ccert",
    since: "2.10",
    summary: "Looks up the fingerprints of the client certificate and of its public key in an access map.",
    details:
      "Needs `smtpd_tls_ask_ccert = yes` (a warning otherwise); the digest is `smtpd_tls_fingerprint_digest`. The certificate authority does not matter. " +
      "Since 3.5 the order can be given: `{ type:name, { search_order = cert_fingerprint, pubkey_fingerprint } }`.",
    example: "smtpd_client_restrictions = check_ccert_access hash:/etc/postfix/ccert_access",
    seeAlso: ["permit_tls_clientcerts", "smtpd_tls_ask_ccert", "smtpd_tls_fingerprint_digest"],
  },
  check_sasl_access: {
    argument: "access-map",
    can: ANY,
    attribute: "sasl",
    since: "2.11",
    summary: "Looks up the login name of the client in an access map.",
    details: `The key is the whole login name and nothing else. Skipped for clients that have not logged in. ${NO_SASL}`,
    example: "smtpd_recipient_restrictions = check_sasl_access hash:/etc/postfix/sasl_access",
    seeAlso: ["permit_sasl_authenticated", "smtpd_sasl_auth_enable"],
  },
  reject_rbl_client: {
    argument: "client-dns-list",
    can: ["REJECT", "DUNNO"],
    attribute: "client",
    since: "2.10",
    summary: "Refuses a client whose address is on this DNS list.",
    details: `Asks for an A record of the reversed client address under the list's domain. ${LIST_FILTER} ${DNS_FAILS} ${LIST_REPLY}\n\nPut it after \`permit_mynetworks\` and \`permit_sasl_authenticated\`, or your own users are refused when their address is listed.`,
    example:
      "smtpd_recipient_restrictions =\n    reject_unauth_destination,\n    reject_rbl_client dnsbl.example.org=127.0.0.[2..11]",
    seeAlso: [
      "permit_dnswl_client",
      "reject_rhsbl_client",
      "rbl_reply_maps",
      "default_rbl_reply",
      "maps_rbl_reject_code",
    ],
  },
  permit_dnswl_client: {
    argument: "client-dns-list",
    can: ["OK", "DUNNO"],
    attribute: "client",
    since: "2.10",
    summary: "Permits a client whose address is on this DNS list.",
    details: `${ALLOW_LIST} ${LIST_FILTER}`,
    example:
      "smtpd_recipient_restrictions =\n    reject_unauth_destination,\n    permit_dnswl_client list.example.org=127.0.[0..255].[1..3],\n    reject_rbl_client dnsbl.example.org",
    seeAlso: ["reject_rbl_client", "permit_rhswl_client"],
  },
  reject_rhsbl_client: {
    argument: "domain-dns-list",
    can: ["REJECT", "DUNNO"],
    attribute: "client",
    since: "2.10",
    summary: "Refuses a client whose verified name is on this DNS list of domains.",
    details: `Skipped when the client name is \`unknown\`. ${LIST_FILTER} ${DNS_FAILS} ${LIST_REPLY}`,
    example: "smtpd_client_restrictions = reject_rhsbl_client dbl.example.org",
    seeAlso: ["reject_rhsbl_reverse_client", "reject_rbl_client", "rbl_reply_maps"],
  },
  permit_rhswl_client: {
    argument: "domain-dns-list",
    can: ["OK", "DUNNO"],
    attribute: "client",
    since: "2.10",
    summary: "Permits a client whose verified name is on this DNS list of domains.",
    details: `Skipped when the client name is \`unknown\`, which may be a passing DNS failure. ${ALLOW_LIST} ${LIST_FILTER}`,
    example: "smtpd_recipient_restrictions = reject_unauth_destination, permit_rhswl_client list.example.org",
    seeAlso: ["permit_dnswl_client", "reject_rhsbl_client"],
  },
  reject_rhsbl_reverse_client: {
    argument: "domain-dns-list",
    can: ["REJECT", "DUNNO"],
    attribute: "reverse-client",
    since: "2.10",
    summary: "Refuses a client whose unverified reverse name is on this DNS list of domains.",
    details: `Skipped when the client has no reverse name. ${LIST_FILTER} ${DNS_FAILS} ${LIST_REPLY}`,
    example: "smtpd_client_restrictions = reject_rhsbl_reverse_client dbl.example.org",
    seeAlso: ["reject_rhsbl_client", "reject_rbl_client", "rbl_reply_maps"],
  },
  reject_unknown_client_hostname: {
    argument: "none",
    can: NO_OK,
    attribute: "client",
    since: "2.10",
    summary: "Refuses a client without a verified name: address to name and back must lead to the same address.",
    details:
      "Reply `450 4.7.25 Client host rejected: cannot find your hostname`; the code is `unknown_client_reject_code`, but always 450 after a temporary DNS failure. " +
      "Also hits legitimate servers with careless DNS; `reject_unknown_reverse_client_hostname` is milder.",
    example: "smtpd_client_restrictions = permit_mynetworks, reject_unknown_client_hostname",
    seeAlso: ["reject_unknown_reverse_client_hostname", "unknown_client_reject_code", "smtpd_peername_lookup"],
  },
  reject_unknown_reverse_client_hostname: {
    argument: "none",
    can: NO_OK,
    attribute: "reverse-client",
    since: "2.10",
    summary: "Refuses a client whose address has no reverse name at all.",
    details:
      "Reply `450 4.7.1 Client host rejected: cannot find your reverse hostname`; the code is `unknown_client_reject_code`, but always 450 after a temporary DNS failure. The name need not lead back to the address.",
    example: "smtpd_client_restrictions = permit_mynetworks, reject_unknown_reverse_client_hostname",
    seeAlso: ["reject_unknown_client_hostname", "unknown_client_reject_code"],
  },

  // HELO.
  check_helo_access: {
    argument: "access-map",
    can: ANY,
    attribute: "helo",
    since: "2.10",
    summary: "Looks up the HELO name in an access map.",
    details:
      `Keys: ${NAME_KEYS}. ${FULL_KEYS} Skipped when the client sent no HELO.\n\n` +
      "The client chooses this name: an `OK` in a list that permits relaying opens the relay to whoever says it.",
    example: "smtpd_helo_restrictions = check_helo_access hash:/etc/postfix/helo_access",
    seeAlso: ["smtpd_helo_required", "reject_invalid_helo_hostname", "check_client_access"],
  },
  check_helo_a_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "helo",
    since: "3.0",
    summary: "Looks up the IP addresses of the HELO name in an access map.",
    details: `Keys: for each address ${ADDRESS_KEYS}; names are not looked up. ${OK_FORBIDDEN}`,
    example: "smtpd_helo_restrictions = check_helo_a_access cidr:/etc/postfix/bad_networks",
    seeAlso: ["check_helo_access", "check_helo_mx_access"],
  },
  check_helo_mx_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "helo",
    since: "2.10",
    summary: "Looks up the mail servers (MX) of the HELO name in an access map.",
    details: `Keys for each server: its name and parent domains, then its addresses and their networks. Without an MX record the name stands for itself. ${DNS_FAILS} ${OK_FORBIDDEN}`,
    example: "smtpd_helo_restrictions = check_helo_mx_access cidr:/etc/postfix/bad_networks",
    seeAlso: ["check_helo_access", "check_helo_ns_access", "smtpd_helo_required"],
  },
  check_helo_ns_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "helo",
    since: "2.10",
    summary: "Looks up the DNS servers (NS) of the HELO name in an access map.",
    details: `Keys for each server: its name and parent domains, then its addresses and their networks. Without NS records those of the parent domains are taken. ${DNS_FAILS} ${OK_FORBIDDEN}`,
    example: "smtpd_helo_restrictions = check_helo_ns_access hash:/etc/postfix/bad_name_servers",
    seeAlso: ["check_helo_access", "check_helo_mx_access", "smtpd_helo_required"],
  },
  reject_invalid_helo_hostname: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "helo",
    since: "2.10",
    summary: "Refuses a malformed HELO name.",
    details:
      "Reply `501 5.5.2 … Invalid name`, or `invalid ip address` for a bad `[literal]`; the code is `invalid_hostname_reject_code`. Underscores, a final dot and a bare address are accepted.",
    example: "smtpd_helo_restrictions = reject_invalid_helo_hostname",
    seeAlso: [
      "reject_non_fqdn_helo_hostname",
      "reject_unknown_helo_hostname",
      "invalid_hostname_reject_code",
      "smtpd_helo_required",
    ],
  },
  reject_non_fqdn_helo_hostname: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "helo",
    since: "2.10",
    summary: "Refuses a HELO name that is not fully qualified: neither a name with a dot nor an address literal.",
    details:
      "Reply `504 5.5.2 … need fully-qualified hostname`; the code is `non_fqdn_reject_code`. A bare address without brackets is refused, too.",
    example: "smtpd_helo_restrictions = reject_non_fqdn_helo_hostname",
    seeAlso: [
      "reject_invalid_helo_hostname",
      "reject_unknown_helo_hostname",
      "non_fqdn_reject_code",
      "smtpd_helo_required",
    ],
  },
  reject_unknown_helo_hostname: {
    argument: "none",
    can: NO_OK,
    attribute: "helo",
    since: "2.10",
    summary: "Refuses a HELO name that has neither an address nor an MX record.",
    details:
      "Reply `450 4.7.1 … Host not found`; the code is `unknown_hostname_reject_code`. After a temporary DNS failure `unknown_helo_hostname_tempfail_action` applies (by default: 450 if nothing else rejects).",
    example: "smtpd_helo_restrictions = permit_mynetworks, reject_unknown_helo_hostname",
    seeAlso: ["unknown_hostname_reject_code", "unknown_helo_hostname_tempfail_action", "reject_invalid_helo_hostname"],
  },
  reject_rhsbl_helo: {
    argument: "domain-dns-list",
    can: ["REJECT", "DUNNO"],
    attribute: "helo",
    since: "2.10",
    summary: "Refuses a HELO name that is on this DNS list of domains.",
    details: `Names that end in a number are not looked up. ${LIST_FILTER} ${DNS_FAILS} ${LIST_REPLY}`,
    example: "smtpd_helo_restrictions = reject_rhsbl_helo dbl.example.org",
    seeAlso: ["reject_rhsbl_client", "reject_rhsbl_sender", "rbl_reply_maps"],
  },

  // Sender.
  check_sender_access: {
    argument: "access-map",
    can: ANY,
    attribute: "sender",
    since: "2.10",
    summary: "Looks up the envelope sender in an access map.",
    details:
      `Keys: ${MAIL_KEYS}. The null sender is looked up as \`smtpd_null_access_lookup_key\` (\`<>\`) only. ${FULL_KEYS}\n\n` +
      "Anyone can write any sender: an `OK` in a list that permits relaying opens the relay to whoever forges it. `@domain`, `*@domain` and `*.domain` never match.",
    example: "smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/sender_access",
    seeAlso: ["smtpd_null_access_lookup_key", "check_recipient_access", "parent_domain_matches_subdomains"],
  },
  check_sender_a_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "sender",
    since: "3.0",
    summary: "Looks up the IP addresses of the sender domain in an access map.",
    details: `Keys: for each address ${ADDRESS_KEYS}; names are not looked up. Skipped for the null sender. ${OK_FORBIDDEN}`,
    example: "smtpd_sender_restrictions = check_sender_a_access cidr:/etc/postfix/bad_networks",
    seeAlso: ["check_sender_mx_access", "check_sender_ns_access"],
  },
  check_sender_mx_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "sender",
    since: "2.10",
    summary: "Looks up the mail servers (MX) of the sender domain in an access map.",
    details: `Keys for each server: its name and parent domains, then its addresses and their networks. Without an MX record the domain stands for itself. Skipped for the null sender. ${DNS_FAILS} ${OK_FORBIDDEN}`,
    example: "smtpd_sender_restrictions = check_sender_mx_access cidr:/etc/postfix/bad_networks",
    seeAlso: ["check_sender_a_access", "check_sender_ns_access"],
  },
  check_sender_ns_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "sender",
    since: "2.10",
    summary: "Looks up the DNS servers (NS) of the sender domain in an access map.",
    details: `Keys for each server: its name and parent domains, then its addresses and their networks. Without NS records those of the parent domains are taken. Skipped for the null sender. ${DNS_FAILS} ${OK_FORBIDDEN}`,
    example: "smtpd_sender_restrictions = check_sender_ns_access hash:/etc/postfix/bad_name_servers",
    seeAlso: ["check_sender_a_access", "check_sender_mx_access"],
  },
  reject_non_fqdn_sender: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "sender",
    since: "2.10",
    summary: "Refuses a sender whose domain is missing or not fully qualified.",
    details:
      "Reply `504 5.5.2 … need fully-qualified address`; the code is `non_fqdn_reject_code`. The null sender and address literals pass.",
    example: "smtpd_sender_restrictions = reject_non_fqdn_sender",
    seeAlso: ["reject_non_fqdn_recipient", "reject_unknown_sender_domain", "non_fqdn_reject_code"],
  },
  reject_unknown_sender_domain: {
    argument: "none",
    can: NO_OK,
    attribute: "sender",
    since: "2.10",
    summary: "Refuses a sender whose domain has neither an MX nor an address record.",
    details:
      "Reply `450 4.1.8 … Domain not found`; the code is `unknown_address_reject_code`. A null MX gives `550 5.7.27`. After a temporary DNS failure `unknown_address_tempfail_action` applies (by default: 450 if nothing else rejects).\n\n" +
      "Not asked for domains that Postfix itself is final for; `relay_domains` are asked. The null sender and address literals pass.",
    example: "smtpd_sender_restrictions = reject_unknown_sender_domain",
    seeAlso: [
      "unknown_address_reject_code",
      "unknown_address_tempfail_action",
      "reject_unknown_recipient_domain",
      "reject_non_fqdn_sender",
    ],
  },
  reject_unverified_sender: {
    argument: "none",
    can: NO_OK,
    attribute: "sender",
    since: "2.10",
    summary: "Refuses a sender to whom a probe message could not be delivered.",
    details:
      "An address known to bounce gives `unverified_sender_reject_code` (450), a failed or unfinished probe `unverified_sender_defer_code` (450). A 4xx code goes by `unverified_sender_tempfail_action`: by default the mail is deferred only if nothing else rejects it. " +
      "Results are kept in `address_verify_map`. Probing strangers' servers for every mail may get you listed.",
    example: "smtpd_sender_restrictions = reject_unverified_sender",
    seeAlso: [
      "unverified_sender_reject_code",
      "unverified_sender_defer_code",
      "unverified_sender_tempfail_action",
      "address_verify_map",
      "reject_unverified_recipient",
    ],
  },
  reject_unlisted_sender: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "sender",
    since: "2.10",
    summary: "Refuses a sender in one of our own domains who is not a known user there.",
    details:
      "Reply `550 5.1.0 … User unknown`. Asks the recipient maps of the domain's class; an address in a canonical or virtual alias map counts as known. The null sender passes. `smtpd_reject_unlisted_sender = yes` adds it at the end of the sender restrictions.",
    example: "smtpd_sender_restrictions = reject_unlisted_sender",
    seeAlso: ["smtpd_reject_unlisted_sender", "reject_unlisted_recipient"],
  },
  reject_rhsbl_sender: {
    argument: "domain-dns-list",
    can: ["REJECT", "DUNNO"],
    attribute: "sender",
    since: "2.10",
    summary: "Refuses a sender whose domain is on this DNS list of domains.",
    details: `The null sender and address literals are not looked up. ${LIST_FILTER} ${DNS_FAILS} ${LIST_REPLY}`,
    example: "smtpd_sender_restrictions = reject_rhsbl_sender dbl.example.org",
    seeAlso: ["reject_rhsbl_client", "reject_rhsbl_helo", "rbl_reply_maps"],
  },
  reject_sender_login_mismatch: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "sender",
    since: "2.10",
    summary:
      "Refuses a sender that does not belong to the login, or that belongs to a login while nobody is logged in.",
    details:
      "Stands for `reject_authenticated_sender_login_mismatch, reject_unauthenticated_sender_login_mismatch`. Owners are listed in `smtpd_sender_login_maps`; a logged-in client may only use senders it owns. " +
      `Put it before \`permit_sasl_authenticated\`, or it is never reached for those who log in. ${NO_SASL}\n\nPostfix defines it as a restriction class, so unlike other restrictions its name is case-sensitive.`,
    example: "smtpd_sender_restrictions = reject_sender_login_mismatch",
    seeAlso: [
      "reject_authenticated_sender_login_mismatch",
      "reject_unauthenticated_sender_login_mismatch",
      "reject_known_sender_login_mismatch",
      "smtpd_sender_login_maps",
    ],
  },
  reject_authenticated_sender_login_mismatch: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "sender",
    since: "2.10",
    summary: "Refuses a logged-in client that uses a sender it does not own.",
    details: `Reply \`553 5.7.1 … not owned by user\`. A sender without an owner in \`smtpd_sender_login_maps\` is refused, too. Without that parameter it never refuses. ${NO_SASL}`,
    example: "smtpd_sender_restrictions = reject_authenticated_sender_login_mismatch",
    seeAlso: ["reject_sender_login_mismatch", "reject_known_sender_login_mismatch", "smtpd_sender_login_maps"],
  },
  reject_known_sender_login_mismatch: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "sender",
    since: "2.11",
    summary: "Refuses a sender with owners when the client is not logged in as one of them.",
    details: `Like \`reject_sender_login_mismatch\`, but senders that \`smtpd_sender_login_maps\` does not list always pass. Reply \`553 5.7.1 … not owned by user\` or \`… not logged in\`. ${NO_SASL}`,
    example: "smtpd_sender_restrictions = reject_known_sender_login_mismatch",
    seeAlso: ["reject_sender_login_mismatch", "smtpd_sender_login_maps"],
  },
  reject_unauthenticated_sender_login_mismatch: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "sender",
    since: "2.10",
    summary: "Refuses a sender that has an owner when the client is not logged in.",
    details: `Reply \`553 5.7.1 … not logged in\`. Owners are listed in \`smtpd_sender_login_maps\`. ${NO_SASL}`,
    example: "smtpd_sender_restrictions = permit_mynetworks, reject_unauthenticated_sender_login_mismatch",
    seeAlso: ["reject_sender_login_mismatch", "smtpd_sender_login_maps"],
  },

  // Recipient.
  check_recipient_access: {
    argument: "access-map",
    can: ANY,
    attribute: "recipient",
    since: "2.10",
    summary: "Looks up the recipient in an access map.",
    details:
      `Keys: ${MAIL_KEYS}. The address is the resolved one: \`bob%other.test@example.com\` is looked up as \`bob@other.test\`. ${FULL_KEYS}\n\n` +
      "An `OK` for an address with such routing counts as DUNNO. In data lists the recipient is known only when there is exactly one.",
    example:
      "smtpd_recipient_restrictions =\n    reject_unauth_destination,\n    check_recipient_access hash:/etc/postfix/recipient_access",
    seeAlso: ["check_sender_access", "reject_unauth_destination", "recipient_delimiter"],
  },
  check_recipient_a_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "recipient",
    since: "3.0",
    summary: "Looks up the IP addresses of the recipient domain in an access map.",
    details: `Keys: for each address ${ADDRESS_KEYS}; names are not looked up. ${OK_FORBIDDEN}`,
    example:
      "smtpd_recipient_restrictions = reject_unauth_destination, check_recipient_a_access cidr:/etc/postfix/bad_networks",
    seeAlso: ["check_recipient_mx_access", "check_recipient_ns_access"],
  },
  check_recipient_mx_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "recipient",
    since: "2.10",
    summary: "Looks up the mail servers (MX) of the recipient domain in an access map.",
    details: `Keys for each server: its name and parent domains, then its addresses and their networks. Without an MX record the domain stands for itself. ${DNS_FAILS} ${OK_FORBIDDEN}`,
    example:
      "smtpd_recipient_restrictions = reject_unauth_destination, check_recipient_mx_access cidr:/etc/postfix/bad_networks",
    seeAlso: ["check_recipient_a_access", "check_recipient_ns_access"],
  },
  check_recipient_ns_access: {
    argument: "access-map",
    can: NO_OK,
    attribute: "recipient",
    since: "2.10",
    summary: "Looks up the DNS servers (NS) of the recipient domain in an access map.",
    details: `Keys for each server: its name and parent domains, then its addresses and their networks. Without NS records those of the parent domains are taken. ${DNS_FAILS} ${OK_FORBIDDEN}`,
    example:
      "smtpd_recipient_restrictions = reject_unauth_destination, check_recipient_ns_access hash:/etc/postfix/bad_name_servers",
    seeAlso: ["check_recipient_a_access", "check_recipient_mx_access"],
  },
  permit_auth_destination: {
    argument: "none",
    can: ["OK", "DUNNO"],
    attribute: "recipient",
    since: "2.10",
    summary: "Permits a recipient in a domain that Postfix is responsible for.",
    details:
      "Final destinations (`mydestination`, own addresses, `virtual_alias_domains`, `virtual_mailbox_domains`) and `relay_domains`, as long as the address holds no routing of its own such as `user%elsewhere@domain`. The opposite of `reject_unauth_destination`.",
    example: "smtpd_relay_restrictions = permit_mynetworks, permit_auth_destination, reject",
    seeAlso: ["reject_unauth_destination", "relay_domains", "mydestination"],
  },
  permit_mx_backup: {
    argument: "none",
    can: ["OK", "DUNNO"],
    attribute: "recipient",
    since: "2.10",
    deprecated: { since: "3.9", instead: "relay_domains" },
    summary: "Permits a recipient whose domain names this host as a backup mail server (MX).",
    details:
      "Also permits what `permit_auth_destination` permits. Without `permit_mx_backup_networks` any domain owner can use this host by pointing an MX record at it. Not for domains whose best MX is this host. " +
      "DNS failures turn a later reject of the same list into 450. Since 3.9 smtpd logs that it will go: list the domains in `relay_domains` instead.",
    example: "smtpd_relay_restrictions = permit_mynetworks, permit_mx_backup, reject",
    seeAlso: ["permit_mx_backup_networks", "permit_auth_destination", "relay_domains"],
  },
  reject_unauth_destination: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "recipient",
    since: "2.10",
    summary: "Refuses a recipient in a domain that Postfix is not responsible for, so that strangers cannot relay.",
    details:
      "Lets pass final destinations (`mydestination`, own addresses, `virtual_alias_domains`, `virtual_mailbox_domains`) and `relay_domains`, unless the address holds routing of its own such as `user%elsewhere@domain` (accepted with `allow_untrusted_routing = yes`). " +
      "Reply `554 5.7.1 … Relay access denied`; the code is `relay_domains_reject_code`.\n\n" +
      "What comes before it in the list with an `OK` may relay.",
    example: "smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination",
    seeAlso: [
      "defer_unauth_destination",
      "permit_auth_destination",
      "relay_domains",
      "relay_domains_reject_code",
      "allow_untrusted_routing",
    ],
  },
  defer_unauth_destination: {
    argument: "none",
    can: ["DEFER", "DUNNO"],
    attribute: "recipient",
    since: "2.10",
    summary: "Defers a recipient in a domain that Postfix is not responsible for.",
    details:
      "Like `reject_unauth_destination`, with `454 4.7.1 … Relay access denied` (`relay_domains_reject_code` less 100): mail is not lost while the relay policy is still wrong. It ends the default `smtpd_relay_restrictions`.",
    example: "smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination",
    seeAlso: ["reject_unauth_destination", "relay_domains", "relay_domains_reject_code"],
  },
  reject_non_fqdn_recipient: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "recipient",
    since: "2.10",
    summary: "Refuses a recipient whose domain is missing or not fully qualified.",
    details:
      "Reply `504 5.5.2 … need fully-qualified address`; the code is `non_fqdn_reject_code`. A bare `postmaster` is accepted before any list is asked.",
    example: "smtpd_recipient_restrictions = reject_non_fqdn_recipient, reject_unauth_destination",
    seeAlso: ["reject_non_fqdn_sender", "reject_unknown_recipient_domain", "non_fqdn_reject_code"],
  },
  reject_unknown_recipient_domain: {
    argument: "none",
    can: NO_OK,
    attribute: "recipient",
    since: "2.10",
    summary: "Refuses a recipient whose domain has neither an MX nor an address record.",
    details:
      "Reply `450 4.1.2 … Domain not found`; the code is `unknown_address_reject_code`. A null MX gives `556 5.1.10`. After a temporary DNS failure `unknown_address_tempfail_action` applies. Not asked for domains that Postfix itself is final for; useful where users hand in mail for the world.",
    example:
      "smtpd_recipient_restrictions = reject_unknown_recipient_domain, permit_sasl_authenticated, reject_unauth_destination",
    seeAlso: ["unknown_address_reject_code", "unknown_address_tempfail_action", "reject_unknown_sender_domain"],
  },
  reject_unlisted_recipient: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "recipient",
    since: "2.10",
    summary: "Refuses a recipient in one of our own domains who is not a known user there.",
    details:
      "Reply `550 5.1.1 … User unknown`. Asks `local_recipient_maps`, `virtual_alias_maps`, `virtual_mailbox_maps` or `relay_recipient_maps`, by the class of the domain; an empty parameter accepts everyone. " +
      "With `smtpd_reject_unlisted_recipient = yes` (the default) it runs at the end anyway, even after an `OK`; write it out to have it earlier.",
    example:
      "smtpd_recipient_restrictions = reject_unauth_destination, reject_unlisted_recipient, check_policy_service unix:private/policy",
    seeAlso: [
      "smtpd_reject_unlisted_recipient",
      "local_recipient_maps",
      "relay_recipient_maps",
      "virtual_mailbox_maps",
      "reject_unlisted_sender",
    ],
  },
  reject_unverified_recipient: {
    argument: "none",
    can: NO_OK,
    attribute: "recipient",
    since: "2.10",
    summary: "Refuses a recipient to whom a probe message could not be delivered.",
    details:
      "An address known to bounce gives `unverified_recipient_reject_code` (450; set 550 once it works), a failed or unfinished probe `unverified_recipient_defer_code` (450). A 4xx code goes by `unverified_recipient_tempfail_action`: by default the mail is deferred only if nothing else rejects it. " +
      "Put it after `reject_unauth_destination`, or strangers make you probe any address. Results are kept in `address_verify_map`.",
    example: "smtpd_recipient_restrictions = reject_unauth_destination, reject_unverified_recipient",
    seeAlso: [
      "unverified_recipient_reject_code",
      "unverified_recipient_defer_code",
      "unverified_recipient_tempfail_action",
      "address_verify_map",
      "reject_unverified_sender",
    ],
  },
  reject_rhsbl_recipient: {
    argument: "domain-dns-list",
    can: ["REJECT", "DUNNO"],
    attribute: "recipient",
    since: "2.10",
    summary: "Refuses a recipient whose domain is on this DNS list of domains.",
    details: `${LIST_FILTER} ${DNS_FAILS} ${LIST_REPLY}`,
    example: "smtpd_recipient_restrictions = reject_unauth_destination, reject_rhsbl_recipient dbl.example.org",
    seeAlso: ["reject_rhsbl_sender", "rbl_reply_maps"],
  },

  // ETRN.
  check_etrn_access: {
    argument: "access-map",
    can: ANY,
    attribute: "etrn",
    since: "2.10",
    summary: "Looks up the domain of the ETRN command in an access map.",
    details: `Keys: ${NAME_KEYS}. ${FULL_KEYS} Outside of ETRN it is skipped.`,
    example: "smtpd_etrn_restrictions = check_etrn_access hash:/etc/postfix/etrn_access, reject",
    seeAlso: ["permit_mynetworks", "fast_flush_domains"],
  },

  // Old names that still work.
  reject_unknown_client: {
    argument: "none",
    can: NO_OK,
    attribute: "client",
    since: "2.10",
    deprecated: { since: "2.3", instead: "reject_unknown_client_hostname" },
    aliasOf: "reject_unknown_client_hostname",
    summary: "Old name of `reject_unknown_client_hostname`.",
    details: "Works the same.",
    example: "smtpd_client_restrictions = permit_mynetworks, reject_unknown_client",
    seeAlso: ["reject_unknown_client_hostname"],
  },
  reject_invalid_hostname: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "helo",
    since: "2.10",
    deprecated: { since: "2.3", instead: "reject_invalid_helo_hostname" },
    aliasOf: "reject_invalid_helo_hostname",
    summary: "Old name of `reject_invalid_helo_hostname`.",
    details: "Works the same.",
    example: "smtpd_helo_restrictions = reject_invalid_hostname",
    seeAlso: ["reject_invalid_helo_hostname"],
  },
  reject_non_fqdn_hostname: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "helo",
    since: "2.10",
    deprecated: { since: "2.3", instead: "reject_non_fqdn_helo_hostname" },
    aliasOf: "reject_non_fqdn_helo_hostname",
    summary: "Old name of `reject_non_fqdn_helo_hostname`.",
    details: "Works the same.",
    example: "smtpd_helo_restrictions = reject_non_fqdn_hostname",
    seeAlso: ["reject_non_fqdn_helo_hostname"],
  },
  reject_unknown_hostname: {
    argument: "none",
    can: NO_OK,
    attribute: "helo",
    since: "2.10",
    deprecated: { since: "2.3", instead: "reject_unknown_helo_hostname" },
    aliasOf: "reject_unknown_helo_hostname",
    summary: "Old name of `reject_unknown_helo_hostname`.",
    details: "Works the same.",
    example: "smtpd_helo_restrictions = reject_unknown_hostname",
    seeAlso: ["reject_unknown_helo_hostname"],
  },
  reject_unknown_address: {
    argument: "none",
    can: NO_OK,
    attribute: "sender",
    since: "2.10",
    aliasOf: "reject_unknown_sender_domain",
    summary: "Undocumented old name of `reject_unknown_sender_domain`.",
    details: "Works the same.",
    example: "smtpd_sender_restrictions = reject_unknown_address",
    seeAlso: ["reject_unknown_sender_domain"],
  },
  reject_rbl: {
    argument: "client-dns-list",
    can: ["REJECT", "DUNNO"],
    attribute: "client",
    since: "2.10",
    aliasOf: "reject_rbl_client",
    summary: "Undocumented old name of `reject_rbl_client`.",
    details: "Works the same.",
    example: "smtpd_client_restrictions = reject_rbl dnsbl.example.org",
    seeAlso: ["reject_rbl_client"],
  },
  check_recipient_maps: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "recipient",
    since: "2.10",
    deprecated: { since: "2.1", instead: "reject_unlisted_recipient" },
    aliasOf: "reject_unlisted_recipient",
    summary: "Old name of `reject_unlisted_recipient`.",
    details: "Works the same.",
    example: "smtpd_recipient_restrictions = reject_unauth_destination, check_recipient_maps",
    seeAlso: ["reject_unlisted_recipient"],
  },

  // Removed.
  check_relay_domains: {
    argument: "none",
    can: ["OK", "REJECT", "DUNNO"],
    attribute: "recipient",
    since: "2.10",
    deprecated: { since: "2.2", instead: "reject_unauth_destination" },
    removed: { since: "3.9", instead: "reject_unauth_destination" },
    summary: "Permitted clients in `relay_domains` and authorized destinations, and refused the rest.",
    details:
      "Trusted the client name, which is easy to abuse. From 3.9 on it gives 451 4.3.5, although it still counts at start-up as a restriction that stops relaying. It says nothing where no recipient is known.",
    example: "smtpd_recipient_restrictions = permit_mynetworks, check_relay_domains",
    seeAlso: ["reject_unauth_destination", "permit_mynetworks"],
  },
  permit_naked_ip_address: {
    argument: "none",
    can: ["OK", "REJECT", "DUNNO"],
    attribute: "helo",
    since: "2.10",
    deprecated: { since: "2.0", instead: "permit_mynetworks" },
    removed: { since: "3.9", instead: "permit_mynetworks" },
    summary: "Permitted a client whose HELO name is a bare IP address.",
    details:
      "Any client may say that, so it never proved anything. A malformed address was refused. From 3.9 on it gives 451 4.3.5.",
    example: "smtpd_helo_restrictions = permit_naked_ip_address",
    seeAlso: ["permit_mynetworks", "permit_sasl_authenticated"],
  },
  reject_maps_rbl: {
    argument: "none",
    can: ["REJECT", "DUNNO"],
    attribute: "client",
    since: "2.10",
    deprecated: { since: "2.1", instead: "reject_rbl_client" },
    removed: { since: "3.9", instead: "reject_rbl_client" },
    summary: "Refused a client whose address is on one of the DNS lists in `maps_rbl_domains`.",
    details: "Write one `reject_rbl_client` for each list instead. From 3.9 on it gives 451 4.3.5.",
    example: "smtpd_client_restrictions = reject_maps_rbl",
    seeAlso: ["reject_rbl_client", "maps_rbl_domains"],
  },
} satisfies Record<string, RestrictionFact>;

export type RestrictionName = keyof typeof RESTRICTIONS;

/** The row of a restriction, with the optional columns visible to the compiler. */
export function restriction(name: RestrictionName): RestrictionFact {
  return RESTRICTIONS[name];
}

/**
 * The built-in restriction that Postfix takes this word for. Case does not matter,
 * except for `reject_sender_login_mismatch`, which is a class inside Postfix. smtpd_check.c: smtpd_check_init().
 */
export function restrictionNamed(text: string): RestrictionName | undefined {
  const name = text.toLowerCase();
  if (!isRestrictionName(name)) return undefined;
  return name === "reject_sender_login_mismatch" && name !== text ? undefined : name;
}

function isRestrictionName(name: string): name is RestrictionName {
  return Object.hasOwn(RESTRICTIONS, name);
}
