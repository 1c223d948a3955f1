const HEAD = "compatibility_level = 3.6\nsmtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n";
const SERVICE = `${HEAD}#- master.cf\n25 inet n - n - - smtpd\n`;

/** Configurations that are right, though they look much like a mistake. None of the rules has anything to say. */
export const NO_MISTAKES: readonly (readonly [what: string, files: string])[] = [
  [
    "a declared class in braces of a name",
    `${HEAD}smtpd_restriction_classes = a\na = reject_unknown_sender_domain\nsmtpd_data_restrictions = \${myhostname?{a}}\n`,
  ],
  [
    "a class that only a table names",
    `${HEAD}smtpd_restriction_classes = a\na = permit_mynetworks\nsmtpd_sender_restrictions = check_sender_access inline:{x=a}\n`,
  ],
  ["restrictions in capitals", `${HEAD}smtpd_sender_restrictions = PERMIT_MYNETWORKS, Reject_Unknown_Sender_Domain\n`],
  [
    "a comment line inside a list",
    `${HEAD}smtpd_sender_restrictions =\n  permit_mynetworks\n# strict\n  reject_unknown_sender_domain\n`,
  ],
  ["a # inside a value", `${HEAD}smtpd_banner = $myhostname ESMTP room #5\n`],
  [
    "an anchor in a pattern",
    `${HEAD}smtpd_recipient_restrictions = check_recipient_access pcre:/etc/postfix/p\n#- p\n/@partner\\.example$/ DUNNO\n`,
  ],
  [
    "OK behind the relay check",
    `${HEAD}smtpd_recipient_restrictions = reject_unauth_destination, check_sender_access hash:/etc/postfix/s\n#- s\nexample.com OK\n`,
  ],
  [
    "DUNNO in a table of mail servers",
    `${HEAD}smtpd_sender_restrictions = check_sender_mx_access cidr:{{192.0.2.0/24 DUNNO}}\n`,
  ],
  [
    "a REJECT with a comma in its text",
    `${HEAD}smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/s\n#- s\nexample.com REJECT go, away\n`,
  ],
  [
    "a reply code with a text",
    `${HEAD}smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/s\n#- s\nexample.com 550 5.7.1 no\n`,
  ],
  ["a network without bits of a host", `${HEAD}mynetworks = 127.0.0.0/8, [::1]/128, 192.0.2.0/24\n`],
  ["an exception before its network", `${HEAD}mynetworks = 127.0.0.0/8, !192.0.2.7, 192.0.2.0/24\n`],
  [
    "a network of whole numbers in an indexed table",
    `${HEAD}smtpd_client_restrictions = check_client_access hash:/etc/postfix/c\n#- c\n192.0.2 REJECT\n2001:db8:1 REJECT\n`,
  ],
  [
    "a user of any domain",
    `${HEAD}smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/s\n#- s\npostmaster@ DUNNO\n<> DUNNO\n`,
  ],
  [
    "@domain in a table of aliases",
    `${HEAD}virtual_alias_maps = hash:/etc/postfix/v\n#- v\n@example.org a@example.com\nabuse root\n`,
  ],
  [
    ".domain in a table of transports",
    `${HEAD}transport_maps = hash:/etc/postfix/t\n#- t\n.example.org smtp:[a.example.com]\n* smtp:\n`,
  ],
  [
    "a policy service with settings in braces",
    `${HEAD}smtpd_recipient_restrictions = reject_unauth_destination, check_policy_service { inet:127.0.0.1:10023, timeout=5s, default_action=DUNNO }\n`,
  ],
  [
    "a DNS list with its answers",
    `${HEAD}smtpd_recipient_restrictions = reject_unauth_destination, reject_rbl_client zen.spamhaus.org=127.0.0.[2..11]\n`,
  ],
  ["permit at the end", `${HEAD}smtpd_sender_restrictions = permit_mynetworks, permit\n`],
  [
    "a class with permit before other restrictions",
    `${HEAD}smtpd_restriction_classes = a\na = permit_mynetworks, reject_unlisted_sender\nsmtpd_sender_restrictions = a, reject_unknown_sender_domain\n`,
  ],
  [
    "warn_if_reject before reject",
    `${HEAD}smtpd_sender_restrictions = warn_if_reject reject_unknown_sender_domain, reject_non_fqdn_sender\n`,
  ],
  ["a time with a unit in capitals of the manual", `${HEAD}maximal_queue_lifetime = 1w\nminimal_backoff_time = 300s\n`],
  [
    "a name of a transport with a dash",
    `${HEAD}my-slow_destination_rate_delay = 1s\n#- master.cf\n25 inet n - n - - smtpd\nmy-slow unix - - n - - smtp\n`,
  ],
  ["a parameter of one's own that is used", `${HEAD}office = 192.0.2.0/24\nmynetworks = 127.0.0.0/8, $office\n`],
  [
    "-o with a list in braces",
    `${SERVICE}  -o { smtpd_client_restrictions = permit_mynetworks, reject_unknown_client_hostname }\n`.replace(
      "reject_unknown_client_hostname",
      "reject_unknown_reverse_client_hostname",
    ),
  ],
  [
    "-o with commas and no blank",
    `${SERVICE}  -o smtpd_client_restrictions=permit_mynetworks,reject_unknown_reverse_client_hostname\n`,
  ],
  [
    "a list of one service from main.cf",
    `${HEAD}mua = permit_mynetworks, reject_unlisted_recipient\n#- master.cf\n25 inet n - n - - smtpd\n  -o smtpd_recipient_restrictions=$mua\n`,
  ],
  ["an emptied list in one service", `${SERVICE}  -o smtpd_sender_restrictions=\n`],
  ["a service on two ports", `${SERVICE}587 inet n - n - - smtpd\n`],
  [
    "an entry over two lines",
    `${HEAD}virtual_alias_maps = hash:/etc/postfix/v\n#- v\na@example.org b@example.com,\n  c@example.com\n`,
  ],
  [
    "a pattern with if and endif",
    `${HEAD}smtpd_sender_restrictions = check_sender_access pcre:/etc/postfix/p\n#- p\nif /@example\\.com$/\n/^spam/ REJECT\nendif\n`,
  ],
  [
    "a negated pattern",
    `${HEAD}smtpd_sender_restrictions = check_sender_access regexp:/etc/postfix/p\n#- p\n!/@/ REJECT\n`,
  ],
  [
    "FILTER with a transport of master.cf",
    `${HEAD}smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/s\n#- s\nexample.com FILTER scan:[127.0.0.1]:10024\n#- master.cf\n25 inet n - n - - smtpd\nscan unix - - n - - smtp\n`,
  ],
  [
    "REDIRECT to an address",
    `${HEAD}smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/s\n#- s\nexample.com REDIRECT a@example.com\n`,
  ],
  [
    "a list of classes over lines",
    `${HEAD}smtpd_restriction_classes =\n  a,\n  b\na = reject_unlisted_sender\nb = a\nsmtpd_sender_restrictions = b\n`,
  ],
  [
    "the recipient in the client list, when it waits for RCPT",
    `${HEAD}smtpd_client_restrictions = check_recipient_access hash:/etc/postfix/r\n#- r\npostmaster@ DUNNO\n`,
  ],
  [
    "an old value for a release that has it by its own name",
    `${HEAD}smtp_tls_security_level = dane\nsmtp_dns_support_level = dnssec\n`,
  ],
  [
    "a TLS policy with all it may have",
    `${HEAD}smtp_tls_policy_maps = hash:/etc/postfix/p\n#- p\nexample.com secure match=nexthop:dot-nexthop protocols=>=TLSv1.2 ciphers=high\n`,
  ],
  [
    "a login map beside its check",
    `${HEAD}smtpd_sasl_auth_enable = yes\nsmtpd_sender_login_maps = hash:/etc/postfix/l\nsmtpd_sender_restrictions = reject_authenticated_sender_login_mismatch, permit_sasl_authenticated\n#- l\na@example.com a\n`,
  ],
  [
    "a limit beyond 32 bits, which is a long number",
    `${HEAD}mailbox_size_limit = 5120000000\nvirtual_mailbox_limit = 10737418240\nmessage_size_limit = 5000000000\n`,
  ],
  ["a function in a macro", `${HEAD}mydestination = \${domain_to_ascii{$myhostname}}, localhost\n`],
];
