/** A configuration whose verdict is known. */
export interface Known {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly verdict: "open" | "closed" | "depends";
  /** The word that opens the relay, as it is written. */
  readonly word?: string;
  /** What the witness says. */
  readonly says?: RegExp;
  readonly machine?: "case";
}

const BASE = "compatibility_level = 3.6\nmydestination = example.com, localhost\nmynetworks = 127.0.0.0/8\n";

function lists(recipient: string, relay = ""): string {
  return `${BASE}smtpd_relay_restrictions = ${relay}\nsmtpd_recipient_restrictions = ${recipient}\n`;
}

/** A check in front of reject_unauth_destination, the relay list empty. */
function before(check: string, tables: Readonly<Record<string, string>> = {}): Known["files"] {
  return { "main.cf": lists(`permit_mynetworks, ${check}, reject_unauth_destination`), ...tables };
}

function open(title: string, files: Known["files"], more: Omit<Known, "title" | "files" | "verdict"> = {}): Known {
  return { title, files, verdict: "open", ...more };
}

function closed(title: string, files: Known["files"]): Known {
  return { title, files, verdict: "closed" };
}

const ORDINARY = "permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination";

export const KNOWN: readonly Known[] = [
  closed("the stock configuration", { "main.cf": BASE }),
  closed("the stock configuration of old", { "main.cf": "mydestination = example.com\n" }),
  // The mistakes, by their number in the collection.
  open(
    "1: a sender that anyone can forge",
    before("check_sender_access hash:/etc/postfix/s", { s: "partner.net OK\n" }),
    {
      word: "check_sender_access",
      says: /gives <someone@partner\.net> as the sender/,
    },
  ),
  open(
    "2: a HELO name that anyone can say",
    before("check_helo_access hash:/etc/postfix/h", { h: "friend PERMIT\nbuddy OK\n" }),
    {
      word: "check_helo_access",
      says: /says HELO (?:friend|buddy)/,
    },
  ),
  closed("3: a network of friends in the relay list", {
    "main.cf": lists("", `check_client_access cidr:/etc/postfix/c, reject_unauth_destination`),
    c: "192.0.2.0/24 OK\n",
  }),
  open("3: a part of the Internet in the relay list", {
    "main.cf": lists("", `check_client_access cidr:/etc/postfix/c, reject_unauth_destination`),
    c: "192.0.0.0/8 OK\n",
  }),
  closed("4: an emptied relay list with a recipient list that refuses", { "main.cf": lists(ORDINARY) }),
  closed("5: dead code after permit", { "main.cf": lists("", "permit, reject_unauth_destination") }),
  closed("6: nothing that refuses", { "main.cf": lists("permit_mynetworks") }),
  closed("7: a refusal that only warns", { "main.cf": lists("warn_if_reject, reject_unauth_destination") }),
  open("7: a refusal that only warns, and one that never comes", {
    "main.cf": lists("warn_if_reject, reject_unauth_destination, check_recipient_access static:OK, reject"),
  }),
  open(
    "9: all networks are mine",
    {
      "main.cf": "compatibility_level = 3.6\nmydestination = example.com\nmynetworks = 0.0.0.0/0\n",
    },
    { word: "0.0.0.0/0" },
  ),
  open(
    "9: half of them are mine",
    {
      "main.cf": "compatibility_level = 3.6\nmydestination = example.com\nmynetworks = 127.0.0.0/8 128.0.0.0/1\n",
    },
    { word: "128.0.0.0/1" },
  ),
  closed("10: private networks", {
    "main.cf":
      "compatibility_level = 3.6\nmydestination = example.com\nmynetworks = 127.0.0.0/8 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16\n",
  }),
  closed("12: a network with host bits", {
    "main.cf": "compatibility_level = 3.6\nmydestination = example.com\nmynetworks = 127.0.0.1/8\n",
  }),
  open("14: relay_domains = com", { "main.cf": `${BASE}relay_domains = com\n` }, { word: "com" }),
  open("14: relay_domains = static:ALL", { "main.cf": `${BASE}relay_domains = static:ALL\n` }, { word: "static:ALL" }),
  closed("relay_domains of one's own", { "main.cf": `${BASE}relay_domains = example.net, .example.org\n` }),
  open("relay_domains by a pattern without an anchor", {
    "main.cf": `${BASE}relay_domains = regexp:/etc/postfix/r\n`,
    r: "/example\\.net$/ OK\n",
  }),
  closed("relay_domains by a pattern", {
    "main.cf": `${BASE}relay_domains = regexp:/etc/postfix/r\n`,
    r: "/^(.*\\.)?example\\.net$/ OK\n",
  }),
  open(
    "15: permit_mx_backup",
    { "main.cf": lists("", `permit_mx_backup, reject_unauth_destination`) },
    { word: "permit_mx_backup" },
  ),
  open("15: permit_mx_backup for some networks", {
    "main.cf": `${lists("", "permit_mx_backup, reject_unauth_destination")}permit_mx_backup_networks = 192.0.2.0/24\n`,
  }),
  open(
    "17: reject after an unconditional OK",
    { "main.cf": lists("check_client_access static:OK, reject") },
    { word: "check_client_access" },
  ),
  closed("19: logins where there are none", {
    "main.cf": lists("permit_sasl_authenticated, reject_unauth_destination"),
  }),
  // Who anyone can be.
  open(
    "a domain that means its subdomains",
    before("check_sender_access hash:/etc/postfix/s", { s: "mail.partner.net OK\npartner.net REJECT\n" }),
  ),
  closed("DUNNO opens nothing", before("check_sender_access hash:/etc/postfix/s", { s: "partner.net DUNNO\n" })),
  open("the null sender", before("check_sender_access hash:/etc/postfix/s", { s: "<> OK\n" }), {
    says: /gives <> as the sender/,
  }),
  open("a local part", before("check_sender_access hash:/etc/postfix/s", { s: "postmaster@ OK\n" })),
  open("a local part of a recipient", before("check_recipient_access hash:/etc/postfix/r", { r: "postmaster@ OK\n" })),
  open(
    "a recipient domain that is a partner's",
    before("check_recipient_access hash:/etc/postfix/r", { r: "partner.net OK\n" }),
  ),
  open(
    "the subdomains of one's own domain",
    before("check_recipient_access hash:/etc/postfix/r", { r: "example.com OK\n" }),
    {
      says: /RCPT TO:<someone@x\.example\.com>/,
    },
  ),
  closed(
    "an address of one's own",
    before("check_recipient_access hash:/etc/postfix/r", { r: "info@example.com OK\n" }),
  ),
  closed(
    "a client by its name",
    before("check_client_access hash:/etc/postfix/c", { c: "mail.partner.net OK\npartner.org OK\n" }),
  ),
  open("clients by the top-level domain", before("check_client_access hash:/etc/postfix/c", { c: "com OK\n" })),
  open("clients by a public suffix", before("check_client_access hash:/etc/postfix/c", { c: "co.uk OK\n" })),
  open("clients without a name", before("check_client_access hash:/etc/postfix/c", { c: "unknown OK\n" })),
  closed(
    "clients by a network",
    before("check_client_access hash:/etc/postfix/c", { c: "192.0.2 OK\n198.51.100.7 OK\n" }),
  ),
  open("clients by the first number", before("check_client_access hash:/etc/postfix/c", { c: "198 OK\n" })),
  closed("private clients by the first number", before("check_client_access hash:/etc/postfix/c", { c: "10 OK\n" })),
  open(
    "clients that are not in a network",
    before("check_client_access cidr:/etc/postfix/c", { c: "!192.0.2.0/24 OK\n" }),
  ),
  closed("the reverse name may not permit", before("check_reverse_client_hostname_access static:OK")),
  // Patterns.
  open(
    "a pattern without an anchor",
    before("check_client_access regexp:/etc/postfix/c", { c: "/partner\\.net/ OK\n" }),
    {
      says: /connects from/,
    },
  ),
  open(
    "a pattern with one anchor",
    before("check_client_access regexp:/etc/postfix/c", { c: "/partner\\.net$/ OK\n" }),
  ),
  open(
    "dots that are any character",
    before("check_client_access regexp:/etc/postfix/c", { c: "/^mail.partner.net$/ OK\n" }),
  ),
  closed(
    "a pattern that says what it means",
    before("check_client_access regexp:/etc/postfix/c", { c: "/\\.partner\\.net$/ OK\n" }),
  ),
  closed(
    "a pattern for a network",
    before("check_client_access regexp:/etc/postfix/c", { c: "/^192\\.0\\.2\\.[0-9]+$/ OK\n" }),
  ),
  open(
    "a pattern for a network that names match, too",
    before("check_client_access regexp:/etc/postfix/c", { c: "/^192\\.0\\.2\\./ OK\n" }),
    {
      says: /connects from 192\.0\.2\.stranger\.example/,
    },
  ),
  open(
    "a pattern for a part of the Internet",
    before("check_client_access regexp:/etc/postfix/c", { c: "/^192\\./ OK\n" }),
  ),
  open("a pattern for senders", before("check_sender_access pcre:/etc/postfix/s", { s: "/^boss@/ OK\n" })),
  open(
    "a pattern behind one that refuses",
    before("check_sender_access pcre:/etc/postfix/s", { s: "/^[a-m]/ REJECT\n/@partner\\.net$/ OK\n" }),
  ),
  closed(
    "a pattern that another one covers",
    before("check_sender_access pcre:/etc/postfix/s", { s: "/partner/ REJECT\n/@partner\\.net$/ OK\n" }),
  ),
  open("an address as the HELO name", before("check_helo_access cidr:/etc/postfix/h", { h: "192.0.2.0/24 permit\n" })),
  open(
    "a number alone, which means OK",
    before("check_helo_access regexp:/etc/postfix/h", { h: "/^mx7$/ 550\n/./ REJECT\n" }),
  ),
  open(
    "a pattern in an if",
    before("check_helo_access pcre:/etc/postfix/h", { h: "if /^mx/\n!/\\.net$/ OK\nendif\n" }),
  ),
  open(
    "a pattern with a look-ahead",
    before("check_helo_access pcre:/etc/postfix/h", { h: "/^(?!bad)mx[0-9]+\\./ OK\n" }),
  ),
  closed("a pattern that nothing can match", before("check_helo_access pcre:/etc/postfix/h", { h: "/^a\\bb$/ OK\n" })),
  open("a key and a pattern together", {
    "main.cf": lists(
      "check_sender_access pcre:/etc/postfix/p, check_sender_access hash:/etc/postfix/s, reject_unauth_destination",
    ),
    p: "!/^vip/ REJECT\n",
    s: "partner.net OK\n",
  }),
  // Several conditions.
  open(
    "a class",
    {
      "main.cf": `${lists("check_sender_access hash:/etc/postfix/s, reject_unauth_destination")}smtpd_restriction_classes = friends\nfriends = check_helo_access hash:/etc/postfix/h, reject\n`,
      s: "partner.net friends\n",
      h: "friend OK\n",
    },
    { word: "check_helo_access", says: /says HELO friend and gives <someone@partner\.net>/ },
  ),
  closed("a class that refuses", {
    "main.cf": `${lists("check_sender_access hash:/etc/postfix/s, reject_unauth_destination")}smtpd_restriction_classes = friends\nfriends = check_client_access hash:/etc/postfix/c, reject\n`,
    s: "partner.net friends\n",
    c: "192.0.2.1 OK\n",
  }),
  closed("a class that contains itself", {
    "main.cf": `${lists("again, permit, reject_unauth_destination, reject")}smtpd_restriction_classes = again\nagain = check_sender_access static:again\n`,
  }),
  closed("an earlier list refuses what the later one takes", {
    "main.cf": `${lists("check_sender_access hash:/etc/postfix/s, reject_unauth_destination")}smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/s2\n`,
    s: "partner.net OK\n",
    s2: "partner.net REJECT\n",
  }),
  open("an earlier list refuses only the domain itself", {
    "main.cf": `${lists("check_sender_access hash:/etc/postfix/s, reject_unauth_destination")}smtpd_sender_restrictions = check_sender_access inline:{boss@partner.net=REJECT}\n`,
    s: "partner.net OK\n",
  }),
  closed("the end of data refuses all", {
    "main.cf": `${lists("check_helo_access static:OK, reject_unauth_destination")}smtpd_end_of_data_restrictions = reject\n`,
  }),
  closed("DISCARD takes the message and throws it away", before("check_sender_access static:DISCARD")),
  closed("what is deferred in the end", before("defer_if_permit, check_sender_access static:OK")),
  open("a list that must be passed encrypted", {
    "main.cf": `${lists("reject_plaintext_session, check_sender_access static:OK, reject_unauth_destination")}smtpd_tls_security_level = may\n`,
  }),
  closed("encryption that is not offered", before("reject_plaintext_session, check_sender_access static:OK")),
  closed("a HELO name that is required does not help", { "main.cf": `${lists(ORDINARY)}smtpd_helo_required = yes\n` }),
  open(
    "no HELO at all",
    {
      "main.cf": `${lists("check_sender_access static:OK, reject_unauth_destination")}smtpd_helo_restrictions = reject\n`,
    },
    { says: /says no HELO/ },
  ),
  closed("no HELO where it is required", {
    "main.cf": `${lists("check_sender_access static:OK, reject_unauth_destination")}smtpd_helo_restrictions = reject\nsmtpd_helo_required = yes\n`,
  }),
  closed("a client list that is asked at once", {
    "main.cf": `${lists("check_sender_access static:OK, reject_unauth_destination")}smtpd_client_restrictions = permit_mynetworks, reject\nsmtpd_delay_reject = no\n`,
  }),
  // Answers from outside.
  { title: "an SQL table", files: before("check_sender_access mysql:/etc/postfix/s.cf"), verdict: "depends" },
  {
    title: "a policy service before the refusal",
    files: before("check_policy_service inet:127.0.0.1:10031"),
    verdict: "depends",
  },
  closed("a policy service behind the refusal", {
    "main.cf": lists("reject_unauth_destination, check_policy_service inet:127.0.0.1:10031"),
  }),
  closed("a DNS allow list, which does not help recipients elsewhere", before("permit_dnswl_client list.dnswl.org")),
  {
    title: "a DNS allow list at connect",
    files: {
      "main.cf": `${lists("check_sender_access static:OK, reject_unauth_destination")}smtpd_delay_reject = no\nsmtpd_client_restrictions = permit_dnswl_client list.dnswl.org=127.0.[0..255].[1..3], reject\n`,
    },
    verdict: "depends",
  },
  closed("domains in SQL are taken not to list others", {
    "main.cf": `${BASE}virtual_mailbox_domains = mysql:/etc/postfix/d.cf\n`,
  }),
  closed(
    "a route through a local domain is looked up as what it leads to",
    before("check_recipient_access pcre:/etc/postfix/r", { r: "/%.*@example\\.com$/ OK\n" }),
  ),
  closed("the sender of the server's own address probes is no recipient elsewhere", {
    "main.cf": "compatibility_level = 3.6\nmyhostname = mx.example.com\nmydestination = example.com\n",
  }),
  closed("a service that does not start", {
    "main.cf": `${BASE}smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = permit\n`,
  }),
];
