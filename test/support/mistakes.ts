/** A mistake that people make, in the smallest configuration that has it. The numbers are those of a list of 65. */
export interface Mistake {
  readonly number: number;
  readonly what: string;
  readonly files: string;
  /** The rules that have to report it; none where nothing is wrong, or where nothing in the files tells. */
  readonly rules: readonly string[];
  /** Rules that must not take it for something else. */
  readonly silent?: readonly string[];
}

const LEVEL = "compatibility_level = 3.6\n";
const CLOSED = `${LEVEL}smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n`;
const RECIPIENT_ALONE = `${LEVEL}smtpd_relay_restrictions =\n`;
const SERVICE = "#- master.cf\n";
const SMTP = "smtp inet n - y - - smtpd\n";

function mistake(number: number, what: string, files: string, ...rules: readonly string[]): Mistake {
  return { number, what, files, rules };
}

const RELAY: readonly Mistake[] = [
  mistake(
    1,
    "a sender that is let in before relaying is refused",
    `${RECIPIENT_ALONE}smtpd_recipient_restrictions = check_sender_access hash:/etc/postfix/s, reject_unauth_destination\n#- s\nexample.com OK\n`,
    "open-relay",
  ),
  mistake(
    2,
    "a HELO that is let in before relaying is refused",
    `${RECIPIENT_ALONE}smtpd_recipient_restrictions = check_helo_access hash:/etc/postfix/h, reject_unauth_destination\n#- h\nfriend PERMIT\n`,
    "open-relay",
  ),
  mistake(
    3,
    "clients that may relay",
    `${LEVEL}smtpd_relay_restrictions = check_client_access cidr:/etc/postfix/c, reject_unauth_destination\n#- c\n203.0.0.0/8 OK\n`,
    "open-relay",
  ),
  mistake(
    4,
    "no relay list",
    `${RECIPIENT_ALONE}smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination\n`,
    "empty-relay-list",
  ),
  mistake(
    5,
    "nothing counts behind permit",
    `${LEVEL}smtpd_relay_restrictions = permit, reject_unauth_destination\n`,
    "would-not-start",
    "never-reached",
  ),
  mistake(
    6,
    "nothing refuses",
    `${RECIPIENT_ALONE}smtpd_recipient_restrictions = permit_mynetworks\n`,
    "would-not-start",
  ),
  mistake(
    7,
    "warn_if_reject takes away what counts",
    `${RECIPIENT_ALONE}smtpd_recipient_restrictions = warn_if_reject reject_unauth_destination\n`,
    "would-not-start",
  ),
  mistake(
    8,
    "a class behind a table does not count",
    `${RECIPIENT_ALONE}smtpd_restriction_classes = closed\nclosed = reject_unauth_destination\nsmtpd_recipient_restrictions = check_client_access cidr:/etc/postfix/c\n#- c\n0.0.0.0/0 closed\n`,
    "would-not-start",
  ),
  mistake(9, "everybody is in mynetworks", `${CLOSED}mynetworks = 0.0.0.0/0\n`, "wide-network", "open-relay"),
  mistake(10, "a whole private block is in mynetworks", `${CLOSED}mynetworks = 10.0.0.0/8\n`, "wide-network"),
  mistake(11, "the neighbours are in mynetworks", `${CLOSED}mynetworks_style = subnet\n`, "wide-network"),
  mistake(12, "bits of a host behind a mask", `${CLOSED}mynetworks = 127.0.0.1/8\n`, "bad-network"),
  mistake(13, "a comment behind mynetworks", `${CLOSED}mynetworks = 127.0.0.0/8 # local\n`, "comment-in-value"),
  mistake(14, "all domains are relay domains", `${CLOSED}relay_domains = static:ALL\n`, "wide-relay-domain"),
  mistake(14, "a public suffix is a relay domain", `${CLOSED}relay_domains = com\n`, "wide-relay-domain"),
  mistake(
    15,
    "whoever names this server as a mail exchanger may relay",
    `${LEVEL}smtpd_relay_restrictions = permit_mx_backup, reject_unauth_destination\n`,
    "outdated-restriction",
  ),
  mistake(
    16,
    "reject_unauth_destination in a list where it does not count",
    `${RECIPIENT_ALONE}smtpd_sender_restrictions = reject_unauth_destination\n`,
    "would-not-start",
  ),
  mistake(
    17,
    "a table that lets everybody in",
    `${LEVEL}smtpd_relay_restrictions = check_client_access static:OK, reject\n`,
    "open-relay",
    "never-reached",
  ),
  mistake(
    18,
    "a service with emptied lists",
    `${CLOSED}${SERVICE}${SMTP}submission inet n - y - - smtpd\n  -o smtpd_recipient_restrictions=permit_sasl_authenticated,permit_mynetworks\n  -o smtpd_relay_restrictions=\n`,
    "would-not-start",
  ),
  mistake(
    19,
    "logins are switched off",
    `${CLOSED}smtpd_sender_restrictions = reject_sender_login_mismatch\nsmtpd_client_restrictions = permit_sasl_authenticated, reject_unknown_reverse_client_hostname\n`,
    "login-disabled",
  ),
];

const LISTS: readonly Mistake[] = [
  mistake(
    20,
    "a class that is not declared",
    `${CLOSED}greylist = permit\nsmtpd_client_restrictions = greylist\n`,
    "undefined-class",
  ),
  mistake(
    21,
    "a class that is not defined",
    `${CLOSED}smtpd_restriction_classes = greylist\nsmtpd_client_restrictions = greylist\n`,
    "class-not-defined",
  ),
  mistake(
    22,
    "a class that nothing uses",
    `${CLOSED}smtpd_restriction_classes = greylist\ngreylist = permit\n`,
    "unused-class",
  ),
  mistake(
    23,
    "a class with the name of a restriction",
    `${CLOSED}smtpd_restriction_classes = reject\nreject = permit\nsmtpd_client_restrictions = reject\n`,
    "class-shadowed",
  ),
  mistake(
    23,
    "a class in another case",
    `${CLOSED}smtpd_restriction_classes = greylist\ngreylist = permit\nsmtpd_client_restrictions = GreyList\n`,
    "undefined-class",
  ),
  {
    ...mistake(
      24,
      "a comment behind a list",
      `${LEVEL}smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination # note\n`,
      "comment-in-value",
    ),
    silent: ["undefined-class"],
  },
  mistake(
    25,
    "arguments in the wrong order",
    `${CLOSED}smtpd_recipient_restrictions = reject_rbl_client, reject_unauth_destination bl.example.org\n`,
    "wrong-argument",
  ),
  mistake(
    26,
    "a restriction with a slip of the pen",
    `${LEVEL}smtpd_relay_restrictions = reject_unauth_destinations\n`,
    "undefined-class",
  ),
  mistake(
    27,
    "a list inside a list",
    `${CLOSED}smtpd_recipient_restrictions = smtpd_sender_restrictions\n`,
    "undefined-class",
  ),
  mistake(
    28,
    "a backslash at the end of a line",
    `${CLOSED}smtpd_client_restrictions = permit_mynetworks,\\\n  reject_unknown_client_hostname\n`,
    "undefined-class",
  ),
  mistake(
    29,
    "quotes and semicolons",
    `${CLOSED}smtpd_client_restrictions = "permit_mynetworks, reject"\nsmtpd_helo_restrictions = permit_mynetworks; reject_invalid_helo_hostname\n`,
    "undefined-class",
  ),
  mistake(
    30,
    "a continuation line at the margin",
    `${CLOSED}smtpd_client_restrictions = permit_mynetworks,\nreject_unknown_client_hostname\n`,
    "malformed-line",
  ),
  mistake(
    30,
    "a parameter that is indented",
    `${CLOSED}smtpd_banner = hello\n  smtpd_helo_required = yes\n`,
    "indented-parameter",
  ),
  // A comment line between the lines of a list is a comment: nothing is wrong.
  {
    ...mistake(
      31,
      "a comment line inside a list",
      `${LEVEL}smtpd_relay_restrictions =\n  permit_mynetworks\n# a note\n  reject_unauth_destination\n`,
    ),
    silent: ["comment-in-value", "undefined-class", "would-not-start"],
  },
  mistake(
    32,
    "a parameter twice",
    `${CLOSED}smtpd_helo_required = no\nsmtpd_helo_required = yes\n`,
    "duplicate-parameter",
  ),
  mistake(
    33,
    "a name that is not set",
    `${CLOSED}smtpd_client_restrictions = $mua_client_restrictions\n`,
    "undefined-name",
  ),
  // A permit ends its own list only: nothing in the files tells what was meant. A trace shows it.
  mistake(
    34,
    "a permit in one of two lists",
    `${CLOSED}smtpd_client_restrictions = check_client_access cidr:{{203.0.113.0/24 OK}}\nsmtpd_sender_restrictions = reject_unknown_sender_domain\n`,
  ),
  mistake(
    35,
    "a class that contains itself",
    `${CLOSED}smtpd_restriction_classes = one\none = one\nsmtpd_client_restrictions = one\n`,
    "class-cycle",
  ),
  mistake(
    36,
    "a recipient in the client list without delay",
    `${CLOSED}smtpd_delay_reject = no\nsmtpd_client_restrictions = check_recipient_access inline:{a@b.test=REJECT}\n`,
    "attribute-not-known",
  ),
  mistake(
    37,
    "a bare table in the data list",
    `${CLOSED}smtpd_data_restrictions = hash:/etc/postfix/t\n#- t\na OK\n`,
    "bare-table-in-data-list",
  ),
  mistake(
    38,
    "a permit where none may be",
    `${CLOSED}smtpd_sender_restrictions = check_sender_mx_access inline:{mx.test=OK}\n`,
    "permit-forbidden",
  ),
  mistake(
    39,
    "a policy service without its transport",
    `${CLOSED}smtpd_recipient_restrictions = check_policy_service private/policy\n`,
    "policy-service-syntax",
  ),
  mistake(
    39,
    "a policy service before relaying is refused",
    `${RECIPIENT_ALONE}smtpd_recipient_restrictions = check_policy_service unix:private/p, reject_unauth_destination\n`,
    "policy-before-relay-check",
  ),
  mistake(
    40,
    "nobody from outside gets in",
    `${CLOSED}mydestination = example.com\nsmtpd_client_restrictions = permit_mynetworks, reject\n${SERVICE}${SMTP}`,
    "mail-from-outside-refused",
  ),
  mistake(
    41,
    "a HELO that nobody has to say",
    `${CLOSED}smtpd_helo_restrictions = reject_invalid_helo_hostname\n`,
    "helo-not-required",
  ),
  mistake(
    42,
    "a check of logins behind their permit",
    `${CLOSED}smtpd_sasl_auth_enable = yes\nsmtpd_sender_login_maps = inline:{a@b.test=a}\nsmtpd_sender_restrictions = permit_sasl_authenticated, reject_sender_login_mismatch\n`,
    "login-check-after-permit",
  ),
  mistake(
    42,
    "a check of logins without their table",
    `${CLOSED}smtpd_sasl_auth_enable = yes\nsmtpd_sender_restrictions = reject_sender_login_mismatch\n`,
    "login-check-without-maps",
  ),
];

const SERVICES: readonly Mistake[] = [
  mistake(
    43,
    "a blank in an option",
    `${CLOSED}${SERVICE}${SMTP}  -o smtpd_client_restrictions=permit_sasl_authenticated, reject\n`,
    "option-syntax",
  ),
  // An option that wins over main.cf is what options are for: hover says so.
  mistake(44, "an option wins", `${CLOSED}smtpd_helo_required = no\n${SERVICE}${SMTP}  -o smtpd_helo_required=yes\n`),
  mistake(
    45,
    "a service without classes",
    `${CLOSED}smtpd_restriction_classes = one\none = permit_mynetworks\nsmtpd_client_restrictions = one\n${SERVICE}${SMTP}10025 inet n - y - - smtpd\n  -o smtpd_restriction_classes=\n`,
    "undefined-class",
  ),
  mistake(
    46,
    "an option that is no parameter",
    `${CLOSED}${SERVICE}${SMTP}  -o smtpd_client_restriction=reject\n`,
    "unknown-parameter",
  ),
];

function access(number: number, what: string, entries: string, ...rules: readonly string[]): Mistake {
  const files = `${CLOSED}smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/t\n#- t\n${entries}\n`;
  return mistake(number, what, files, ...rules);
}

const TABLES: readonly Mistake[] = [
  access(47, "a number alone", "a@b.test 550", "number-permits"),
  access(47, "an action of another program", "a@b.test BLOCK", "undefined-class"),
  access(48, "a comma behind an action", "a@b.test REJECT, go away", "never-reached"),
  access(49, "a comment behind an action", "a@b.test REJECT # spam", "comment-in-value"),
  access(50, "a table on the right", "a@b.test hash:/etc/postfix/u", "table-in-access-map"),
  access(51, "keys that nothing asks for", "*@b.test REJECT\n10.0.0.0/8 REJECT", "never-looked-up"),
  access(52, "an entry that is indented", "a@b.test REJECT\n  c@d.test OK", "swallowed-entry"),
  mistake(
    52,
    "a key twice",
    `${CLOSED}smtpd_sender_restrictions = check_sender_access texthash:/etc/postfix/t\n#- t\na@b.test OK\na@b.test REJECT\n`,
    "duplicate-key",
  ),
  access(52, "a key without a value", "a@b.test", "malformed-line"),
  mistake(
    53,
    "a pattern that matches more",
    `${RECIPIENT_ALONE}smtpd_recipient_restrictions = check_client_access regexp:/etc/postfix/t, reject_unauth_destination\n#- t\n/partner\\.test/ OK\n`,
    "unanchored-pattern",
  ),
  mistake(
    53,
    "a pattern without slashes",
    `${CLOSED}smtpd_client_restrictions = check_client_access regexp:/etc/postfix/t\n#- t\npartner\\.test OK\n`,
    "malformed-line",
  ),
  mistake(
    53,
    "bits of a host in a cidr table",
    `${CLOSED}smtpd_client_restrictions = check_client_access cidr:/etc/postfix/t\n#- t\n10.0.0.1/8 REJECT\n`,
    "malformed-line",
  ),
  mistake(
    54,
    "a type that does not exist",
    `${CLOSED}smtpd_client_restrictions = check_client_access HASH:/etc/postfix/t\n`,
    "unusable-table",
  ),
  mistake(
    54,
    "a path behind a blank",
    `${CLOSED}smtpd_client_restrictions = check_client_access hash: /etc/postfix/t\n`,
    "wrong-argument",
  ),
  mistake(
    55,
    "a type that this machine does not have",
    `${CLOSED}default_database_type = lmdb\nsmtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n#- t\na.test OK\n`,
    "other-table-type",
  ),
  access(56, "actions without what they need", "a@b.test REDIRECT nobody\nc@d.test FILTER amavis", "action-argument"),
];

const NAMES: readonly Mistake[] = [
  mistake(
    57,
    "a parameter with a slip of the pen",
    `${CLOSED}smtpd_recipient_restriction = reject\n`,
    "unknown-parameter",
  ),
  mistake(58, "a deprecated parameter", `${CLOSED}smtpd_use_tls = yes\n`, "deprecated-parameter"),
  mistake(
    59,
    "a restriction that is gone",
    `${CLOSED}smtpd_recipient_restrictions = check_relay_domains\n`,
    "outdated-restriction",
  ),
  mistake(
    60,
    "a DNS list that answers everything",
    `${CLOSED}smtpd_client_restrictions = reject_rbl_client zen.spamhaus.org\n`,
    "dns-list",
  ),
  mistake(
    60,
    "a DNS list that is gone",
    `${CLOSED}smtpd_client_restrictions = reject_rbl_client dnsbl.sorbs.net\n`,
    "dns-list",
  ),
  mistake(
    61,
    "a DNS list before the users of the server",
    `${CLOSED}smtpd_recipient_restrictions = reject_rbl_client bl.example.org, permit_mynetworks\n`,
    "lookup-before-permit",
  ),
  mistake(
    61,
    "a DNS list before relaying is refused",
    `${RECIPIENT_ALONE}smtpd_recipient_restrictions = permit_mynetworks, reject_rbl_client bl.example.org, reject_unauth_destination\n`,
    "lookup-before-permit",
  ),
  mistake(
    62,
    "names of clients have to be right",
    `${CLOSED}smtpd_client_restrictions = permit_mynetworks, reject_unknown_client_hostname\n`,
    "strict-client-name",
  ),
  mistake(
    63,
    "pipelining is looked for too early",
    `${CLOSED}smtpd_forbid_unauth_pipelining = no\nsmtpd_client_restrictions = reject_unauth_pipelining\n`,
    "pipelining-check-too-early",
  ),
  mistake(63, "bare newlines are taken", `${CLOSED}smtpd_forbid_bare_newline = no\n`, "bare-newline-accepted"),
  mistake(
    64,
    "no compatibility level",
    "smtpd_relay_restrictions = reject_unauth_destination\n",
    "no-compatibility-level",
  ),
  mistake(65, "a boolean of another language", `${CLOSED}smtpd_delay_reject = true\n`, "bad-value"),
];

export const MISTAKES: readonly Mistake[] = [...RELAY, ...LISTS, ...SERVICES, ...TABLES, ...NAMES];
