import type { Offer } from "./offer.ts";

/** A way to set things up that many need. */
interface Scheme {
  readonly label: string;
  readonly detail: string;
  /** The parameter that its first line sets. */
  readonly parameter: string;
  /** The value of the parameter, and the lines behind it. */
  readonly value: string;
}

const SCHEMES: readonly Scheme[] = [
  {
    label: "relay: closed to strangers",
    detail: "Own networks and logins may relay, nobody else",
    parameter: "smtpd_relay_restrictions",
    value: `
    permit_mynetworks,
    permit_sasl_authenticated,
    reject_unauth_destination`,
  },
  {
    label: "recipients: the usual checks",
    detail: "Refuses what cannot be delivered, then asks a table about recipients",
    parameter: "smtpd_recipient_restrictions",
    value: `
    reject_non_fqdn_recipient,
    reject_unknown_recipient_domain,
    permit_mynetworks,
    permit_sasl_authenticated,
    reject_unauth_destination,
    check_recipient_access \${1:hash}:/etc/postfix/\${2:recipient_access}`,
  },
  {
    label: "DNS list: refuse listed clients",
    detail: "Own networks and logins are not asked about",
    parameter: "smtpd_client_restrictions",
    value: `
    permit_mynetworks,
    permit_sasl_authenticated,
    reject_rbl_client \${1:zen.spamhaus.org=127.0.0.[2..11]}`,
  },
  {
    label: "class: some senders may write to local addresses only",
    detail: "A restriction class, and the table that calls it: `user@example.com local_only`",
    parameter: "smtpd_restriction_classes",
    value: ` \${1:local_only}
\${1:local_only} =
    check_recipient_access \${2:hash}:/etc/postfix/\${3:local_domains},
    reject
smtpd_sender_restrictions =
    check_sender_access \${2:hash}:/etc/postfix/\${4:restricted_senders}`,
  },
  {
    label: "class: a protected distribution list",
    detail: "Only insiders may write to it: `all@example.com insiders_only` in the table of destinations",
    parameter: "smtpd_restriction_classes",
    value: ` \${1:insiders_only}
\${1:insiders_only} =
    check_sender_access \${2:hash}:/etc/postfix/\${3:insiders},
    reject
smtpd_recipient_restrictions =
    check_recipient_access \${2:hash}:/etc/postfix/\${4:protected_destinations}`,
  },
  {
    label: "class: this host may write to local addresses only",
    detail: "Mail from localhost leaves the host for no other domain: `127.0.0.1 local_only` in the table of clients",
    parameter: "smtpd_restriction_classes",
    value: ` \${1:local_only}
\${1:local_only} =
    check_recipient_access \${2:hash}:/etc/postfix/\${3:local_domains},
    reject
smtpd_client_restrictions =
    check_client_access \${2:hash}:/etc/postfix/\${4:client_access}`,
  },
];

/** The schemes whose first line sets this parameter, without its name; without a parameter, all of them in full. */
export function mainCfSnippets(parameter?: string): readonly Offer[] {
  return SCHEMES.filter((scheme) => parameter === undefined || scheme.parameter === parameter).map((scheme) => ({
    label: scheme.label,
    kind: "snippet",
    detail: scheme.detail,
    snippet: parameter === undefined ? `${scheme.parameter} =${scheme.value}` : scheme.value.trimStart(),
    rank: parameter === undefined ? 2 : 3,
  }));
}

/** Whole services of master.cf. */
export const MASTER_SNIPPETS: readonly Offer[] = [
  {
    label: "submission service",
    kind: "snippet",
    detail: "Port 587: mail from users who log in, encrypted",
    snippet: `submission inet n - n - - smtpd
    -o syslog_name=postfix/submission
    -o smtpd_tls_security_level=encrypt
    -o smtpd_sasl_auth_enable=yes
    -o smtpd_tls_auth_only=yes
    -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
    -o smtpd_recipient_restrictions=`,
    rank: 2,
  },
  {
    label: "submissions service",
    kind: "snippet",
    detail: "Port 465: mail from users who log in, encrypted from the first byte",
    snippet: `submissions inet n - n - - smtpd
    -o syslog_name=postfix/submissions
    -o smtpd_tls_wrappermode=yes
    -o smtpd_sasl_auth_enable=yes
    -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
    -o smtpd_recipient_restrictions=`,
    rank: 2,
  },
  {
    label: "re-injection service",
    kind: "snippet",
    detail: "A port of this host on which a content filter gives mail back",
    snippet: `127.0.0.1:\${1:10025} inet n - n - - smtpd
    -o content_filter=
    -o receive_override_options=no_unknown_recipient_checks,no_header_body_checks,no_milters
    -o smtpd_client_restrictions=
    -o smtpd_helo_restrictions=
    -o smtpd_sender_restrictions=
    -o smtpd_relay_restrictions=
    -o smtpd_recipient_restrictions=permit_mynetworks,reject
    -o mynetworks=127.0.0.0/8`,
    rank: 2,
  },
  {
    label: "policy service",
    kind: "snippet",
    detail: "A program that check_policy_service asks as unix:private/policy",
    snippet: `\${1:policy} unix - n n - 0 spawn
    user=\${2:nobody} argv=\${3:/usr/local/bin/policy}`,
    rank: 2,
  },
];
