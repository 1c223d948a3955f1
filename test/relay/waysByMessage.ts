import type { Known } from "./verdicts.ts";
import { BASE, REFUSE, before, lists, way } from "./ways.ts";

/** By what the client says of itself and of the sender. */
export const MESSAGE_WAYS: readonly Known[] = [
  way("helo regexp localhost", "open", before("check_helo_access regexp:/etc/postfix/h", { h: "/^localhost$/ OK\n" })),
  way("helo own domain", "open", before("check_helo_access hash:/etc/postfix/h", { h: "example.com OK\n" })),
  way(
    "helo fqdn required",
    "open",
    before("reject_non_fqdn_helo_hostname, check_helo_access hash:/etc/postfix/h", { h: "friend OK\n" }),
  ),
  way(
    "helo exists required",
    "closed",
    before("reject_unknown_helo_hostname, check_helo_access hash:/etc/postfix/h", { h: "friend OK\n" }),
  ),
  way(
    "helo exists required, real",
    "open",
    before("reject_unknown_helo_hostname, check_helo_access hash:/etc/postfix/h", { h: "mail.partner.net OK\n" }),
  ),
  way("helo mx access ok", "closed", before("check_helo_mx_access static:OK")),
  way("sender ns rej, null gets through", "open", {
    "main.cf": lists("check_sender_ns_access static:REJECT, check_sender_access static:OK, reject"),
  }),
  way("sender mx: stranger points his mx", "open", {
    "main.cf": lists(
      "reject_unknown_sender_domain, check_sender_access inline:{<>=REJECT}, check_sender_mx_access cidr:/etc/postfix/mx, check_sender_access static:OK, reject",
      "",
      "inet_protocols = ipv4\n",
    ),
    mx: "192.0.2.0/24 DUNNO\n0.0.0.0/0 REJECT\n",
  }),
  ...["reject_non_fqdn_sender", "DEFER_IF_REJECT"].map((value) =>
    way(`sender mx: where the servers may be refused, ${value}`, "open", {
      "main.cf": lists(
        "reject_unknown_sender_domain, check_sender_access inline:{<>=REJECT}, check_sender_mx_access cidr:/etc/postfix/mx, check_sender_access static:OK, reject",
        "",
        "inet_protocols = ipv4\n",
      ),
      mx: `20.30.0.0/24 ${value}\n0.0.0.0/0 REJECT\n`,
    }),
  ),
  way("sender ns by name partner", "open", {
    "main.cf": lists(
      "reject_unknown_sender_domain, check_sender_access inline:{<>=REJECT}, check_sender_ns_access hash:/etc/postfix/mx, check_sender_access static:OK, reject",
      "",
      "",
    ),
    mx: "partner.net DUNNO\ncom REJECT\nnet REJECT\n",
  }),
  way("helo a: stranger points", "open", {
    "main.cf": lists(
      "reject_unknown_helo_hostname, check_helo_a_access cidr:/etc/postfix/mx, check_sender_access static:OK, reject",
      "",
      "inet_protocols = ipv4\nsmtpd_helo_required=yes\n",
    ),
    mx: "192.0.2.0/24 DUNNO\n0.0.0.0/0 REJECT\n",
  }),
  way("recipient mx: stranger's domain", "open", {
    "main.cf": lists(
      "reject_unknown_recipient_domain, check_recipient_mx_access cidr:/etc/postfix/mx, check_sender_access static:OK, reject",
      "",
      "inet_protocols = ipv4\n",
    ),
    mx: "192.0.2.0/24 DUNNO\n0.0.0.0/0 REJECT\n",
  }),
  way(
    "permit_mx_backup in relay list last",
    "open",
    `${BASE}smtpd_relay_restrictions = permit_mynetworks, permit_mx_backup, reject\n`,
  ),
  way("permit_mx_backup after reject", "closed", lists(`permit_mynetworks, ${REFUSE}, permit_mx_backup`)),
  way("sender own domain", "open", before("check_sender_access hash:/etc/postfix/s", { s: "example.com OK\n" })),
  way("sender ^$", "closed", before("check_sender_access regexp:/etc/postfix/s", { s: "/^$/ OK\n" })),
  way("sender ^<>$", "open", before("check_sender_access regexp:/etc/postfix/s", { s: "/^<>$/ OK\n" })),
  way(
    "sender null key",
    "open",
    before("check_sender_access hash:/etc/postfix/s", { s: "nobody OK\n" }, "smtpd_null_access_lookup_key = nobody\n"),
  ),
  way(
    "login mismatch own",
    "closed",
    before(
      "reject_sender_login_mismatch, check_sender_access hash:/etc/postfix/s",
      { s: "example.com OK\n", l: "/^(.*)$/ $1\n" },
      "smtpd_sasl_auth_enable=yes\nsmtpd_sender_login_maps=pcre:/etc/postfix/l\n",
    ),
  ),
  way(
    "login mismatch null",
    "open",
    before(
      "reject_sender_login_mismatch, check_sender_access hash:/etc/postfix/s",
      { s: "<> OK\n", l: "/^(.*)$/ $1\n" },
      "smtpd_sasl_auth_enable=yes\nsmtpd_sender_login_maps=pcre:/etc/postfix/l\n",
    ),
  ),
  way(
    "login mismatch own, not sasl",
    "open",
    before(
      "reject_sender_login_mismatch, check_sender_access hash:/etc/postfix/s",
      { s: "example.com OK\n", l: "/^(.*)$/ $1\n" },
      "smtpd_sender_login_maps=pcre:/etc/postfix/l\n",
    ),
  ),
  way(
    "table action permit_mynetworks reject",
    "closed",
    before("check_sender_access hash:/etc/postfix/s", { s: "partner.net permit_mynetworks, reject\n" }),
  ),
  way(
    "table action ruad permit",
    "closed",
    before("check_sender_access hash:/etc/postfix/s", { s: "partner.net reject_unauth_destination, permit\n" }),
  ),
  way(
    "table action words permit",
    "open",
    before("check_sender_access hash:/etc/postfix/s", { s: "partner.net permit_mynetworks permit\n" }),
  ),
  way("auth dest, static ok", "open", lists("permit_auth_destination, check_helo_access static:OK, reject")),
];
