import type { Known } from "./verdicts.ts";
import { before, domains, lists, way } from "./ways.ts";

const AT_HELO =
  "smtpd_helo_required = yes\nsmtpd_delay_reject = no\nsmtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/h\n";

/** By what stands in tables, and how much of it. */
export const TABLE_WAYS: readonly Known[] = [
  way(
    "randmap with a class among its words",
    "depends",
    before(
      "check_helo_access randmap:{REJECT,letin,DUNNO}",
      {},
      "smtpd_restriction_classes = letin\nletin = check_sender_access static:OK\n",
    ),
  ),
  way(
    "randmap with restrictions that refuse",
    "closed",
    before("check_helo_access randmap:{reject_unauth_destination,DUNNO}"),
  ),
  // Where there is no transaction yet, there is nothing to throw away: DISCARD says nothing then.
  way("discard before there is a message", "open", {
    "main.cf": lists("check_sender_access static:OK, reject", "", AT_HELO),
    h: "/^friend\\.test$/ DISCARD\n/./ REJECT\n",
  }),
  way("discard of a message", "closed", {
    "main.cf": lists(
      "check_helo_access pcre:/etc/postfix/h, check_sender_access static:OK, reject",
      "",
      "smtpd_helo_required = yes\n",
    ),
    h: "/^friend\\.test$/ DISCARD\n/./ REJECT\n",
  }),
  way("a network between refused ones", "open", {
    "main.cf": lists("check_sender_mx_access cidr:/etc/postfix/m, check_sender_access static:OK, reject"),
    m: "192.0.2.0/26 REJECT\n192.0.2.192/26 REJECT\n192.0.2.0/24 DUNNO\n0.0.0.0/0 REJECT\n::/0 REJECT\n",
  }),
  way(
    "many patterns that permit nothing",
    "closed",
    before("check_sender_access regexp:/etc/postfix/s", many("DUNNO")),
  ),
  way("a permit behind many patterns", "open", {
    ...before("check_sender_access regexp:/etc/postfix/s"),
    s: `${many("REJECT").s}/^boss@partner\\.net$/ OK\n`,
  }),
  way("a domain that relay_domains leaves out", "open", {
    ...domains("!static:all, hash:/etc/postfix/d"),
    ...before("check_recipient_access hash:/etc/postfix/r", { d: "partner.net x\n", r: "boss@partner.net OK\n" }),
  }),
  way("an entry about a relay domain", "closed", {
    ...before(
      "check_recipient_access hash:/etc/postfix/r",
      { d: "partner.net x\n", r: "boss@partner.net OK\n" },
      "relay_domains = hash:/etc/postfix/d\n",
    ),
  }),
];

function many(action: string): { readonly s: string } {
  return { s: Array.from({ length: 1_500 }, (_, at) => `/^user${at}@dom${at}\\.net$/ ${action}\n`).join("") };
}
