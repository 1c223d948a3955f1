import type { Known } from "./verdicts.ts";
import { BASE, REFUSE, before, lists, way } from "./ways.ts";

/** By how lists, classes and tables work together. */
export const LIST_WAYS: readonly Known[] = [
  way("discard in recipient list", "closed", {
    "main.cf": lists(
      "check_helo_access inline:{friend=DISCARD}, reject_unauth_destination",
      "check_helo_access hash:/etc/postfix/h, reject_unauth_destination",
    ),
    h: "friend OK\n",
  }),
  way("filter keeps open", "open", {
    "main.cf": lists(
      "check_helo_access inline:{ {friend=FILTER smtp:[192.0.2.1]} }, permit_mynetworks, check_helo_access hash:/etc/postfix/h, reject_unauth_destination",
    ),
    h: "friend OK\n",
  }),
  way("permit in relay, hole in recipient", "open", {
    "main.cf": lists(`permit_mynetworks, check_sender_access hash:/etc/postfix/s, ${REFUSE}`, "permit"),
    s: "partner.net OK\n",
  }),
  way("relay undefined macro", "open", {
    "main.cf": `${BASE}smtpd_relay_restrictions = $my_relay\nsmtpd_recipient_restrictions = check_helo_access hash:/etc/postfix/h, ${REFUSE}\n`,
    h: "friend OK\n",
  }),
  way("classes in tables in classes", "open", {
    "main.cf": lists(
      "check_helo_access hash:/etc/postfix/h, reject_unauth_destination",
      "",
      "smtpd_restriction_classes = a, b, c\na = check_sender_access hash:/etc/postfix/s, reject\nb = check_recipient_access pcre:/etc/postfix/r, reject\nc = check_client_access hash:/etc/postfix/cl, reject\n",
    ),
    h: "friend a\n",
    s: "partner.net b\n",
    r: "/^vip@/ c\n",
    cl: "org permit\n",
  }),
  {
    ...way("a relay list after a recipient list that permits", "open", {
      "main.cf": `mydestination = example.com\nmynetworks = 127.0.0.0/8 172.0.0.0/8\nsmtpd_relay_restrictions = permit_mynetworks, ${REFUSE}\nsmtpd_recipient_restrictions = check_recipient_access hash:/etc/postfix/r, permit\n`,
      r: "x@example.com REJECT\n",
    }),
    word: "172.0.0.0/8",
  },
  way(
    "regexp nested if",
    "open",
    before("check_sender_access regexp:/etc/postfix/s", {
      s: "if /@/\nif !/@example\\.com$/\n/^boss/ OK\nendif\nendif\n",
    }),
  ),
  way(
    "regexp contradictory if",
    "closed",
    before("check_sender_access regexp:/etc/postfix/s", { s: "if /@partner\\.net$/\n/@example\\.org$/ OK\nendif\n" }),
  ),
  way(
    "regexp neg then ok",
    "open",
    before("check_sender_access regexp:/etc/postfix/s", { s: "!/@example\\.com$/ REJECT\n/./ OK\n" }),
  ),
  way("regexp neg twice", "open", before("check_sender_access regexp:/etc/postfix/s", { s: "!/x/ OK\n" })),
  way(
    "regexp /a/!/b/",
    "open",
    before("check_sender_access regexp:/etc/postfix/s", { s: "/^a.*@partner/!/net$/ OK\n" }),
  ),
  way(
    "warn class",
    "open",
    lists(
      "warn_if_reject w, check_client_access static:OK, reject",
      "",
      "smtpd_restriction_classes = w\nw = reject_unauth_destination\n",
    ),
  ),
  way("warn then real", "closed", lists("warn_if_reject reject_unauth_destination, reject_unauth_destination")),
  way(
    "warn static reject",
    "open",
    lists("warn_if_reject check_sender_access static:REJECT, check_helo_access static:OK, reject"),
  ),
  way("delay no rcpt in client list", "open", {
    "main.cf": lists(
      "check_sender_access hash:/etc/postfix/s, reject_unauth_destination",
      "",
      "smtpd_delay_reject = no\nsmtpd_client_restrictions = reject_unauth_destination\n",
    ),
    s: "partner.net OK\n",
  }),
  way("delay yes ruad in client list", "closed", {
    "main.cf": lists(
      "check_sender_access static:OK, reject",
      "",
      "smtpd_client_restrictions = reject_unauth_destination\n",
    ),
  }),
  way("ruad in sender list delay no", "open", {
    "main.cf": lists(
      "check_sender_access static:OK, reject",
      "",
      "smtpd_delay_reject = no\nsmtpd_sender_restrictions = reject_unauth_destination\n",
    ),
  }),
  way("ruad in sender list delay yes", "closed", {
    "main.cf": lists(
      "check_sender_access static:OK, reject",
      "",
      "smtpd_sender_restrictions = reject_unauth_destination\n",
    ),
  }),
  way("ruad at data: two recipients", "open", {
    "main.cf": lists(
      "check_sender_access static:OK, reject",
      "",
      "smtpd_data_restrictions = reject_unauth_destination\n",
    ),
  }),
  way("ruad at eod: two recipients", "open", {
    "main.cf": lists(
      "check_sender_access static:OK, reject",
      "",
      "smtpd_end_of_data_restrictions = reject_unauth_destination\n",
    ),
  }),
  way(
    "policy in sender list",
    "closed",
    `${BASE}smtpd_sender_restrictions = check_policy_service inet:127.0.0.1:10031\n`,
  ),
  way(
    "policy via table",
    "closed",
    before("check_sender_access hash:/etc/postfix/s", { s: "partner.net check_policy_service inet:127.0.0.1:10031\n" }),
  ),
  way("fail table", "closed", before("check_sender_access fail:x")),
  way(
    "mysql in class only reject",
    "closed",
    lists("check_sender_access mysql:/etc/postfix/x.cf, reject_unauth_destination", `permit_mynetworks, ${REFUSE}`),
  ),
  way(
    "rbl then hole",
    "open",
    before("reject_rbl_client zen.spamhaus.org, check_helo_access hash:/etc/postfix/h", { h: "friend OK\n" }),
  ),
  way("rhswl", "closed", before("permit_rhswl_client wl.example.org")),
  way(
    "sender must exist: local",
    "closed",
    before("reject_unknown_sender_domain, check_sender_access hash:/etc/postfix/s", { s: "corp.lan OK\n" }),
  ),
  way(
    "verify sender null",
    "open",
    before("reject_unverified_sender, check_sender_access hash:/etc/postfix/s", { s: "<> OK\n" }),
  ),
  way(
    "peername off unknown",
    "open",
    before("check_client_access hash:/etc/postfix/c", { c: "unknown OK\n" }, "smtpd_peername_lookup = no\n"),
  ),
  way(
    "peername off com",
    "closed",
    before("check_client_access hash:/etc/postfix/c", { c: "com OK\n" }, "smtpd_peername_lookup = no\n"),
  ),
  way(
    "parents off com",
    "closed",
    before("check_client_access hash:/etc/postfix/c", { c: "com OK\n" }, "parent_domain_matches_subdomains =\n"),
  ),
  way(
    "parents off .com",
    "open",
    before("check_client_access hash:/etc/postfix/c", { c: ".com OK\n" }, "parent_domain_matches_subdomains =\n"),
  ),
  way("client re unknown", "open", before("check_client_access regexp:/etc/postfix/c", { c: "/^unknown$/ OK\n" })),
  way("client pcre lookahead", "open", before("check_client_access pcre:/etc/postfix/c", { c: "/^(?!evil)/ OK\n" })),
  way(
    "client rej dyn ok rest",
    "open",
    before("check_client_access pcre:/etc/postfix/c", { c: "/dyn/ REJECT\n/./ OK\n" }),
  ),
  way("capture sender", "open", before("check_sender_access pcre:/etc/postfix/s", { s: "/^([a-z]+)@/ $1\n" })),
  way("capture helo", "open", before("check_helo_access pcre:/etc/postfix/s", { s: "/^(.*)$/ $1\n" })),
  way(
    "capture in reject text",
    "closed",
    before("check_helo_access pcre:/etc/postfix/s", { s: "/^(.*)$/ REJECT not $1\n" }),
  ),
  way(
    "capture class",
    "open",
    before(
      "check_sender_access pcre:/etc/postfix/s",
      { s: "/^boss-([a-z]+)@/ cl_$1\n" },
      "smtpd_restriction_classes = cl_in, cl_out\ncl_in = reject\ncl_out = permit\n",
    ),
  ),
  way("pipemap", "open", before("check_helo_access pipemap:{inline:{friend=x},inline:{x=OK}}")),
  way("pipemap rej", "closed", before("check_helo_access pipemap:{inline:{friend=x},inline:{x=REJECT}}")),
  way(
    "unionmap",
    "open",
    before("check_sender_access unionmap:{inline:{boss@x.test=permit_mynetworks},inline:{boss@x.test=permit}}"),
  ),
  way(
    "unionmap ruad permit",
    "closed",
    before("check_sender_access unionmap:{inline:{boss@x.test=reject_unauth_destination},inline:{boss@x.test=permit}}"),
  ),
  way("randmap", "depends", before("check_helo_access randmap:{OK,REJECT}")),
  way("randmap rej", "closed", before("check_helo_access randmap:{REJECT,DUNNO}")),
  way(
    "prepend etc",
    "closed",
    before("check_helo_access hash:/etc/postfix/h", {
      h: "friend PREPEND X-A: b\nbuddy INFO x\npal WARN y\nchum BCC a@b.test\n",
    }),
  ),
  way("ok with comment", "open", before("check_helo_access hash:/etc/postfix/h", { h: "friend OK # vip\n" })),
  way("ok comma", "closed", before("check_helo_access hash:/etc/postfix/h", { h: "friend OK, reject\n" })),
  way("dunno comma permit", "closed", before("check_helo_access hash:/etc/postfix/h", { h: "friend dunno, permit\n" })),
  way("250 text", "closed", before("check_helo_access hash:/etc/postfix/h", { h: "friend 250 welcome\n" })),
  way("helo list delayed, ok ends only list", "closed", {
    "main.cf": `${BASE}smtpd_helo_restrictions = check_helo_access hash:/etc/postfix/h\n`,
    h: "friend OK\n",
  }),
  way("abuse@ in relay", "open", {
    "main.cf": `${BASE}smtpd_relay_restrictions = check_recipient_access hash:/etc/postfix/r, ${REFUSE}\n`,
    r: "abuse@ OK\n",
  }),
  way("tls key etc: two conditions enc", "open", {
    "main.cf": lists(
      "reject_plaintext_session, check_helo_access hash:/etc/postfix/h, reject_unauth_destination",
      "",
      "smtpd_tls_security_level=may\n",
    ),
    h: "friend OK\n",
  }),
  way("bare table in recipient list", "open", {
    "main.cf": lists(`permit_mynetworks, hash:/etc/postfix/r, ${REFUSE}`),
    r: "partner.net OK\n",
  }),
  way("bare table class in recipient", "open", {
    "main.cf": lists(
      `permit_mynetworks, hash:/etc/postfix/r, ${REFUSE}`,
      "",
      "smtpd_restriction_classes = k\nk = hash:/etc/postfix/q, reject\n",
    ),
    r: "partner.net k\n",
    q: "boss@partner.net OK\n",
  }),
  way("recipient key with %", "closed", before("check_recipient_access pcre:/etc/postfix/r", { r: "/%/ OK\n" })),
  way("bogus mx table refuses documentation nets", "open", {
    "main.cf": lists(
      "check_sender_mx_access cidr:/etc/postfix/mx, check_sender_access inline:{<>=REJECT}, reject_unknown_sender_domain, check_helo_access hash:/etc/postfix/h, reject_unauth_destination",
    ),
    mx: "203.0.113.0/24 REJECT\n192.0.2.0/24 REJECT\n198.51.100.0/24 REJECT\n127.0.0.0/8 REJECT\n10.0.0.0/8 REJECT\n",
    h: "friend OK\n",
  }),
  way("ns refuse all static, sender without dns", "open", {
    "main.cf": lists(
      "check_sender_access inline:{<>=REJECT}, check_sender_ns_access static:REJECT, check_sender_access static:OK, reject",
    ),
  }),
  way("helo ns pattern", "open", {
    "main.cf": lists(
      "reject_unknown_helo_hostname, check_helo_ns_access pcre:/etc/postfix/mx, check_helo_access static:OK, reject",
      "",
      "smtpd_helo_required=yes\n",
    ),
    mx: "/\\.partner\\.net$/ DUNNO\n/./ REJECT\n",
  }),
  way("client mx", "open", {
    "main.cf": lists(
      "reject_unknown_client_hostname, check_client_mx_access hash:/etc/postfix/mx, check_sender_access static:OK, reject",
    ),
    mx: "mail.partner.net DUNNO\ncom REJECT\nnet REJECT\nexample REJECT\norg REJECT\n203 REJECT\n",
  }),
  way(
    "client mx class forbids",
    "closed",
    before(
      "check_client_mx_access hash:/etc/postfix/mx",
      { mx: "mail.partner.net fr\n" },
      "smtpd_restriction_classes = fr\nfr = permit\n",
    ),
  ),
  way("inline octet", "open", before("check_client_access inline:{198=OK}")),
];
