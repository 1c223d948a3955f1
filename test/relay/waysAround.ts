import type { Known } from "./verdicts.ts";
import { BASE, before, domains, lists, networks, way } from "./ways.ts";

const EXTENDED = "recipient_delimiter = +\n";
const EXACTLY = "check_sender_access pcre:/etc/postfix/p, check_sender_access hash:/etc/postfix/s";
const LOGINS = "reject_unauthenticated_sender_login_mismatch, check_sender_access inline:{boss@partner.net=OK}";
const OWNED = `smtpd_sasl_auth_enable = yes\n${EXTENDED}`;

/** Tables of keys overlook an extension, patterns do not. */
const EXTENSIONS: readonly Known[] = [
  way("a pattern refuses the address, not its extensions", "open", {
    ...before(EXACTLY, {}, EXTENDED),
    p: "/^boss@partner\\.net$/ REJECT\n",
    s: "boss@partner.net OK\n",
  }),
  way("there are no extensions", "closed", {
    ...before(EXACTLY),
    p: "/^boss@partner\\.net$/ REJECT\n",
    s: "boss@partner.net OK\n",
  }),
  way("one extension is not refused", "open", {
    ...before(EXACTLY, {}, EXTENDED),
    p: "/^boss@partner\\.net$/ REJECT\n!/\\+vip@/ REJECT\n",
    s: "boss@partner.net OK\n",
  }),
  way("a local part with an extension", "open", {
    ...before(EXACTLY, {}, EXTENDED),
    p: "/^boss@/ REJECT\n",
    s: "boss@ OK\n",
  }),
  way("an owner by a pattern", "open", {
    ...before(LOGINS, {}, `${OWNED}smtpd_sender_login_maps = pcre:/etc/postfix/l\n`),
    l: "/^boss@partner\\.net$/ boss\n",
  }),
  way("an owner by a key", "closed", {
    ...before(LOGINS, {}, `${OWNED}smtpd_sender_login_maps = hash:/etc/postfix/l\n`),
    l: "boss@partner.net boss\n",
  }),
];

/** What one table says, another one is asked about. */
const PIPES: readonly Known[] = [
  way("the local part is a key behind", "open", {
    ...before("check_sender_access pipemap:{pcre:/etc/postfix/p,inline:{boss=OK}}"),
    p: "/^(.*)@.*$/ $1\n",
  }),
  way("a part of the key behind", "open", {
    ...before("check_helo_access pipemap:{pcre:/etc/postfix/p,hash:/etc/postfix/h}"),
    p: "/^mx(\\d+)\\.test$/ node$1\n",
    h: "node7 OK\n",
  }),
  way("a pattern behind", "open", {
    ...before("check_helo_access pipemap:{pcre:/etc/postfix/p,pcre:/etc/postfix/q}"),
    p: "/^mx-(.*)$/ $1\n",
    q: "/^seven$/ OK\n",
  }),
  way("a pattern between", "open", {
    ...before("check_helo_access pipemap:{pcre:/etc/postfix/p,pcre:/etc/postfix/q,inline:{vip=OK}}"),
    p: "/^mx-(.*)$/ $1\n",
    q: "/^to-(.*)$/ $1\n",
  }),
  way("nobody's key in front", "closed", before("check_client_access pipemap:{inline:{192.0.2.1=x},static:OK}")),
];

const BACKUP = "check_recipient_mx_access cidr:/etc/postfix/m, permit_mx_backup, reject";

/** This server as the backup of a stranger's domain, by each of its addresses. */
const BACKUPS: readonly Known[] = [
  way("no address of this server may be an MX", "closed", {
    "main.cf": lists(BACKUP, "", "inet_protocols = ipv4\n"),
    m: "198.51.100.25 REJECT\n127.0.0.0/8 REJECT\n",
  }),
  way("but its IPv6 address", "open", {
    "main.cf": lists(BACKUP, "", "inet_protocols = all\n"),
    m: "198.51.100.25 REJECT\n127.0.0.0/8 REJECT\n",
  }),
  way("but its public address", "open", {
    "main.cf": lists(BACKUP, "", "inet_interfaces = 198.51.100.25\n"),
    m: "127.0.0.0/8 REJECT\n::1 REJECT\n",
  }),
  way(
    "the best MX in a network of IPv6",
    "open",
    lists("permit_mx_backup, reject", "", "permit_mx_backup_networks = [2001:db8:1::]/64\ninet_protocols = all\n"),
  ),
  way("the best MX in a network of a table", "open", {
    "main.cf": lists("permit_mx_backup, reject", "", "permit_mx_backup_networks = cidr:/etc/postfix/n\n"),
    n: "192.0.2.0/24 x\n",
  }),
  way("the best MX in a network of a file", "open", {
    "main.cf": lists("permit_mx_backup, reject", "", "permit_mx_backup_networks = /etc/postfix/n\n"),
    n: "192.0.2.0/24\n",
  }),
];

const LISTED = "relay_recipient_maps = hash:/etc/postfix/r\n";

/** Everybody's domains in relay_domains. */
const SUFFIXES: readonly Known[] = [
  way("a listed recipient below", "open", domains("com", { r: "bob@partner.com x\n" }, LISTED)),
  way("a listed domain below", "open", domains("com", { r: "@partner.com x\n" }, LISTED)),
  way("listed recipients elsewhere alone", "closed", domains("com", { r: "bob@partner.net x\n" }, LISTED)),
  way(
    "recipients that a pattern lists",
    "open",
    domains("com", { r: "/^sales@/ x\n" }, "relay_recipient_maps = pcre:/etc/postfix/r\n"),
  ),
  way("an alias below", "open", {
    ...domains("com", { r: "bob@example.com x\n" }, `${LISTED}virtual_alias_maps = hash:/etc/postfix/v\n`),
    v: "@partner.com bob@example.com\n",
  }),
  way("addresses in place of domains", "open", domains("pcre:/etc/postfix/d", { d: "/^\\[/ x\n" })),
];

const HIDDEN = "smtpd_tls_security_level = may\n";
const ENCRYPTED = "reject_plaintext_session, check_helo_access static:OK";

/** What is not told to clients is not there. */
const ANNOUNCED: readonly Known[] = [
  way("STARTTLS for nobody", "closed", before(ENCRYPTED, {}, `${HIDDEN}smtpd_discard_ehlo_keywords = starttls\n`)),
  way("STARTTLS for some", "open", {
    ...before(ENCRYPTED, {}, `${HIDDEN}smtpd_discard_ehlo_keyword_address_maps = cidr:/etc/postfix/k\n`),
    k: "203.0.113.0/24 starttls\n0.0.0.0/1 starttls\n",
  }),
  way("STARTTLS for none of them", "closed", {
    ...before(ENCRYPTED, {}, `${HIDDEN}smtpd_discard_ehlo_keyword_address_maps = cidr:/etc/postfix/k\n`),
    k: "0.0.0.0/0 starttls\n::/0 starttls\n",
  }),
];

/** What other ways to write the same come to. */
const OTHERS: readonly Known[] = [
  way("a table inside a table", "closed", before("check_sender_access static:{check_helo_access static:OK}")),
  way(
    "a name of other letters",
    "open",
    before("check_sender_access hash:/etc/postfix/s", { s: "b\u00fccher.de OK\n" }),
  ),
  way(
    "a name of other letters that nobody may write",
    "closed",
    before("check_sender_access hash:/etc/postfix/s", { s: "b\u00fccher.de OK\n" }, "smtputf8_enable = no\n"),
  ),
  way("a file inside a file", "open", networks("/etc/postfix/n", { n: "/etc/postfix/m\n", m: "0.0.0.0/0\n" })),
  way("all but what a file has", "open", networks("!/etc/postfix/n 0.0.0.0/0", { n: "0.0.0.0/1\n" })),
  way("two halves of a /8", "closed", networks("198.0.0.0/9 198.128.0.0/9")),
  way("all but com", "open", domains("!com, static:all")),
  way("a DNS list of friends where the recipient is known", "closed", {
    "main.cf": `${BASE}smtpd_relay_restrictions = permit_dnswl_client list.dnswl.org, reject_unauth_destination\n`,
  }),
  way(
    "a policy service for some",
    "open",
    before(
      "check_helo_access static:OK",
      {},
      "smtpd_restriction_classes = p\np = check_policy_service inet:127.0.0.1:10031\n" +
        "smtpd_end_of_data_restrictions = check_sender_access inline:{partner.net=p}\n",
    ),
  ),
  way(
    "subdomains without an owner",
    "open",
    before(
      "reject_unauthenticated_sender_login_mismatch, check_sender_access inline:{partner.net=OK}",
      { l: "@partner.net x\n" },
      "smtpd_sasl_auth_enable = yes\nsmtpd_sender_login_maps = hash:/etc/postfix/l\n",
    ),
  ),
];

const FRIENDS = "smtpd_restriction_classes = friends\nfriends = permit\n";

/** A permit that does not count, and what is unusual. */
const UNCOUNTED: readonly Known[] = [
  way("a permit is nothing to a recipient with a route", "open", {
    "main.cf": lists("check_recipient_access pcre:/etc/postfix/r, check_helo_access static:OK, reject", "", FRIENDS),
    r: "/%/ friends\n/./ REJECT\n",
  }),
  way(
    "a permit by the servers of a sender is a mistake",
    "closed",
    lists(
      "reject_unknown_sender_domain, check_sender_access inline:{<>=REJECT}, check_sender_mx_access static:friends, check_helo_access static:OK, reject",
      "",
      FRIENDS,
    ),
  ),
  way(
    "a long address",
    "open",
    before("check_sender_access hash:/etc/postfix/s", { s: `${"long".repeat(75)}@partner.net OK\n` }),
  ),
];

/** By ways around what refuses. */
export const AROUND_WAYS: readonly Known[] = [
  ...EXTENSIONS,
  ...PIPES,
  ...BACKUPS,
  ...SUFFIXES,
  ...ANNOUNCED,
  ...OTHERS,
  ...UNCOUNTED,
];
