import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { completionDocumentation } from "../../server/src/features/completion/completion.ts";
import type { Documented } from "../../server/src/features/documentation.ts";
import { EVERYDAY_PARAMETERS } from "../../server/src/postfix/everyday.ts";
import { restrictionNamed } from "../../server/src/postfix/restrictions.ts";
import { STAGES } from "../../server/src/postfix/stages.ts";
import { findings } from "../../server/src/rules/findings.ts";
import { chosen, doesNotOffer, itemNamed, itemsAt, labels, listAt, offers, PLAIN } from "../support/completions.ts";
import { fixtureWithCursor, projectOf } from "../support/fixture.ts";

suite("Completion of parameter names", () => {
  test("offers them with type and default, and writes the equals sign", () => {
    assert.equal(itemNamed("smtpd_de<|>", "smtpd_delay_reject").detail, "boolean, default yes");
    assert.equal(chosen("smtpd_de<|>", "smtpd_delay_reject"), "smtpd_delay_reject = ");
  });

  test("takes the place of the whole name, and leaves its value alone", () => {
    assert.equal(chosen("smtpd_de<|>xyz = no\n", "smtpd_delay_reject"), "smtpd_delay_reject = no\n");
    assert.equal(chosen("my<|>\nmydomain = x\n", "myorigin"), "myorigin = \nmydomain = x\n");
    assert.equal(chosen("# a\n\n<|>\nmydomain = x\n", "myorigin"), "# a\n\nmyorigin = \nmydomain = x\n");
  });

  test("offers what most people set first", () => {
    const found = labels("<|>");
    assert.equal(found[0], "alias_database");
    assert.ok(found.indexOf("smtpd_relay_restrictions") < found.indexOf("smtpd_relay_before_recipient_restrictions"));
    for (const name of EVERYDAY_PARAMETERS) assert.ok(found.includes(name), `${name} is a parameter`);
  });

  test("offers what is set already last", () => {
    const found = labels("myorigin = x\n<|>");
    assert.ok(found.indexOf("myorigin") > found.indexOf("mydomain"));
    assert.match(itemNamed("myorigin = x\n<|>", "myorigin").detail ?? "", /set already/);
  });

  test("knows the release and what is out of date", () => {
    offers("<|>", ["smtpd_forbid_bare_newline"]);
    doesNotOffer("<|>", ["use_srv_lookup"], { release: "3.7" });
    offers("<|>", ["use_srv_lookup"], { release: "3.8" });
    assert.deepEqual(itemNamed("<|>", "disable_dns_lookups").tags, [1]);
    assert.equal(itemNamed("<|>", "disable_dns_lookups", { release: "3.8" }).tags, undefined);
  });

  test("knows declared classes without definition and the parameters of transports", () => {
    offers("smtpd_restriction_classes = mine\n<|>", ["mine"]);
    offers("<|>\n#- master.cf\nslow unix - - n - - smtp\n", ["slow_destination_rate_delay"]);
  });

  test("offers nothing in comments", () => {
    assert.deepEqual(labels("# smtpd_<|>"), []);
    assert.deepEqual(labels("smtpd_client_restrictions =\n  reject,\n  # permit<|>\n  permit\n"), []);
  });

  test("documents a name when asked", () => {
    const { project } = fixtureWithCursor("<|>");
    const about = itemNamed("<|>", "mynetworks").data as Documented;
    assert.match(completionDocumentation(project, about) ?? "", /postconf\.5\.html#mynetworks/);
  });
});

test("types of tables are offered where tables may stand", () => {
  for (const name of ["smtpd_command_filter", "smtp_sasl_mechanism_filter"]) offers(`${name} = <|>`, ["pcre:"]);
  doesNotOffer("content_filter = <|>\n#- master.cf\nscan unix - - n - - lmtp\n", ["pcre:"]);
  doesNotOffer("verp_delimiter_filter = <|>", ["pcre:"]);
});

test("the files of a directory below are offered, but not what packages bring along", () => {
  const names = ["maps/clients", "maps/main.cf", "dynamicmaps.cf.d/pcre", ".git/config"];
  const source = "smtpd_client_restrictions = check_client_access cidr:/etc/postfix/ma<|>\n";
  assert.deepEqual(labels(source, { names }), ["cidr:/etc/postfix/maps/clients"]);
});

suite("Completion in restriction lists", () => {
  test("offers what most people use first", () => {
    const [first, second] = labels("smtpd_relay_restrictions = check_recip<|>").filter((name) =>
      name.startsWith("check_r"),
    );
    assert.deepEqual([first, second], ["check_recipient_access", "check_recipient_a_access"]);
  });

  test("offers the restrictions that fit, those of the list first", () => {
    const found = labels("smtpd_helo_restrictions = <|>");
    assert.ok(found.indexOf("reject_invalid_helo_hostname") < found.indexOf("reject_non_fqdn_sender"));
    doesNotOffer("smtpd_client_restrictions = <|>", ["check_etrn_access"]);
    doesNotOffer("smtpd_etrn_restrictions = <|>", ["check_sender_access", "reject_unauth_destination"]);
  });

  test("knows what smtpd does not know yet without smtpd_delay_reject", () => {
    offers("smtpd_client_restrictions = <|>", ["check_recipient_access"]);
    doesNotOffer("smtpd_delay_reject = no\nsmtpd_client_restrictions = <|>", ["check_recipient_access"]);
  });

  test("knows the release", () => {
    doesNotOffer("smtpd_client_restrictions = <|>", ["reject_maps_rbl"]);
    assert.deepEqual(itemNamed("smtpd_client_restrictions = <|>", "reject_maps_rbl", { release: "3.8" }).tags, [1]);
  });

  test("offers declared classes, but no class inside itself", () => {
    const classes = "smtpd_restriction_classes = one, two, three\none = reject\ntwo = permit\nundeclared = permit\n";
    offers(`${classes}smtpd_client_restrictions = <|>`, ["one", "two"]);
    doesNotOffer(`${classes}smtpd_client_restrictions = <|>`, ["three", "undeclared"]);
    doesNotOffer("smtpd_restriction_classes = one, two\ntwo = permit\none = <|>reject\n", ["one"]);
  });

  test("replaces the whole word, wherever it stands", () => {
    const list = "smtpd_client_restrictions =\n  # a comment\n  permit_my<|>nets,\n  # another\n  reject\n";
    assert.equal(chosen(list, "permit_mynetworks"), list.replace("permit_my<|>nets", "permit_mynetworks"));
    assert.equal(chosen("smtpd_client_restrictions = permit_<|>", "permit"), "smtpd_client_restrictions = permit");
    assert.equal(
      chosen("smtpd_client_restrictions = permit,\n  <|>", "reject"),
      "smtpd_client_restrictions = permit,\n  reject",
    );
    assert.equal(
      chosen("smtpd_client_restrictions =\n  permit\n\n# x\n  <|>\nmydomain = x\n", "reject"),
      "smtpd_client_restrictions =\n  permit\n\n# x\n  reject\nmydomain = x\n",
    );
  });

  test("works with CRLF line ends", () => {
    assert.equal(
      chosen("smtpd_client_restrictions =\r\n  perm<|>x,\r\n  reject\r\n", "permit"),
      "smtpd_client_restrictions =\r\n  permit,\r\n  reject\r\n",
    );
  });

  test("offers schemes at the start of a list", () => {
    offers("smtpd_relay_restrictions = <|>", ["relay: closed to strangers"]);
    doesNotOffer("smtpd_relay_restrictions = permit_mynetworks, <|>", ["relay: closed to strangers"]);
  });

  test("every restriction that is offered without argument is one in that list", () => {
    for (const { parameter } of STAGES) {
      const source = `smtpd_restriction_classes = mine\nmine = reject\n${parameter} = <|>`;
      const plain = itemsAt(source).filter(({ label, detail }) => !detail && restrictionNamed(label));
      assert.ok(plain.length > 10, parameter);
      for (const { label } of [...plain, { label: "mine" }]) {
        const text = chosen(source, label).replace(/(smtpd_(?:relay|recipient)_restrictions = .*)$/, "$1, reject");
        const codes = findings(projectOf([["main.cf", text]])).map(({ rule: { code } }) => code);
        const wrong = codes.filter((code) => /undefined|unknown|removed|not-declared/.test(code));
        assert.deepEqual(wrong, [], `${label} in ${parameter}`);
      }
    }
  });
});

suite("Completion of arguments", () => {
  const list = "smtpd_client_restrictions = check_client_access ";
  const names = ["main.cf", "clients", "clients.db", "sql.cf", "networks.cidr"];

  test("offers map types, the usual one first", () => {
    assert.equal(labels(`${list}<|>`)[0], "hash:");
    offers(`${list}<|>`, ["cidr:", "texthash:", "proxy:"]);
    doesNotOffer(`${list}<|>`, ["debug:"], { release: "3.10" });
    doesNotOffer(`${list}<|>`, ["permit"]);
  });

  test("offers the files of the directory", () => {
    offers(`${list}hash:<|>`, ["hash:/etc/postfix/clients"], { names });
    doesNotOffer(`${list}hash:<|>`, ["hash:/etc/postfix/clients.db", "hash:/etc/postfix/main.cf"], { names });
    offers(`${list}mysql:<|>`, ["mysql:/etc/postfix/sql.cf"], { names });
    offers(`${list}hash:$config_directory/<|>`, ["hash:$config_directory/clients"], { names });
    assert.equal(labels(`${list}cidr:<|>`, { names })[0], "cidr:/etc/postfix/networks.cidr");
  });

  test("replaces the whole reference", () => {
    assert.equal(
      chosen(`${list}hash:/etc/pos<|>tfix, reject\n`, "hash:/etc/postfix/clients", { names }),
      `${list}hash:/etc/postfix/clients, reject\n`,
    );
  });

  test("offers what is in use elsewhere, but not the word itself", () => {
    const other = "virtual_alias_maps = hash:/etc/aliases\n";
    offers(`${other}${list}hash:<|>`, ["hash:/etc/aliases"]);
    assert.deepEqual(labels(`${list}hash:/et<|>c/other`), []);
  });

  test("works inside braces", () => {
    offers(`${list}unionmap:{hash:/a, <|>}`, ["cidr:"]);
    assert.equal(
      chosen(`${list}unionmap:{hash:/a, hash:/etc/cl<|>}`, "hash:/etc/postfix/clients", { names }),
      `${list}unionmap:{hash:/a, hash:/etc/postfix/clients}`,
    );
    offers(`${list}proxy:unionmap:{<|>`, ["hash:"]);
  });

  test("offers the endpoints of policy services, and their settings", () => {
    const master =
      "#- master.cf\npolicy unix - n n - 0 spawn user=nobody argv=/bin/p\n9998 inet n n n - 0 spawn argv=x\n";
    const policy = "smtpd_recipient_restrictions = reject_unauth_destination, check_policy_service ";
    offers(`${policy}<|>\n${master}`, ["unix:private/policy", "inet:9998", "inet:127.0.0.1:"]);
    offers(`${policy}{ <|> }\n${master}`, ["unix:private/policy"]);
    assert.equal(
      chosen(`${policy}{ unix:private/policy, def<|> }`, "default_action"),
      `${policy}{ unix:private/policy, default_action= }`,
    );
    // Without braces of its own, smtpd does not start with blanks around the `=`.
    assert.equal(
      chosen(`${policy}{ unix:private/policy, { def<|> } }`, "default_action"),
      `${policy}{ unix:private/policy, { default_action =  } }`,
    );
    offers(`${policy}<|>`, ["{ inet:127.0.0.1:…, default_action=DUNNO }"]);
    assert.deepEqual(labels(`${policy}{ unix:private/policy, timeout = <|> }`), []);
  });

  test("offers DNS lists of the right kind", () => {
    offers("smtpd_client_restrictions = reject_rbl_client <|>", ["zen.spamhaus.org=127.0.0.[2..11]"]);
    doesNotOffer("smtpd_sender_restrictions = reject_rhsbl_sender <|>", ["zen.spamhaus.org=127.0.0.[2..11]"]);
    offers("smtpd_client_restrictions = permit_dnswl_client <|>", ["list.dnswl.org=127.0.[0..255].[1..3]"]);
  });

  test("goes on with a restriction after warn_if_reject", () => {
    offers("smtpd_client_restrictions = warn_if_reject <|>", ["reject_unknown_client_hostname"]);
  });
});

suite("Completion of values", () => {
  test("offers $names, with or without braces", () => {
    assert.equal(chosen("myorigin = $myd<|>x/y", "mydomain"), "myorigin = $mydomain/y");
    assert.equal(chosen("myorigin = ${myd<|>", "mydomain"), "myorigin = ${mydomain}");
    assert.equal(chosen("myorigin = ${myd<|>}", "mydomain"), "myorigin = ${mydomain}");
    assert.equal(chosen("myorigin = ${myd<|>?{a}}", "mydomain"), "myorigin = ${mydomain?{a}}");
    assert.equal(chosen("myorigin = ${<|>", "name?{…}"), "myorigin = ${${1:name}?{${2:text}\\}\\}");
    assert.equal(chosen("myorigin = ${<|>", "name?{…}", { abilities: PLAIN }), "myorigin = ${name?{text}}");
    assert.equal(labels("mine = x\nmyorigin = $<|>")[0], "mine");
    doesNotOffer("myorigin = $<|>", ["myorigin"]);
    doesNotOffer("myorigin = $$<|>", ["mydomain"]);
  });

  test("goes on with the list inside ${name?{…}}", () => {
    offers("smtpd_client_restrictions = ${stress?{permit_mynetworks, <|>}}", ["reject"]);
    offers("smtpd_client_restrictions = check_client_access ${stress?{<|>}}", ["hash:"]);
  });

  test("offers words, times, defaults, tables and transports by parameter", () => {
    assert.deepEqual(labels("smtpd_delay_reject = <|>"), ["no", "yes"]);
    offers("smtpd_tls_security_level = <|>", ["may", "encrypt"]);
    doesNotOffer("smtpd_tls_security_level = <|>", ["dane"]);
    offers("smtp_tls_security_level = <|>", ["dane"]);
    offers("maximal_queue_lifetime = 3<|>", ["3h", "3d", "5d"]);
    assert.ok(listAt("maximal_queue_lifetime = 3<|>").isIncomplete, "another digit makes other offers");
    assert.ok(!listAt("default_transport = s<|>").isIncomplete);
    offers("virtual_alias_maps = <|>", ["hash:", "$virtual_maps"]);
    offers("mynetworks = <|>", ["127.0.0.0/8", "cidr:"]);
    offers("default_transport = <|>\n#- master.cf\nslow unix - - n - - smtp\n", ["slow:"]);
  });

  test("offers undeclared names where classes are declared", () => {
    const source = "one = reject\ntwo = permit\nsmtpd_restriction_classes = two, <|>\n";
    assert.deepEqual(labels(source), ["one"]);
  });
});
