import type { Known } from "./verdicts.ts";
import { before, lists, networks, way } from "./ways.ts";

/** By what the client is. */
export const CLIENT_WAYS: readonly Known[] = [
  way("cidr half", "open", before("check_client_access cidr:/etc/postfix/c", { c: "0.0.0.0/1 OK\n" })),
  way(
    "cidr if block",
    "open",
    before("check_client_access cidr:/etc/postfix/c", { c: "if 0.0.0.0/0\n1.0.0.0/8 OK\nendif\n" }),
  ),
  way(
    "cidr if narrow",
    "closed",
    before("check_client_access cidr:/etc/postfix/c", { c: "if 192.0.2.0/24\n0.0.0.0/0 OK\nendif\n" }),
  ),
  way(
    "cidr if not narrow",
    "open",
    before("check_client_access cidr:/etc/postfix/c", { c: "if !192.0.2.0/24\n0.0.0.0/0 OK\nendif\n" }),
  ),
  way("cidr v6", "open", before("check_client_access cidr:/etc/postfix/c", { c: "2000::/3 OK\n" })),
  way(
    "cidr v6 only v4 spoken",
    "closed",
    before("check_client_access cidr:/etc/postfix/c", { c: "2000::/3 OK\n" }, "inet_protocols = ipv4\n"),
  ),
  way(
    "cidr v4 rej v6 ok",
    "open",
    before("check_client_access cidr:/etc/postfix/c", { c: "0.0.0.0/0 REJECT\n::/0 OK\n" }),
  ),
  way(
    "cidr partly rej",
    "open",
    before("check_client_access cidr:/etc/postfix/c", {
      c: "203.0.113.0/24 REJECT\n198.51.100.0/24 REJECT\n192.0.2.0/24 REJECT\n0.0.0.0/0 OK\n",
    }),
  ),
  way("cidr v6 /16", "open", before("check_client_access cidr:/etc/postfix/c", { c: "2001::/16 OK\n" })),
  way("cidr v6 /32", "closed", before("check_client_access cidr:/etc/postfix/c", { c: "2001:db8::/32 OK\n" })),
  way("hash v6 /16", "open", before("check_client_access hash:/etc/postfix/c", { c: "2a01 OK\n" })),
  way("hash v6 /32", "closed", before("check_client_access hash:/etc/postfix/c", { c: "2001:db8 OK\n" })),
  way("mynetworks hash unknown", "open", networks("127.0.0.0/8 hash:/etc/postfix/n", { n: "unknown x\n" })),
  way("mynetworks word unknown", "open", networks("127.0.0.0/8 unknown")),
  way("mynetworks com", "open", networks("127.0.0.0/8 com")),
  way("mynetworks .com", "closed", networks("127.0.0.0/8 .com")),
  way("mynetworks .com w/o parent", "open", networks("127.0.0.0/8 .com", {}, "parent_domain_matches_subdomains =\n")),
  way("mynetworks hash com", "open", networks("127.0.0.0/8 hash:/etc/postfix/n", { n: "com x\n" })),
  way("mynetworks static", "open", networks("static:yes")),
  way("mynetworks cidr table", "open", networks("cidr:/etc/postfix/n", { n: "0.0.0.0/0 x\n" })),
  way(
    "mynetworks cidr table narrow",
    "closed",
    networks("cidr:/etc/postfix/n", { n: "192.0.2.0/24 x\n127.0.0.0/8 x\n" }),
  ),
  way("mynetworks negated", "open", networks("!192.0.2.0/24, 0.0.0.0/0")),
  way("mynetworks regexp ^127.", "open", networks("regexp:/etc/postfix/n", { n: "/^127\\./ x\n" })),
  way("mynetworks pcre exact", "closed", networks("pcre:/etc/postfix/n", { n: "/^127\\.0\\.0\\.[0-9]+$/ x\n" })),
  way("mynetworks pcre .com", "open", networks("pcre:/etc/postfix/n", { n: "/\\.com$/ x\n" })),
  way("mynetworks file", "open", networks("/etc/postfix/n", { n: "127.0.0.0/8\n0.0.0.0/0\n" })),
  way("mynetworks file ok", "closed", networks("/etc/postfix/n", { n: "127.0.0.0/8\n192.0.2.0/24\n" })),
  way("mynetworks 0/0", "closed", networks("127.0.0.0/8 0/0")),
  way("mynetworks ipv6 all", "open", networks("127.0.0.0/8 [::]/0")),
  way("mynetworks ipv6 all v4 only", "closed", networks("127.0.0.0/8 [::]/0", {}, "inet_protocols = ipv4\n")),
  way("mynetworks mysql", "depends", networks("127.0.0.0/8 mysql:/etc/postfix/n.cf")),
  way("permit_inet_interfaces", "closed", before("permit_inet_interfaces")),
  way(
    "permit_tls_clientcerts",
    "closed",
    before(
      "permit_tls_clientcerts",
      { r: "AA:BB x\n" },
      "smtpd_tls_security_level=may\nsmtpd_tls_ask_ccert=yes\nrelay_clientcerts=hash:/etc/postfix/r\n",
    ),
  ),
  way(
    "permit_tls_all_clientcerts",
    "closed",
    before("permit_tls_all_clientcerts", {}, "smtpd_tls_security_level=may\nsmtpd_tls_ask_ccert=yes\n"),
  ),
  way(
    "check_ccert_access static",
    "closed",
    before("check_ccert_access static:OK", {}, "smtpd_tls_security_level=may\nsmtpd_tls_ask_ccert=yes\n"),
  ),
  way("client_a_access", "closed", before("check_client_a_access static:OK")),
  way("client_ns_access", "closed", before("check_client_ns_access static:permit")),
  way(
    "reverse hash OK",
    "closed",
    before("check_reverse_client_hostname_access hash:/etc/postfix/r", { r: "partner.net OK\n" }),
  ),
  way(
    "reverse class permit",
    "closed",
    before(
      "check_reverse_client_hostname_access hash:/etc/postfix/r",
      { r: "com fr\n" },
      "smtpd_restriction_classes = fr\nfr = permit\n",
    ),
  ),
  way("reverse dunno pattern unanchored", "open", {
    "main.cf": lists("check_reverse_client_hostname_access pcre:/etc/postfix/r, check_client_access static:OK, reject"),
    r: "/partner/ DUNNO\n/./ REJECT\n",
  }),
  way("reverse dunno pattern named", "closed", {
    "main.cf": lists("check_reverse_client_hostname_access pcre:/etc/postfix/r, check_client_access static:OK, reject"),
    r: "/\\.partner\\.net$/ DUNNO\n/./ REJECT\n",
  }),
  way("reverse tld", "open", {
    "main.cf": lists(
      "check_reverse_client_hostname_access hash:/etc/postfix/r, check_client_access hash:/etc/postfix/u, reject_unauth_destination",
    ),
    r: "com DUNNO\n",
    u: "com REJECT\nunknown OK\n",
  }),
  way("reverse unverified needed", "open", {
    "main.cf": lists(
      "reject_unknown_reverse_client_hostname, check_client_access hash:/etc/postfix/u, reject_unauth_destination",
    ),
    u: "unknown OK\n",
  }),
  way("unknown refused otherwise", "closed", {
    "main.cf": lists(
      "reject_unknown_client_hostname, check_client_access hash:/etc/postfix/u, reject_unauth_destination",
    ),
    u: "unknown OK\n",
  }),
];
