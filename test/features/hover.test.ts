import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { hover } from "../../server/src/features/hover.ts";
import { fixtureWithCursor } from "../support/fixture.ts";
import { checkHover, hoveredText } from "../support/hovers.ts";

const CLASSES = `
smtpd_restriction_classes = greylisted, trusted
greylisted = check_policy_service inet:127.0.0.1:10023
trusted = permit_mynetworks
  # a comment in between
  reject
smtpd_recipient_restrictions = reject_unauth_destination, check_recipient_access hash:/etc/postfix/recipients
`;

suite("Hover on a restriction", () => {
  test("says what it does, and where to read more", () => {
    checkHover(
      "smtpd_relay_restrictions = permit_<|>mynetworks, reject",
      "**`permit_mynetworks`** — restriction",
      "mynetworks",
      "postconf.5.html#permit_mynetworks",
    );
  });

  test("belongs to the word alone", () => {
    assert.equal(hoveredText("smtpd_relay_restrictions = permit_mynetworks,\n  re<|>ject"), "reject");
  });

  test("knows it in any case", () => {
    checkHover("smtpd_relay_restrictions = PERMIT_<|>MYNETWORKS, reject", "`permit_mynetworks`");
  });

  test("says when it is gone", () => {
    checkHover("smtpd_relay_restrictions = check_relay<|>_domains", "Removed in 3.9: use `reject_unauth_destination`");
  });

  test("finds nothing where the word is an argument", () => {
    checkHover("smtpd_client_restrictions = reject_rbl_client per<|>mit");
  });

  test("finds nothing in a comment inside a list", () => {
    checkHover("smtpd_client_restrictions =\n  # permit_my<|>networks\n  reject");
  });

  test("works in an -o option of master.cf", () => {
    checkHover(
      "#- master.cf\nsubmission inet n - n - - smtpd\n  -o smtpd_relay_restrictions=permit_sasl_<|>authenticated,reject",
      "`permit_sasl_authenticated`",
    );
  });
});

suite("Hover on a class", () => {
  test("shows what it expands to and where it is declared", () => {
    checkHover(
      `${CLASSES}#- recipients\nalice@example.com <|>greylisted\n`,
      "restriction class",
      "check_policy_service inet:127.0.0.1:10023",
      "Declared in `smtpd_restriction_classes` (main.cf:1), defined (main.cf:2)",
    );
  });

  test("works where it is declared, defined and used", () => {
    checkHover(CLASSES.replace("classes = greylisted", "classes = grey<|>listed"), "restriction class");
    checkHover(CLASSES.replace("\ngreylisted", "\ngrey<|>listed"), "restriction class");
    checkHover(`${CLASSES}smtpd_client_restrictions = grey<|>listed\n`, "restriction class");
  });

  test("lists its restrictions one by one", () => {
    checkHover(CLASSES.replace(", trusted", ", trus<|>ted"), "  permit_mynetworks\n  reject\n");
  });

  test("says what is missing", () => {
    checkHover(
      "smtpd_client_restrictions = my<|>class\nmyclass = reject",
      "not declared in `smtpd_restriction_classes`",
    );
    checkHover("smtpd_restriction_classes = my<|>class", "not defined: smtpd does not start");
  });

  test("says for which service it is something else", () => {
    checkHover(
      "smtpd_restriction_classes = my<|>class\nmyclass = reject\n" +
        "#- master.cf\nsmtp inet n - n - - smtpd\nsubmission inet n - n - - smtpd\n  -o myclass=permit\n",
      "Overridden in `submission`:",
      "  permit\n",
    );
  });
});

suite("Hover on a parameter", () => {
  test("shows type, value, default and manual", () => {
    checkHover(
      "myhostname = mail.example.com\nmyor<|>igin = $myhostname",
      "**`myorigin`** — string parameter",
      "Value (main.cf:2): `mail.example.com`",
      "Default in 3.12: `$myhostname`",
      "postconf.5.html#myorigin",
    );
  });

  test("shows a restriction list line by line", () => {
    checkHover(
      "smtpd_relay_<|>restrictions = permit_mynetworks, reject",
      "restriction list",
      "  permit_mynetworks\n  reject\n",
    );
  });

  test("names the services that override it", () => {
    checkHover(
      "smtpd_client_<|>restrictions = reject\n" +
        "#- master.cf\nsmtp inet n - n - - smtpd\nsubmission inet n - n - - smtpd\n  -o smtpd_client_restrictions=permit\n",
      "Overridden in `submission` (master.cf:3): `permit`",
    );
  });

  test("works on the name in master.cf", () => {
    checkHover(
      "smtpd_client_restrictions = reject\n" +
        "#- master.cf\nsubmission inet n - n - - smtpd\n  -o smtpd_client_<|>restrictions=permit\n",
      "Value (main.cf:1): `reject`",
      "Overridden in `submission`",
    );
  });

  test("shows the value of a $name", () => {
    checkHover("mydomain = example.com\nmyhostname = mail.$my<|>domain", "**`$mydomain`**", "`example.com`");
    checkHover("recipient_delimiter = ${mail_<|>owner}", "`$mail_owner`", "Not set in main.cf: `postfix`");
  });

  test("knows the parameters of a transport, and names of one's own", () => {
    checkHover("slow_destination_<|>concurrency_limit = 2", "parameter of the service `slow`");
    checkHover("my_<|>list = reject", "a name of this configuration");
  });

  test("says why a value has no expansion", () => {
    checkHover("my<|>origin = ${broken", "cannot be expanded (truncated macro reference)");
  });
});

suite("Hover on a table", () => {
  const list = "smtpd_client_restrictions = check_client_access ";

  test("shows the map type, the file and its number of entries", () => {
    checkHover(
      `${list}hash:/etc/post<|>fix/clients\n#- clients\n192.0.2.1 OK\n192.0.2.2 OK\n`,
      "File `clients`, 2 entries",
      "`hash` table",
    );
  });

  test("follows $name in the path", () => {
    checkHover(`${list}cidr:$config_directory/cli<|>ents\n#- clients\n192.0.2.0/24 OK\n`, "File `clients`, 1 entry");
  });

  test("says that there is no file", () => {
    checkHover(`${list}hash:/etc/postfix/no<|>where`, "There is no such file");
  });

  test("finds a table inside another", () => {
    checkHover(
      `${list}unionmap:{hash:/etc/postfix/a, hash:/etc/post<|>fix/b}\n#- b\nx OK\n`,
      "`hash:/etc/postfix/b`",
      "1 entry",
    );
    checkHover(`${list}union<|>map:{hash:/etc/postfix/a}`, "`unionmap` table");
  });

  test("takes no socket for a table", () => {
    checkHover("smtpd_milters = unix:/run/mil<|>ter.sock");
  });
});

suite("Hover on values", () => {
  test("tells times in human units", () => {
    checkHover("maximal_queue_lifetime = 5<|>", "`5` is 5 days (432000 seconds).");
    checkHover("smtpd_timeout = 9<|>0", "1 minute, 30 seconds (90 seconds)");
    checkHover("smtpd_timeout = 2<|>s", "`2s` is 2 seconds.");
    checkHover("slow_destination_rate_delay = 1<|>h", "1 hour (3600 seconds)");
  });

  test("tells sizes in human units", () => {
    checkHover("message_size_limit = 10240<|>000", "`10240000` bytes are 9.8 MiB.");
    checkHover("smtpd_recipient_limit = 10<|>00");
  });

  test("tells the range of networks", () => {
    checkHover("mynetworks = 127.0.0.0/8, 192.0.2.<|>0/24", "192.0.2.0 to 192.0.2.255, 256 addresses");
    checkHover("mynetworks = !10.0.<|>0.0/8", "10.0.0.0 to 10.255.255.255, 16,777,216 addresses");
    checkHover("mynetworks = [2001:db8::<|>]/32", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2^96 addresses");
    checkHover("mynetworks = 192.0.2.<|>1/24", "is no network: non-null host address bits");
    checkHover("mynetworks = exam<|>ple.com");
  });
});

suite("Hover in master.cf", () => {
  const line = "submission inet n - y - - smtpd\n  -o smtpd_timeout=90s\n";
  const at = (before: string, rest: string): string => `#- master.cf\n${line.replace(before, rest)}`;

  test("explains the columns", () => {
    checkHover(at("submission", "sub<|>mission"), "column `service` of master.cf", "master.5.html");
    checkHover(at("inet", "in<|>et"), "A TCP port.");
    checkHover(at("n -", "n <|>-"), "column `unprivileged`", "The default: `y`.");
    checkHover(at("y", "<|>y"), "column `chroot`", "Sees the queue directory only.");
  });

  test("explains the program", () => {
    checkHover(at("smtpd", "smt<|>pd"), "**`smtpd`** — program of master.cf", "smtpd.8.html");
  });

  test("explains settings and their values", () => {
    checkHover(at("smtpd_timeout", "smtpd_<|>timeout"), "**`smtpd_timeout`**", "Overridden in `submission`");
    checkHover(at("90s", "9<|>0s"), "1 minute, 30 seconds");
  });
});

suite("Hover on the key of a table", () => {
  const services = "#- master.cf\nsmtp inet n - n - - smtpd\nsubmission inet n - n - - smtpd\n";

  test("says which restrictions ask for it, in which lists and services, and in which order", () => {
    checkHover(
      `smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/t\nrecipient_delimiter = +\n${services}#- t\nexam<|>ple.com REJECT\n`,
      "key of `t`",
      "`check_sender_access` in `smtpd_sender_restrictions` (smtp, submission) asks this table",
      "For the address `user@example.com` it tries, in this order: `user@example.com`, **`example.com`**, `com`, `user@`",
    );
  });

  test("knows names, addresses and the null sender", () => {
    const client = "smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n#- t\n";
    checkHover(
      `${client}mail.Example.<|>com REJECT\n`,
      "For `mail.example.com` `[192.0.2.1]`",
      "**`mail.example.com`**",
    );
    checkHover(`${client}203.0.<|>113 REJECT\n`, "`203.0.113.1`, **`203.0.113`**, `203.0`, `203`");
    checkHover(
      "smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/t\n#- t\n<|><> REJECT\n",
      "For the null sender it tries, in this order: **`<>`**",
    );
  });

  test("says when nothing asks for it", () => {
    const sender = "smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/t\n#- t\n";
    checkHover(`${sender}@exam<|>ple.com REJECT\n`, "but never for this key");
    checkHover(`${sender}*.exam<|>ple.com REJECT\n`, "but never for this key");
    checkHover("myorigin = x\n#- t\nexam<|>ple.com REJECT\n", "Nothing in this configuration asks this table.");
  });

  test("follows parent_domain_matches_subdomains", () => {
    const dotted =
      "parent_domain_matches_subdomains =\nsmtpd_helo_restrictions = check_helo_access hash:/etc/postfix/t\n#- t\n";
    checkHover(`${dotted}.example.<|>com REJECT\n`, "`mail.example.com`, **`.example.com`**, `.com`");
  });

  test("names the parameters that ask other tables", () => {
    checkHover("virtual_alias_maps = hash:/etc/postfix/t\n#- t\na@<|>b c@d\n", "Asked by `virtual_alias_maps`.");
  });

  test("knows patterns and networks", () => {
    const cidr = "smtpd_client_restrictions = check_client_access cidr:/etc/postfix/t\n#- t\n";
    checkHover(`${cidr}192.0.2.0/<|>24 REJECT\n`, "256 addresses", "with whole values only");
    checkHover(
      "smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/t\n#- t\n/^a <|>b$/ REJECT\n",
      "**`/^a b$/`** — pattern of `t`",
    );
  });
});

suite("Hover on header checks", () => {
  test("explains the action, not that of access tables", () => {
    checkHover(
      "header_checks = regexp:/etc/postfix/h\n#- h\n/^Subject: a b/ WA<|>RN x\n",
      "action of header and body checks",
      "header_checks.5.html",
    );
  });
});

suite("Hover on the right-hand side of an access table", () => {
  const main = "smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients\n";

  test("explains the action", () => {
    checkHover(
      `${main}#- clients\n192.0.2.1 RE<|>JECT go away\n`,
      "**`REJECT`** — action of an access table",
      "access.5.html",
    );
    checkHover(`${main}#- clients\n192.0.2.1 5<|>50 5.7.1 go away\n`, "5NN");
    checkHover(`${main}#- clients\n192.0.2.1 5<|>50\n`, "digits only");
  });

  test("has nothing to say about its text", () => {
    checkHover(`${main}#- clients\n192.0.2.1 REJECT per<|>mit\n`);
  });

  test("knows restrictions, also behind others and on continued lines", () => {
    checkHover(`${main}#- clients\n192.0.2.1 permit_mynetworks,\n  rej<|>ect\n`, "`reject`** — restriction");
  });

  test("finds the action behind a pattern", () => {
    checkHover(
      "smtpd_helo_restrictions = check_helo_access regexp:/etc/postfix/helo\n#- helo\n/^a b$/i  DUN<|>NO\n",
      "**`DUNNO`**",
    );
  });

  test("sees no actions in tables that are no access tables", () => {
    checkHover("transport_maps = hash:/etc/postfix/transport\n#- transport\nexample.com O<|>K\n");
  });
});

test("a hover links to the service that overrides a parameter", () => {
  const { project, file, offset } = fixtureWithCursor(`
smtpd_helo_<|>required = yes
#- master.cf
smtp inet n - n - - smtpd
submission inet n - n - - smtpd
    -o smtpd_helo_required=no
`);
  const contents = hover(project, file, offset, (name) => `file:///etc/postfix/${name}`)?.contents;
  const text = contents && typeof contents === "object" && "value" in contents ? contents.value : "";
  assert.match(text, /Overridden in `submission` \(\[master\.cf:3\]\(file:\/\/\/etc\/postfix\/master\.cf#L3\)\): `no`/);
});

test("a word in a conditional value, and a key of an address table", () => {
  checkHover(
    "smtpd_client_restrictions = ${{$mail_version} >= {3} ? {rej<|>ect} : {permit}}\n",
    "**`reject`** — restriction",
  );
  checkHover("smtpd_client_restrictions = ${a?{reject}:{permit<|>}}\n", "**`permit`** — restriction");
  checkHover("transport_maps = hash:/etc/postfix/t\n#- t\nexa<|>mple.com local:\n", "at last `*`");
  checkHover("virtual_alias_maps = hash:/etc/postfix/t\n#- t\n@exa<|>mple.com root\n", "at last `@domain`");
});

test("the name of a service is that of its line", () => {
  checkHover(
    "smtpd_helo_required = no\n#- master.cf\nsmtp inet n - n - - smtpd\nrelay unix - - n - - smtp\n" +
      "  -o syslog_name=$service_<|>name -o smtp_helo_timeout=9s\n",
    "Different in `relay`: `relay`",
  );
});
