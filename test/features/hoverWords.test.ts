import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { hover } from "../../server/src/features/hover.ts";
import { lineIndex, rangeOf } from "../../server/src/text/lineIndex.ts";
import { fixtureWithCursor } from "../support/fixture.ts";

/** Each text has to be in the hover at the cursor; without any, there is no hover. */
function check(source: string, ...expected: readonly string[]): void {
  const { project, file, offset } = fixtureWithCursor(source);
  const shown = hover(project, file, offset);
  const text = typeof shown?.contents === "object" && "value" in shown.contents ? shown.contents.value : "";
  for (const part of expected) assert.ok(text.includes(part), `${JSON.stringify(part)} is in ${JSON.stringify(text)}`);
  if (expected.length === 0) assert.equal(shown, undefined);
}

suite("Hover on words that are no names", () => {
  test("says what a value does", () => {
    check(
      "smtpd_tls_security_level = ma<|>y",
      "**`may`** — value of `smtpd_tls_security_level`",
      "STARTTLS is offered",
    );
    check("smtp_tls_security_level = MA<|>Y", "**`may`**", "where the server offers it");
    check("mynetworks_style = SUBNE<|>T");
    check("#- master.cf\nrelay unix - - n - - smtp\n  -o smtp_tls_security_level=encr<|>ypt", "with any certificate");
    const { project, file, offset } = fixtureWithCursor("inet_protocols = ipv4, ipv<|>6");
    const word = rangeOf(lineIndex("inet_protocols = ipv4, ipv6"), { start: 23, end: 27 });
    assert.deepEqual(hover(project, file, offset)?.range, word);
  });

  test("knows public DNS lists", () => {
    check(
      "smtpd_client_restrictions = reject_rbl_client zen.spam<|>haus.org",
      "DNS list of denied addresses",
      "`=127.0.0.[2..11]` leaves it out",
    );
    check("postscreen_dnsbl_sites = bl.example.org*2, dnsbl.sor<|>bs.net*3", "Ended (2024-06-05): it lists nobody");
    check("smtpd_client_restrictions = reject_rbl_client bl.exam<|>ple.org");
  });

  test("explains the settings of a policy service", () => {
    const list = (settings: string): string =>
      `smtpd_recipient_restrictions = check_policy_service { inet:127.0.0.1:10023, ${settings} }`;
    check(list("time<|>out=10s"), "**`timeout`** — setting of this policy service alone");
    check(list("default_action = DUNNO, max_<|>ttl = 1h"), "**`max_ttl`**");
    check(list("time<|>s=10s"));
  });

  test("says that a name is not set", () => {
    check("mynetworks = 127.0.0.1 ${mo<|>re?{10.0.0.0/8}}", "**`$more`** — not set");
  });

  test("explains TLS policies, and not other tables", () => {
    const table = (name: string, line: string): string => `${name} = hash:/etc/postfix/t\n#- t\n${line}\n`;
    check(table("smtp_tls_policy_maps", "example.com secu<|>re match=nexthop"), "**`secure`** — TLS level");
    check(table("smtp_tls_policy_maps", "example.com secure mat<|>ch=nexthop"), "attribute of a TLS policy");
    check(table("virtual_alias_maps", "may@example.com ma<|>y"));
  });
});
