/** A mistake in another form than in the list of mistakes: other spacing, order, type of table, or place. */
export interface MistakeVariant {
  readonly what: string;
  readonly files: string;
  readonly rule: string;
  /** `file:line`, lines from 1. */
  readonly at: string;
}

const HEAD = "compatibility_level = 3.6\nsmtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n";
const SERVICE = `${HEAD}#- master.cf\n25 inet n - n - - smtpd\n`;

function variant(what: string, files: string, rule: string, at: string): MistakeVariant {
  return { what, files, rule, at };
}

/** main.cf, whose third line is the first of these. */
function main(what: string, lines: string, rule: string, at = "main.cf:3"): MistakeVariant {
  return variant(what, `${HEAD}${lines}\n`, rule, at);
}

/** An entry in a table of senders; it stands in the first line. */
function entry(what: string, type: string, text: string, rule: string): MistakeVariant {
  const list = `smtpd_sender_restrictions = check_sender_access ${type}:/etc/postfix/t`;
  return main(what, `${list}\n#- t\n${text}`, rule, "t:1");
}

/** An option of the SMTP server; it stands in the second line of master.cf. */
function option(what: string, text: string, rule: string): MistakeVariant {
  return variant(what, `${SERVICE}  -o ${text}\n`, rule, "master.cf:2");
}

export const MISTAKE_VARIANTS: readonly MistakeVariant[] = [
  main(
    "an undeclared class in braces of a name",
    "smtpd_data_restrictions = ${myhostname?{greylist}}\ngreylist = reject_unknown_sender_domain",
    "undefined-class",
  ),
  main(
    "an undeclared class on a continuation",
    "smtpd_helo_restrictions =\n  permit_mynetworks\n  greylist\ngreylist = reject_unknown_sender_domain\nsmtpd_helo_required = yes",
    "undefined-class",
    "main.cf:5",
  ),
  option("an undeclared class in -o", "smtpd_helo_restrictions=greylist", "undefined-class"),
  option(
    "an undeclared class in braces in -o",
    "{ smtpd_helo_restrictions = permit_mynetworks, greylist }",
    "undefined-class",
  ),
  option(
    "classes that are gone in one service",
    "smtpd_data_restrictions=nosuch,reject_unauth_pipelining",
    "undefined-class",
  ),
  main(
    "a misspelt restriction in a class",
    "smtpd_restriction_classes = a\na = permit_mynetworks reject_unknown_sender_domian\nsmtpd_helo_restrictions = a",
    "undefined-class",
    "main.cf:4",
  ),
  entry("a misspelt restriction in a regexp table", "regexp", "/x/ reject_unauth_destinatoin", "undefined-class"),
  entry("an e-mail address as an action in a cdb table", "texthash", "a@example.com  b@example.com", "undefined-class"),
  entry("BLOCK behind tabs", "pcre", "/^a@example\\.com$/\t\tBLOCK", "undefined-class"),
  entry("a reply code of three digits alone", "texthash", "a@example.com 450", "number-permits"),
  entry("an action with a comma", "hash", "a@example.com REJECT, go away", "never-reached"),
  main(
    "a comment behind a list",
    "smtpd_helo_restrictions = permit_mynetworks, reject_invalid_helo_hostname # strict",
    "comment-in-value",
  ),
  main("a comment behind a number", "smtpd_recipient_limit = 100 # people", "comment-in-value"),
  main(
    "a comment behind networks",
    "mynetworks = 127.0.0.0/8,\n   192.0.2.0/24 # office",
    "comment-in-value",
    "main.cf:4",
  ),
  main(
    "a class declared in another list",
    "smtpd_restriction_classes = a b\na = reject\nsmtpd_helo_restrictions = a",
    "class-not-defined",
  ),
  main(
    "a class named like a restriction in capitals",
    "smtpd_restriction_classes = REJECT\nREJECT = permit\nsmtpd_helo_restrictions = REJECT",
    "class-shadowed",
  ),
  main(
    "two classes in a circle",
    "smtpd_restriction_classes = a, b\na = permit_mynetworks b\nb = a\nsmtpd_helo_restrictions = b",
    "class-cycle",
    "main.cf:4",
  ),
  main(
    "a class that a table leads back to",
    "smtpd_restriction_classes = a\na = check_sender_access inline:{x=a}\nsmtpd_helo_restrictions = a",
    "class-cycle",
    "main.cf:4",
  ),
  main(
    "an argument that is a restriction",
    "smtpd_data_restrictions = reject_rbl_client permit_mynetworks",
    "wrong-argument",
  ),
  main(
    "a table as the domain of a list",
    "smtpd_client_restrictions = reject_rbl_client hash:/etc/postfix/x",
    "wrong-argument",
  ),
  option(
    "a restriction without its argument in -o",
    "smtpd_client_restrictions=permit_mynetworks,check_client_access",
    "wrong-argument",
  ),
  main(
    "a list in a list, in capitals of a class",
    "smtpd_sender_restrictions = smtpd_helo_restrictions",
    "undefined-class",
  ),
  main(
    "a table in the data list",
    "smtpd_data_restrictions = cidr:/etc/postfix/c\n#- c\n192.0.2.1 REJECT",
    "bare-table-in-data-list",
  ),
  main(
    "OK of a table of mail servers, in braces",
    "smtpd_sender_restrictions = check_sender_mx_access cidr:{{192.0.2.0/24 OK}}",
    "permit-forbidden",
  ),
  main(
    "OK behind a class of a table of name servers",
    "smtpd_restriction_classes = a\na = permit\nsmtpd_data_restrictions = a\nsmtpd_sender_restrictions = check_sender_ns_access inline:{x=a}",
    "permit-forbidden",
    "main.cf:6",
  ),
  main(
    "a policy service by a path",
    "smtpd_data_restrictions = check_policy_service /var/run/policy",
    "policy-service-syntax",
  ),
  main(
    "a policy service in braces without its endpoint",
    "smtpd_data_restrictions = check_policy_service { timeout=3s }",
    "policy-service-syntax",
  ),
  main(
    "a policy service before the relay check",
    "smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:10023 reject_unauth_destination\nsmtpd_relay_restrictions =",
    "policy-before-relay-check",
  ),
  main(
    "lists after permit on one line",
    "smtpd_client_restrictions = permit reject_unknown_client_hostname",
    "never-reached",
  ),
  option(
    "a restriction after reject in -o",
    "smtpd_client_restrictions=permit_mynetworks,reject,reject_unauth_pipelining",
    "never-reached",
  ),
  main(
    "a check after static:OK in braces",
    "smtpd_client_restrictions = check_client_access static:{OK} reject",
    "never-reached",
  ),
  main("host bits of IPv6 in mynetworks", "mynetworks = 127.0.0.0/8 [2001:db8::1]/32", "bad-network"),
  main("host bits behind an exclamation mark", "mynetworks = !192.0.2.1/24, 192.0.2.0/23", "bad-network"),
  main("an IPv6 network without brackets", "mynetworks = 127.0.0.0/8, 2001:db8::/32", "bad-network"),
  option("everybody in mynetworks of one service", "mynetworks=0.0.0.0/0", "open-relay"),
  main("a whole private block of IPv6", "mynetworks = 127.0.0.0/8, [::]/0", "open-relay"),
  main(
    "a duplicate with a continuation between",
    "myhostname = a.example.com\nmydestination = a,\n  b\nmyhostname = b.example.com",
    "duplicate-parameter",
    "main.cf:6",
  ),
  option(
    "a misspelt parameter in -o with braces",
    "{ smtpd_recipient_restriction = reject_unlisted_recipient }",
    "unknown-parameter",
  ),
  main("a misspelt parameter of a transport", "smtp_destination_conurrency_limit = 2", "unknown-parameter"),
  main("true in place of yes", "smtpd_helo_required = true", "bad-value"),
  option("a boolean with a blank in -o braces", "{ smtpd_tls_auth_only = on }", "bad-value"),
  main("a level with two words", "smtp_tls_security_level = may encrypt", "bad-value"),
  main("a time with a word", "maximal_queue_lifetime = 5 days", "bad-value"),
  variant("-o with blanks around =", `${SERVICE}  -o smtpd_helo_required = yes\n`, "option-syntax", "master.cf:2"),
  variant(
    "-o with a list torn apart",
    `${SERVICE}  -o smtpd_client_restrictions=permit_mynetworks, reject_unauth_pipelining\n`,
    "option-syntax",
    "master.cf:2",
  ),
  variant("a service with too few columns", `${SERVICE}smtps inet n - n smtpd\n`, "malformed-line", "master.cf:2"),
  variant("a main.cf line without =", `${HEAD}smtpd_helo_required yes\n`, "malformed-line", "main.cf:3"),
  variant(
    "a swallowed assignment",
    `${HEAD}smtpd_banner = hello\n  mydestination = example.com\n`,
    "indented-parameter",
    "main.cf:4",
  ),
  entry("a network in an indexed table", "hash", "192.0.2.0/24 REJECT", "never-looked-up"),
  entry("a star before a domain", "texthash", "*@example.com REJECT", "never-looked-up"),
  entry("a key without a value", "hash", "example.com", "malformed-line"),
  main(
    "a duplicate key in other case",
    "smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/t\n#- t\nExample.com REJECT\nexample.COM OK",
    "duplicate-key",
    "t:2",
  ),
  entry("a pattern without slashes", "pcre", "^spam REJECT", "malformed-line"),
  entry("FILTER without a colon", "hash", "example.com FILTER scan", "action-argument"),
  entry("REDIRECT to a name", "regexp", "/x/ REDIRECT postmaster", "action-argument"),
  entry("BCC to a name in cidr", "hash", "example.com BCC archive", "action-argument"),
  entry(
    "a table in a table of patterns",
    "regexp",
    "/x/ check_sender_access hash:/etc/postfix/y\n#- y\na REJECT",
    "table-in-access-map",
  ),
  main(
    "an unanchored pattern in braces",
    "smtpd_relay_restrictions = check_recipient_access pcre:{{/partner.example/ OK}} reject_unauth_destination",
    "open-relay",
  ),
  main("a relay domain of one label", "relay_domains = example.net com", "open-relay"),
  main(
    "recipients in the client list",
    "smtpd_delay_reject = no\nsmtpd_client_restrictions = permit_mynetworks, check_recipient_access hash:/etc/postfix/r",
    "attribute-not-known",
    "main.cf:4",
  ),
  main(
    "an outdated restriction in a class",
    "smtpd_restriction_classes = a\na = reject_unknown_client\nsmtpd_helo_restrictions = a",
    "outdated-restriction",
    "main.cf:4",
  ),
  main(
    "a DNS list that ended, behind warn_if_reject",
    "smtpd_data_restrictions = warn_if_reject reject_rbl_client dnsbl.sorbs.net",
    "dns-list",
  ),
  main(
    "pipelining in a class of the client list",
    "smtpd_forbid_unauth_pipelining = no\nsmtpd_client_restrictions = permit_mynetworks\n  reject_unauth_pipelining",
    "pipelining-check-too-early",
    "main.cf:5",
  ),
  main("a type of another name", "virtual_alias_maps = HASH:/etc/postfix/virtual", "unusable-table"),
  main(
    "a type with a blank",
    "smtpd_client_restrictions = check_client_access hash: /etc/postfix/c\n#- c\na REJECT",
    "wrong-argument",
  ),
];
