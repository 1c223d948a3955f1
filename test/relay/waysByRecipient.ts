import type { Known } from "./verdicts.ts";
import { BASE, REFUSE, before, domains, way } from "./ways.ts";

/** By where the mail goes. */
export const RECIPIENT_WAYS: readonly Known[] = [
  way("rcpt gmail", "open", before("check_recipient_access hash:/etc/postfix/r", { r: "gmail.com OK\n" })),
  way("rcpt gmail in relay list", "open", {
    "main.cf": `${BASE}smtpd_relay_restrictions = permit_mynetworks, check_recipient_access hash:/etc/postfix/r, ${REFUSE}\n`,
    r: "partner.net RELAY\npartner.org OK\n",
  }),
  way("rcpt RELAY action", "open", before("check_recipient_access hash:/etc/postfix/r", { r: "partner.org RELAY\n" })),
  way("rcpt own re", "closed", before("check_recipient_access pcre:/etc/postfix/r", { r: "/@example\\.com$/ OK\n" })),
  way(
    "rcpt own re untrusted",
    "closed",
    before(
      "check_recipient_access pcre:/etc/postfix/r",
      { r: "/@example\\.com$/ OK\n" },
      "allow_untrusted_routing=yes\n",
    ),
  ),
  way(
    "rcpt not own rej then ok",
    "closed",
    before("check_recipient_access pcre:/etc/postfix/r", { r: "!/@example\\.com$/ REJECT\n/./ OK\n" }),
  ),
  way(
    "rcpt not own rej then ok, untrusted",
    "closed",
    before(
      "check_recipient_access pcre:/etc/postfix/r",
      { r: "!/@example\\.com$/ REJECT\n/./ OK\n" },
      "allow_untrusted_routing=yes\n",
    ),
  ),
  way(
    "rcpt @key",
    "open",
    before("check_recipient_access hash:/etc/postfix/r", { r: "@partner.net OK\n*@partner.org OK\n" }),
  ),
  way("rcpt postmaster re", "open", before("check_recipient_access pcre:/etc/postfix/r", { r: "/^postmaster@/ OK\n" })),
  way(
    "rcpt nonexistent partner",
    "open",
    before("check_recipient_access hash:/etc/postfix/r", { r: "intranet.lan OK\n" }),
  ),
  way(
    "rcpt nonexistent partner, must exist",
    "closed",
    before("reject_unknown_recipient_domain, check_recipient_access hash:/etc/postfix/r", { r: "intranet.lan OK\n" }),
  ),
  way("relay .com", "closed", domains(".com")),
  way("relay .com w/o parent", "open", domains(".com", {}, "parent_domain_matches_subdomains =\n")),
  way("relay com w/o parent", "closed", domains("com", {}, "parent_domain_matches_subdomains =\n")),
  way("relay co.uk", "open", domains("example.net co.uk")),
  way("relay lan", "closed", domains("lan")),
  way("relay hash com", "open", domains("hash:/etc/postfix/d", { d: "com x\n" })),
  way("relay file com", "open", domains("/etc/postfix/d", { d: "example.net\norg\n" })),
  way("relay neg static", "open", domains("!example.net, static:all")),
  way("relay unionmap", "open", domains("unionmap:{static:x,hash:/etc/postfix/d}", { d: "a.test x\n" })),
  way("relay randmap", "open", domains("randmap:{x,y}")),
  way("relay mysql", "closed", domains("mysql:/etc/postfix/d.cf")),
  way("relay star", "closed", domains("*")),
  way("relay *.com", "closed", domains("*.com")),
  way("relay pcre anchored", "closed", domains("pcre:/etc/postfix/d", { d: "/(^|\\.)example\\.net$/ x\n" })),
  way("relay pcre unanch", "open", domains("pcre:/etc/postfix/d", { d: "/example\\.net/ x\n" })),
  way("relay pcre neg", "open", domains("pcre:/etc/postfix/d", { d: "!/example\\.net/ x\n" })),
  way("relay pipemap", "open", domains("pipemap:{static:x,inline:{x=y}}")),
  way("virtual catchall", "closed", {
    "main.cf": `${BASE}virtual_alias_domains = example.org\nvirtual_alias_maps = hash:/etc/postfix/v\n`,
    v: "@example.org someone@gmail.com\n",
  }),
  way("virtual pcre all", "closed", {
    "main.cf": `${BASE}virtual_alias_maps = pcre:/etc/postfix/v\n`,
    v: "/./ x@gmail.com\n",
  }),
];
