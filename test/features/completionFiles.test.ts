import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { findings } from "../../server/src/rules/findings.ts";
import { chosen, doesNotOffer, labels, offers, PLAIN } from "../support/completions.ts";
import { fixture } from "../support/fixture.ts";

suite("Completion in master.cf", () => {
  const at = (line: string): string => `#- master.cf\n${line}`;

  test("knows the columns", () => {
    offers(at("<|>"), ["submission service"]);
    offers(at("submission <|>"), ["inet", "unix"]);
    offers(at("submission inet n <|>"), ["-", "y", "n"]);
    offers(at("submission inet n - n - - <|>"), ["smtpd"]);
    assert.equal(chosen(at("a inet n - n - - sm<|>x\n"), "smtpd"), "a inet n - n - - smtpd\n");
    doesNotOffer(at("a unix n - n - - <|>"), ["nbdb_reindexd"], { release: "3.5" });
  });

  test("offers the parameters behind -o, those of the program first", () => {
    const line = "submission inet n - n - - smtpd\n  -o ";
    assert.equal(chosen(at(`${line}smtpd_cl<|>`), "smtpd_client_restrictions"), `${line}smtpd_client_restrictions=`);
    assert.equal(
      chosen(at(`${line}smtpd_cl<|>x=reject\n`), "smtpd_client_restrictions"),
      `${line}smtpd_client_restrictions=reject\n`,
    );
    const found = labels(at(`${line}<|>`));
    assert.ok(found.indexOf("smtpd_sasl_auth_enable") < found.indexOf("alias_maps"));
  });

  test("offers values as main.cf does", () => {
    const line = "submission inet n - n - - smtpd\n  -o ";
    assert.equal(
      chosen(at(`${line}smtpd_relay_restrictions=permit_sasl_authenticated,rej<|>\n`), "reject"),
      `${line}smtpd_relay_restrictions=permit_sasl_authenticated,reject\n`,
    );
    assert.equal(
      chosen(at(`${line}{ smtpd_relay_restrictions = permit_<|>`), "permit_mynetworks"),
      `${line}{ smtpd_relay_restrictions = permit_mynetworks`,
    );
    offers(at(`${line}{ smtpd_relay_restrictions = permit, <|> }\n`), ["reject"]);
    offers(at(`${line}smtpd_sasl_auth_enable=<|>`), ["yes", "no"]);
  });

  test("offers -o itself", () => {
    offers(at("submission inet n - n - - smtpd\n  <|>"), ["-o ", "-v"]);
  });
});

suite("Completion in tables", () => {
  const access = (check: string): string =>
    `smtpd_recipient_restrictions = reject_unauth_destination, ${check} hash:/etc/postfix/t\n#- t\n`;

  test("offers actions, classes and restrictions on the right-hand side", () => {
    const classes = "smtpd_restriction_classes = mine\nmine = reject\n";
    const source = `${classes}${access("check_recipient_access")}a@example.com <|>`;
    offers(source, ["OK", "REJECT", "DUNNO", "mine", "permit_mynetworks"]);
    doesNotOffer(source, ["check_client_access", "check_policy_service"]);
    assert.equal(
      chosen(`${access("check_recipient_access")}a@example.com REJ<|>x\n`, "REJECT"),
      "a@example.com REJECT\n",
    );
  });

  test("offers no OK where the table may not say it", () => {
    doesNotOffer(`${access("check_sender_mx_access")}a <|>`, ["OK", "RELAY"]);
    offers(`${access("check_sender_mx_access")}a <|>`, ["DUNNO", "REJECT"]);
  });

  test("offers no second action behind one, but goes on with a list", () => {
    assert.deepEqual(labels(`${access("check_recipient_access")}a REJECT <|>`), []);
    offers(`${access("check_recipient_access")}a permit_mynetworks, <|>`, ["reject"]);
    doesNotOffer(`${access("check_recipient_access")}a permit_mynetworks, <|>`, ["OK"]);
  });

  test("offers transports behind FILTER", () => {
    offers(`${access("check_recipient_access")}a FILTER <|>\n#- master.cf\nscan unix - - n - - smtp\n`, ["scan:"]);
  });

  test("finds the right-hand side behind a pattern with blanks, and on a continued line", () => {
    const main = "smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/h\n#- h\n";
    offers(`${main}/^a b$/i <|>`, ["REJECT"]);
    offers(`${main}/^a b$/i\n  <|>`, ["REJECT"]);
  });

  test("offers the actions of header checks where a table is used for them", () => {
    const main = "header_checks = regexp:/etc/postfix/h\n#- h\n/^Subject:/ <|>";
    offers(main, ["REPLACE", "IGNORE", "REJECT"]);
    doesNotOffer(main, ["OK", "permit"]);
    doesNotOffer(main.replace("header_checks", "smtp_header_checks"), ["REJECT"]);
  });

  test("hints at the forms of keys", () => {
    offers(`${access("check_recipient_access")}<|>`, ["user@"]);
    offers("smtpd_client_restrictions = check_client_access cidr:/etc/postfix/c\n#- c\n<|>", ["network/mask"]);
  });

  test("offers nothing in other tables", () => {
    assert.deepEqual(labels("virtual_alias_maps = hash:/etc/postfix/v\n#- v\na@b <|>"), []);
  });
});

suite("Snippets", () => {
  test("every scheme of main.cf and master.cf makes a configuration without errors", () => {
    for (const [file, kind] of [
      ["main.cf", /^(?:relay|recipients|DNS list|class): /],
      ["master.cf", / service$/],
    ] as const) {
      const source = file === "main.cf" ? "<|>" : "#- master.cf\n<|>";
      const schemes = labels(source).filter((label) => kind.test(label));
      assert.ok(schemes.length >= 4);
      for (const label of schemes) {
        const text = chosen(source, label, { abilities: PLAIN });
        const level = "compatibility_level = 3.6\n";
        const project = fixture(file === "main.cf" ? `${level}${text}` : `${level}#- master.cf\n${text}`);
        const wrong = findings(project).filter(({ rule }) => rule.severity === "error");
        assert.deepEqual(
          wrong.map(({ rule }) => rule.code),
          [],
          label,
        );
      }
    }
  });
});

test("keys of address tables are completed as their look-ups ask for them", () => {
  const keys = (parameter: string): readonly string[] => labels(`${parameter} = hash:/etc/postfix/t\n#- t\n<|>`);
  assert.deepEqual(keys("virtual_alias_maps"), ["@domain", "user", "user@domain"]);
  assert.deepEqual(keys("transport_maps"), ["*", ".domain", "domain", "user@domain"]);
  assert.deepEqual(keys("virtual_mailbox_domains"), ["domain"]);
});

suite("Completion of TLS policies", () => {
  const at = (line: string): string => `smtp_tls_policy_maps = hash:/etc/postfix/policy\n#- policy\n${line}`;

  test("offers the level first, then attributes", () => {
    offers(at("example.com <|>"), ["may", "encrypt", "dane-only", "secure"]);
    offers(at("example.com secure <|>"), ["match=", "ciphers="]);
    assert.equal(
      chosen(at("example.com secure ma<|>\n"), "match="),
      "example.com secure match=${1:nexthop:dot-nexthop}\n",
    );
  });

  test("offers nothing that the policy does not take", () => {
    doesNotOffer(at("example.com secure match=nexthop <|>"), ["match=", "secure"]);
    assert.deepEqual(labels(at("example.com none <|>")), []);
    doesNotOffer(at("example.com may <|>"), ["enable_rpk="], { release: "3.8" });
  });
});
