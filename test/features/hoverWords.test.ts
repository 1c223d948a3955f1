import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { checkHover, hoveredText } from "../support/hovers.ts";

suite("Hover on words that are no names", () => {
  test("says what a value does", () => {
    checkHover(
      "smtpd_tls_security_level = ma<|>y",
      "**`may`** — value of `smtpd_tls_security_level`",
      "STARTTLS is offered",
    );
    checkHover("smtp_tls_security_level = MA<|>Y", "**`may`**", "where the server offers it");
    checkHover("mynetworks_style = SUBNE<|>T");
    checkHover(
      "#- master.cf\nrelay unix - - n - - smtp\n  -o smtp_tls_security_level=encr<|>ypt",
      "with any certificate",
    );
    assert.equal(hoveredText("inet_protocols = ipv4, ipv<|>6"), "ipv6");
  });

  test("knows public DNS lists", () => {
    checkHover(
      "smtpd_client_restrictions = reject_rbl_client zen.spam<|>haus.org",
      "DNS list of denied addresses",
      "`=127.0.0.[2..11]` leaves it out",
    );
    checkHover(
      "postscreen_dnsbl_sites = bl.example.org*2, dnsbl.sor<|>bs.net*3",
      "Ended (2024-06-05): it lists nobody",
    );
    checkHover("smtpd_client_restrictions = reject_rbl_client bl.exam<|>ple.org");
  });

  test("explains the settings of a policy service", () => {
    const list = (settings: string): string =>
      `smtpd_recipient_restrictions = check_policy_service { inet:127.0.0.1:10023, ${settings} }`;
    checkHover(list("time<|>out=10s"), "**`timeout`** — setting of this policy service alone");
    checkHover(list("default_action = DUNNO, max_<|>ttl = 1h"), "**`max_ttl`**");
    checkHover(list("time<|>s=10s"));
  });

  test("says that a name is not set", () => {
    checkHover("mynetworks = 127.0.0.1 ${mo<|>re?{10.0.0.0/8}}", "**`$more`** — not set");
  });

  test("explains TLS policies, and not other tables", () => {
    const table = (name: string, line: string): string => `${name} = hash:/etc/postfix/t\n#- t\n${line}\n`;
    checkHover(table("smtp_tls_policy_maps", "example.com secu<|>re match=nexthop"), "**`secure`** — TLS level");
    checkHover(table("smtp_tls_policy_maps", "example.com secure mat<|>ch=nexthop"), "attribute of a TLS policy");
    checkHover(table("virtual_alias_maps", "may@example.com ma<|>y"));
  });
});
