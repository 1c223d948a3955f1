import { test } from "node:test";
import { checkHover } from "../support/hovers.ts";

test("a key says in which order the parameter tries keys", () => {
  const addresses = "virtual_alias_maps = hash:/etc/postfix/t\n#- t\na@<|>b c@d\n";
  checkHover(addresses, "in this order: `user@domain`, in domains of this host `user`, at last `@domain`.");
  checkHover(`recipient_delimiter = +\n${addresses}`, "in this order: `user+extension@domain`, `user@domain`");
  const domains = "relay_domains = hash:/etc/postfix/t\n#- t\na.exam<|>ple OK\n";
  checkHover(domains, "For a domain it tries, in this order: `domain`, each parent domain.");
  checkHover(`parent_domain_matches_subdomains =\n${domains}`, "`domain`, `.domain` of each parent domain.");
  checkHover(
    "smtp_tls_policy_maps = hash:/etc/postfix/t\n#- t\n[a.exam<|>ple]:25 may\n",
    "It tries the destination as it is written, `[host]:port` too; of a domain then `.domain` of each parent domain.",
  );
});

test("a pattern says what it is tried for, and that the first one counts", () => {
  const asked = (parameter: string): string => `${parameter} = regexp:/etc/postfix/t\n#- t\n/a<|>b/ OK\n`;
  checkHover(asked("virtual_alias_maps"), "It is asked with whole values only; the first pattern that matches counts.");
  checkHover(asked("header_checks"), "It is asked with each header as a whole, the lines that it goes on in included;");
  checkHover(asked("smtp_body_checks"), "It is asked with each line of the body; the first pattern");
  checkHover(asked("rbl_reply_maps"), "The first pattern that matches counts.");
  checkHover("virtual_alias_maps = regexp:{ {/a<|>b/ x@y} }\n", "It is asked with whole values only;");
});
