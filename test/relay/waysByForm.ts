import type { Known } from "./verdicts.ts";
import { BASE, before, domains, lists, networks, way } from "./ways.ts";

const ANY = "check_sender_access static:OK, reject";
const HELO = "check_helo_access hash:/etc/postfix/h";
const SENDER = "check_sender_access hash:/etc/postfix/s";
const ALONE = "parent_domain_matches_subdomains = relay_domains\n";

function helo(h: string, check = HELO, more = ""): Known["files"] {
  return before(check, { h }, more);
}

function sender(s: string, check = SENDER, more = ""): Known["files"] {
  return before(check, { s }, more);
}

function patterns(attribute: "helo" | "sender" | "recipient" | "client", t: string, more = ""): Known["files"] {
  return before(`check_${attribute}_access pcre:/etc/postfix/t`, { t }, more);
}

/** What a key, an address or a pattern may look like. */
const FORMS: readonly Known[] = [
  way("HELO may begin with a dot", "open", helo(".partner.net OK\n")),
  way("unless names have to be valid", "closed", {
    "main.cf": lists(`reject_invalid_helo_hostname, ${HELO}, reject`, "", "smtpd_helo_required = yes\n"),
    h: ".partner.net OK\n",
  }),
  way("a word alone is a domain", "open", sender("joe OK\n")),
  way("a word alone is no full domain", "closed", sender("joe OK\n", `reject_non_fqdn_sender, ${SENDER}`, ALONE)),
  way(
    "the key of the null sender is a domain too",
    "open",
    sender("null OK\n", SENDER, "smtpd_null_access_lookup_key = null\n"),
  ),
  way("subdomains of senders", "open", sender(".partner.net OK\n", SENDER, ALONE)),
  way("a dot where parents match", "closed", sender(".partner.net OK\n")),
  way("the address as a domain", "open", patterns("sender", "/@\\[192\\.0\\.2\\.[0-9]+\\]$/ OK\n")),
  way("a blank in a local part", "open", patterns("sender", "/^john doe@partner\\.net$/ OK\n")),
  way("quotes around a local part", "open", patterns("sender", '/^"/ OK\n')),
  way("an address in a local part", "open", patterns("recipient", "/@.*@/ OK\n", "allow_untrusted_routing = yes\n")),
  way("an address in a local part, not trusted", "closed", patterns("recipient", "/@.*@/ OK\n")),
  way("a percent sign that is no route", "closed", patterns("recipient", "/%/ OK\n", "allow_percent_hack = no\n")),
  way("the dot of one's own domain", "open", patterns("recipient", "/@example.com$/ OK\n")),
  way("one's own subdomains", "open", patterns("recipient", "/@(.*\\.)?example\\.com$/ OK\n")),
  way("one's own domain alone", "closed", patterns("recipient", "/^[^@]+@example\\.com$/ OK\n")),
  way("recipients without a dot", "open", {
    "main.cf": lists(`check_recipient_access pcre:/etc/postfix/r, ${ANY}`),
    r: "/@.*\\./ REJECT\n/@example\\.com/ REJECT\n",
  }),
  way(
    "one's own domain by its name",
    "closed",
    before("check_recipient_access hash:/etc/postfix/r", { r: "example.com OK\n" }, ALONE),
  ),
  way("an address of another family", "closed", before("check_client_access cidr:{{::ffff:0:0/96 OK}}")),
  way("a pattern for what is no domain", "closed", patterns("client", "/\\.lan$/ OK\n")),
  way("addresses of the other family alone", "open", {
    "main.cf": lists(`check_client_access pcre:/etc/postfix/c, ${ANY}`),
    c: "/^[0-9]+\\.[0-9]+\\./ REJECT\n/^unknown$/ DUNNO\n/\\./ REJECT\n",
  }),
];

const LONG_CLASS = "smtpd_restriction_classes = those_who_may_send_anywhere\nthose_who_may_send_anywhere = permit\n";

const NINE_GROUPS = `/^(t.)${"(.+)".repeat(8)}$/ $1$2$3$4$5$6$7$8$9\n`;

/** Where what the client says becomes the action. */
const SPELLED: readonly Known[] = [
  way("the domain is the action", "open", patterns("sender", "/^(.+)@(.+)$/ $2\n")),
  way("two groups are the action", "open", patterns("helo", "/^(.)(.)$/ $1$2\n")),
  way("a group twice is a number", "open", patterns("helo", "/^(.)$/ $1$1\n")),
  way("a letter twice is no action", "closed", patterns("helo", "/^([a-z])$/ $1$1\n")),
  way("a group that may be missing is half of the action", "open", patterns("sender", "/^(perm)(it)?@/ $1$2\n")),
  way("one of two groups is the action", "open", patterns("sender", "/^(?:x(a)|y(ok))@/ $2\n")),
  way("no group can be an action", "closed", patterns("sender", "/^([0-9]x)@/ $1\n")),
  way("five groups are a number", "open", patterns("helo", "/^(.)(.)(.)(.)(.)$/ $1$2$3$4$5\n")),
  way("nine groups spell the name of a class", "open", patterns("helo", NINE_GROUPS, LONG_CLASS)),
];

/** What keeps a message from being taken, and what does not. */
const TAKEN: readonly Known[] = [
  way(
    "a listed user as the sender",
    "open",
    before(
      SENDER,
      { s: "example.com OK\n", u: "bob x\n" },
      `smtpd_reject_unlisted_sender = yes\nlocal_recipient_maps = hash:/etc/postfix/u\n${ALONE}`,
    ),
  ),
  way(
    "an unlisted user as the sender",
    "closed",
    before(
      `reject_unlisted_sender, ${SENDER}`,
      { s: "alice@example.com OK\n", u: "bob x\n" },
      "local_recipient_maps = hash:/etc/postfix/u\n",
    ),
  ),
  way("what is put on hold", "open", lists(`check_client_access static:HOLD, ${ANY}`)),
  way("what is sent elsewhere", "closed", lists(`check_sender_access static:{REDIRECT me@example.com}, ${ANY}`)),
  way(
    "DISCARD before anybody knows the sender",
    "open",
    lists(ANY, "", "smtpd_client_restrictions = check_client_access static:DISCARD\nsmtpd_delay_reject = no\n"),
  ),
  way(
    "a recipient that is refused at DATA",
    "closed",
    lists(ANY, "", "smtpd_data_restrictions = check_recipient_access static:REJECT\nsmtpd_recipient_limit = 1\n"),
  ),
  way(
    "one of two recipients that are not seen at DATA",
    "open",
    lists(ANY, "", "smtpd_data_restrictions = check_recipient_access static:REJECT\n"),
  ),
  way(
    "a certificate that is required",
    "closed",
    lists(ANY, "", "smtpd_tls_security_level = encrypt\nsmtpd_tls_req_ccert = yes\n"),
  ),
  way(
    "a certificate where TLS is not",
    "open",
    lists(ANY, "", "smtpd_tls_security_level = may\nsmtpd_tls_req_ccert = yes\n"),
  ),
  way("deferral that only warns", "open", lists(`warn_if_reject defer_if_permit, ${ANY}`)),
  way(
    "deferral at connect",
    "closed",
    lists(ANY, "", "smtpd_client_restrictions = check_client_access static:DEFER_IF_PERMIT\nsmtpd_delay_reject = no\n"),
  ),
  way(
    "a table with a key twice",
    "closed",
    before("check_sender_access texthash:/etc/postfix/s", { s: "a.net OK\na.net OK\n" }),
  ),
  way(
    "a class that is a restriction",
    "closed",
    before("check_helo_access static:reject", {}, "smtpd_restriction_classes = reject\nreject = permit\n"),
  ),
  way("a class that is an action", "open", helo("friend ok\n", HELO, "smtpd_restriction_classes = ok\nok = reject\n")),
  way("a conditional value", "open", lists("${hole?{check_helo_access static:OK}:{reject}}, reject", "", "hole = x\n")),
  way(
    "an SQL table that is not asked without HELO",
    "open",
    lists(ANY, "", "smtpd_helo_restrictions = check_helo_access mysql:/etc/postfix/x.cf\n"),
  ),
  way(
    "an SQL table that may refuse",
    "depends",
    lists(ANY, "", "smtpd_sender_restrictions = check_sender_access mysql:/etc/postfix/x.cf\n"),
  ),
  way("networks wider than /8", "open", networks("127.0.0.0/8 10.0.0.0/7")),
  way("all networks but each half", "closed", networks("!0.0.0.0/1, !128.0.0.0/1, 0.0.0.0/0")),
  way("all networks but IPv4", "open", networks("!0.0.0.0/0, static:all")),
  way("networks without brackets", "closed", networks("127.0.0.0/8 ::/0")),
  way(
    "relay domains but those of a pattern",
    "closed",
    domains("!regexp:/etc/postfix/d, static:all", { d: "/./ x\n" }),
  ),
  way("relay domains by networks", "closed", domains("cidr:/etc/postfix/d", { d: "0.0.0.0/0 x\n" })),
  way("relay domains under two labels", "open", domains("gov.uk")),
  way("a server that nobody reaches", "closed", `${BASE}inet_interfaces = loopback-only\nrelay_domains = com\n`),
];

/** By the form of what is asked about, and by what becomes of the message. */
export const FORM_WAYS: readonly Known[] = [...FORMS, ...SPELLED, ...TAKEN];
