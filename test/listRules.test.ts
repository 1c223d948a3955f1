import assert from "node:assert/strict";
import { test } from "node:test";
import { fixedBy, saidBy } from "./support/ruleFindings.ts";

test("what a later release removes is a warning before, and what it only deprecates is nothing yet", () => {
  const list = "smtpd_recipient_restrictions = permit_mx_backup, check_relay_domains\n";
  assert.deepEqual(saidBy("outdated-restriction", list, "3.7"), [
    "main.cf:1 `check_relay_domains` is gone in Postfix 3.9 and later; write `reject_unauth_destination`",
  ]);
  assert.equal(saidBy("outdated-restriction", list, "3.9").length, 2);
});

test("a path without its type gets the type that the server builds", () => {
  const list = "smtpd_client_restrictions = check_client_access /etc/postfix/c\n";
  assert.equal(fixedBy("wrong-argument", list), list.replace("/etc", "hash:/etc"));
  assert.match(fixedBy("wrong-argument", `default_database_type = lmdb\n${list}`) ?? "", /access lmdb:\/etc/);
});

test("arguments in the wrong order and a blank behind the type are put right", () => {
  const swapped = "smtpd_client_restrictions = reject_rbl_client, reject_unauth_destination bl.example.org\n";
  assert.equal(
    fixedBy("wrong-argument", swapped),
    "smtpd_client_restrictions = reject_rbl_client, bl.example.org reject_unauth_destination\n",
  );
  const blank = "smtpd_client_restrictions = check_client_access hash: /etc/postfix/c\n";
  assert.equal(fixedBy("wrong-argument", blank), blank.replace("hash: ", "hash:"));
  assert.match(saidBy("wrong-argument", blank, "3.7").join(), /smtpd does not start/);
  assert.match(saidBy("wrong-argument", blank, "3.12").join(), /cannot be opened/);
});

test("a ring goes through tables, and what is never reached closes none", () => {
  const classes = (second: string): string => `
smtpd_restriction_classes = one, two
one = check_client_access hash:/etc/postfix/first
two = ${second}
smtpd_client_restrictions = one
#- first
192.0.2 two
#- second
192.0.2 one
`;
  assert.deepEqual(saidBy("class-cycle", classes("check_client_access hash:/etc/postfix/second")), [
    "main.cf:2 `one` leads back to itself (one → hash:/etc/postfix/first → two → hash:/etc/postfix/second → one): whoever goes round is told 451 4.3.5 Server configuration error",
  ]);
  assert.deepEqual(saidBy("class-cycle", classes("reject, check_client_access hash:/etc/postfix/second")), []);
});

test("a class is judged by all lists that lead to it", () => {
  const main = `smtpd_delay_reject = no
smtpd_restriction_classes = careful
careful = check_recipient_access static:REJECT
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
`;
  const table = "#- clients\n192.0.2 careful\n";
  assert.deepEqual(saidBy("attribute-not-known", main + table), [
    "main.cf:3 `check_recipient_access` says nothing in smtpd_client_restrictions: the recipient is not known there with smtpd_delay_reject = no",
  ]);
  const known = `${main}smtpd_recipient_restrictions = careful, reject_unauth_destination\n${table}`;
  assert.deepEqual(saidBy("attribute-not-known", known), []);
  assert.deepEqual(saidBy("attribute-not-known", main.replace("= no", "= yes") + table), []);
});

test("a bare table in a class is an error where the DATA command leads there", () => {
  const main =
    "smtpd_restriction_classes = k\nk = hash:/etc/postfix/t\nsmtpd_client_restrictions = k\n#- t\n192.0.2 DUNNO\n";
  assert.deepEqual(saidBy("bare-table-in-data-list", main), []);
  const late = main.replace("smtpd_client", "smtpd_data_restrictions = k\nsmtpd_client");
  assert.match(saidBy("bare-table-in-data-list", late).join(), /^main\.cf:2 .*with smtpd_data_restrictions/);
});

test("a restriction is moved with its argument and its separator", () => {
  const list = `smtpd_recipient_restrictions =
    reject_rbl_client bl.example.org,
    permit_mynetworks,
    reject_unauth_destination
`;
  assert.equal(
    fixedBy("lookup-before-permit", list),
    `smtpd_recipient_restrictions =
    permit_mynetworks,
    reject_rbl_client bl.example.org,
    reject_unauth_destination
`,
  );
  const softened = "smtpd_client_restrictions = warn_if_reject reject_rbl_client bl.example.org, permit_mynetworks\n";
  assert.deepEqual(saidBy("lookup-before-permit", softened), []);
  const login = `smtpd_sasl_auth_enable = yes
smtpd_sender_restrictions = permit_sasl_authenticated, check_sasl_access static:OK, reject_non_fqdn_sender
`;
  assert.match(
    fixedBy("login-check-after-permit", login) ?? "",
    /= check_sasl_access static:OK, permit_sasl_authenticated, reject_non_fqdn_sender\n/,
  );
});

test("a restriction that stands twice is removed with its argument and its separator", () => {
  const list = (items: string): string => `smtpd_recipient_restrictions =\n    ${items.replace(/, /g, ",\n    ")}\n`;
  const twice = "reject_rbl_client bl.example.org, permit_mynetworks, reject_rbl_client bl.example.org, reject";
  assert.equal(
    fixedBy("repeated-restriction", list(twice)),
    list("reject_rbl_client bl.example.org, permit_mynetworks, reject"),
  );
  const warned = "reject_non_fqdn_sender, warn_if_reject reject_non_fqdn_sender, reject_unauth_destination";
  assert.equal(saidBy("repeated-restriction", list(warned)).length, 1);
  assert.equal(fixedBy("repeated-restriction", list(warned)), undefined);
  const commented = "smtpd_recipient_restrictions = permit_mynetworks,\n# again\n  permit_mynetworks, reject\n";
  assert.equal(fixedBy("repeated-restriction", commented), undefined);
});

test("behind postscreen, the line of a proxy is read by postscreen", () => {
  const master = "#- master.cf\nsmtp inet n - n - 1 postscreen\nsmtpd pass - - n - - smtpd\n";
  const said = (name: string): readonly string[] =>
    saidBy("xclient-from-strangers", `${name}_upstream_proxy_protocol = haproxy\n${master}`);
  assert.equal(said("postscreen").length, 1);
  assert.deepEqual(said("smtpd"), []);
  const xclient = saidBy("xclient-from-strangers", `smtpd_authorized_xclient_hosts = 0.0.0.0/0\n${master}`);
  assert.match(xclient.join(), /Strangers may use XCLIENT/);
});

test("one service for everybody is enough, and others may be closed", () => {
  const main = "mydestination = example.com\n";
  const closed = "-o smtpd_client_restrictions=permit_mynetworks,reject";
  const said = (master: string): readonly string[] =>
    saidBy("mail-from-outside-refused", `${main}#- master.cf\n${master}`);
  assert.equal(said(`smtp inet n - y - - smtpd ${closed}\n`).length, 1);
  assert.deepEqual(said(`smtp inet n - y - - smtpd\n192.0.2.5:smtp inet n - y - - smtpd ${closed}\n`), []);
  assert.deepEqual(
    said(`submission inet n - y - - smtpd ${closed}\n127.0.0.1:smtp inet n - y - - smtpd ${closed}\n`),
    [],
  );
});

test("a permit behind the refusal is told unless users have a service of their own", () => {
  const list = "permit_tls_clientcerts, reject_unauth_destination, permit_mynetworks, permit_sasl_authenticated";
  const main = `smtpd_relay_restrictions = ${list}\n`;
  const said = (more: string): readonly string[] => saidBy("permit-after-relay-check", main + more);
  assert.equal(said("").length, 1);
  assert.equal(said("smtpd_sasl_auth_enable = yes\n").length, 2);
  assert.equal(said("inet_interfaces = loopback-only\n").length, 0);
  const master = (options: string): string =>
    `#- master.cf\nsmtp inet n - y - - smtpd\nsubmission inet n - y - - smtpd ${options}\n`;
  assert.equal(said(master("")).length, 1);
  assert.equal(said(master("-o smtpd_relay_restrictions=permit_mynetworks,reject")).length, 0);
  const warns = "smtpd_relay_restrictions = warn_if_reject reject_unauth_destination, permit_mynetworks, reject\n";
  assert.deepEqual(saidBy("permit-after-relay-check", warns), []);
});

test("a policy service may come first where the relay list refuses", () => {
  const list = "smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:1, reject_unauth_destination\n";
  assert.equal(saidBy("policy-before-relay-check", `smtpd_relay_restrictions =\n${list}`).length, 1);
  assert.deepEqual(saidBy("policy-before-relay-check", `compatibility_level = 3.6\n${list}`), []);
  const inClass = list.replace("check_policy_service inet:127.0.0.1:1", "k");
  const classes = "smtpd_restriction_classes = k\nk = check_policy_service inet:127.0.0.1:1\n";
  assert.match(
    saidBy("policy-before-relay-check", `smtpd_relay_restrictions =\n${classes}${inClass}`).join(),
    /^main\.cf:3 /,
  );
});

test("a DNS list is known with its parts and in any case, and with a key it is another one", () => {
  const said = (item: string): readonly string[] =>
    saidBy("dns-list", `smtpd_client_restrictions = reject_unknown_helo_hostname, ${item}\n`);
  assert.match(said("reject_rbl_client DUL.dnsbl.sorbs.net=127.0.0.10").join(), /ended on 2024-06-05/);
  assert.match(said("reject_rhsbl_sender dbl.spamhaus.org").join(), /without `=127\.0\.1\.\[2\.\.99\]`/);
  assert.match(said("reject_rbl_client dbl.spamhaus.org").join(), /lists domains, not addresses.*all mail is refused$/);
  assert.match(said("reject_rbl_client dbl.spamhaus.org=127.0.1.[2..99]").join(), /127\.0\.1\.255 to all of these$/);
  assert.deepEqual(said("reject_rhsbl_client dbl.spamhaus.org=127.0.1.[2..99]"), []);
  assert.match(said("permit_dnswl_client dnsbl.njabl.org").join(), /everybody may be permitted/);
  assert.deepEqual(said("reject_rbl_client key.zen.dq.spamhaus.net"), []);
  assert.deepEqual(said("reject_rbl_client zen.spamhaus.org=127.0.0.2"), []);
});

test("pipelining is checked by itself since 3.9", () => {
  const list = "smtpd_recipient_restrictions = reject_unauth_pipelining, reject_unauth_destination\n";
  assert.deepEqual(saidBy("pipelining-check-too-early", list, "3.9"), []);
  assert.equal(saidBy("pipelining-check-too-early", list, "3.8").length, 1);
  assert.deepEqual(
    saidBy("pipelining-check-too-early", `${list}smtpd_data_restrictions = reject_unauth_pipelining\n`, "3.8"),
    [],
  );
});

test("marks of other languages and actions without their word are understood", () => {
  const list = (value: string): string => `smtpd_client_restrictions = ${value}\n`;
  assert.equal(fixedBy("undefined-class", list('"permit_mynetworks"')), list("permit_mynetworks"));
  assert.equal(fixedBy("undefined-class", list("permit_mynetworks;reject")), list("permit_mynetworks, reject"));
  assert.equal(fixedBy("undefined-class", list("permit_mynetworks\\")), list("permit_mynetworks"));
  const table = (value: string): string =>
    `smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n#- t\n192.0.2 ${value}\n`;
  const fixed = (value: string): string | undefined => fixedBy("undefined-class", table(value), "t");
  assert.equal(fixed("5.7.1 go away"), "192.0.2 REJECT 5.7.1 go away\n");
  assert.equal(fixed("4.7.1"), "192.0.2 DEFER 4.7.1\n");
  assert.equal(fixed("bob@example.com"), "192.0.2 REDIRECT bob@example.com\n");
  assert.equal(fixed("250"), undefined);
  assert.equal(fixed("250 fine"), "192.0.2 OK fine\n");
});

test("a table that always answers ends a list where what it is asked for is always there", () => {
  const dead = (list: string): readonly string[] => saidBy("never-reached", `${list}, reject_unlisted_sender\n`);
  const ends: readonly (readonly [stage: string, check: string])[] = [
    ["client", "check_client_access static:OK"],
    ["helo", "check_helo_access static:OK"],
    ["helo", "check_helo_access static:{REJECT go away}"],
    ["helo", "static:DEFER"],
    ["sender", "check_sender_access static:RELAY"],
    ["sender", "static:550"],
    ["data", "check_sender_access static:OK"],
    ["end_of_data", "check_sender_access static:REJECT"],
    ["recipient", "check_recipient_access static:REJECT"],
    ["relay", "static:REJECT"],
  ];
  for (const [stage, check] of ends) {
    const told = `main.cf:1 \`reject_unlisted_sender\` is never reached: \`${check}\` comes first`;
    assert.deepEqual(dead(`smtpd_${stage}_restrictions = ${check}`), [told]);
  }
});

test("a table that always answers does not end a list that may be asked without a value, or with one that it may not permit", () => {
  const lives: readonly (readonly [stage: string, check: string])[] = [
    // VRFY needs no sender, and no list needs a HELO name but its own.
    ["recipient", "check_sender_access static:REJECT"],
    ["relay", "check_helo_access static:REJECT"],
    ["sender", "check_helo_access static:OK"],
    ["client", "check_sender_access static:REJECT"],
    ["client", "check_helo_access static:REJECT"],
    // Of several recipients none is known at DATA.
    ["data", "check_recipient_access static:REJECT"],
    // An OK is nothing to a recipient with a route in it.
    ["recipient", "check_recipient_access static:OK"],
    ["sender", "check_sender_access static:DUNNO"],
    ["sender", "check_sender_access static:DEFER_IF_PERMIT"],
    // Ignored in front of a proxy.
    ["sender", "check_sender_access static:DISCARD"],
    ["helo", "warn_if_reject check_helo_access static:REJECT"],
    ["sender", "check_sasl_access static:REJECT"],
  ];
  for (const [stage, check] of lives) {
    const list = `smtpd_${stage}_restrictions = ${check}, reject_unlisted_sender\n`;
    assert.deepEqual(saidBy("never-reached", list), [], list);
  }
});
