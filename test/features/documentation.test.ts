import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { plainConfiguration } from "../../server/src/config/configurations.ts";
import { documentation, documentationsOf, type Documented } from "../../server/src/features/documentation.ts";
import { documentedText } from "../../server/src/features/documentedText.ts";
import { ACTIONS } from "../../server/src/postfix/actions.ts";
import { DAEMONS } from "../../server/src/postfix/daemons.ts";
import { HEADER_ACTIONS } from "../../server/src/postfix/headerActions.ts";
import { MAP_TYPES } from "../../server/src/postfix/mapTypes.ts";
import { PARAMETERS } from "../../server/src/postfix/parameters.ts";
import { NEWEST, RELEASES } from "../../server/src/postfix/release.ts";
import { RESTRICTIONS } from "../../server/src/postfix/restrictions.ts";
import { fixture } from "../support/fixture.ts";

const named = (kind: Documented["kind"], facts: object): readonly Documented[] =>
  Object.keys(facts).map((name) => ({ kind, name }));

const FULL: readonly Documented[] = [
  ...named("restriction", RESTRICTIONS),
  ...named("action", ACTIONS),
  ...named("header action", HEADER_ACTIONS),
  ...named("map type", MAP_TYPES),
];

const ALL: readonly Documented[] = [
  ...FULL,
  ...named("parameter", Object.fromEntries(PARAMETERS)),
  ...named("daemon", DAEMONS),
];

suite("The documentation of names", () => {
  test("every one has a sentence, a history and a place in the manual", () => {
    assert.ok(ALL.length > 1100);
    for (const documented of ALL) {
      const found = documentation(documented, NEWEST);
      assert.ok(found, documented.name);
      assert.match(found.summary, /^[A-Z0-9`].{8,}[^.]\.$/s, documented.name);
      assert.match(found.facts.join(" "), /^(?:Since|Default|Postfix|Another)\b.*\.$/s, documented.name);
      assert.match(found.manual, /^https:\/\/www\.postfix\.org\/[\w.#-]+$/);
    }
  });

  test("restrictions, actions and map types have a full text and an example", () => {
    for (const documented of FULL) {
      const found = documentation(documented, NEWEST);
      assert.ok((found?.details.length ?? 0) > 10, documented.name);
      assert.ok((found?.example?.length ?? 0) > 3, documented.name);
    }
  });

  test("what it refers to is documented, too", () => {
    for (const documented of ALL) {
      for (const other of documentation(documented, NEWEST)?.seeAlso ?? []) {
        assert.ok(documentationsOf(other, NEWEST).length > 0, `${other}, from ${documented.name}`);
      }
    }
  });

  test("no two parameters have the same sentence, and none is only said to be like another", () => {
    const summaries = [...PARAMETERS.values()].map(({ summary }) => summary);
    assert.equal(new Set(summaries).size, summaries.length);
    for (const summary of summaries) assert.doesNotMatch(summary, /counterpart of/);
  });

  test("an editor shows all of them, in every release", () => {
    for (const release of RELEASES) {
      const configuration = plainConfiguration({ ...fixture("myhostname = mail.example.com"), release });
      for (const documented of ALL) {
        assert.match(documentedText(configuration, documented) ?? "", /\[Manual\]\(https:.*\)$/, documented.name);
      }
    }
  });

  test("has an example of every parameter that is set in main.cf", () => {
    const example = (name: string): string | undefined => documentation({ kind: "parameter", name }, NEWEST)?.example;
    assert.equal(example("relayhost"), "relayhost = [relay.example.com]:587");
    assert.equal(example("biff"), "biff = no");
    assert.equal(example("queue_run_delay"), "queue_run_delay = 150s");
    assert.equal(example("ipc_timeout"), "ipc_timeout = 7200s");
    assert.equal(example("tlsproxy_tls_loglevel"), example("smtpd_tls_loglevel")?.replace("smtpd", "tlsproxy"));
    assert.equal(example("mail_version"), undefined);
  });

  test("tells the default of the release and how it changed", () => {
    const facts = (name: string, release: (typeof RELEASES)[number]): string =>
      documentation({ kind: "parameter", name }, release)?.facts.join(" ") ?? "";
    assert.match(facts("smtpd_forbid_bare_newline", "3.12"), /^Default in 3\.12: `normalize` \(before 3\.9: `no`\)\./);
    assert.match(facts("smtpd_forbid_bare_newline", "3.7"), /^Default in 3\.7: `no` \(from 3\.9 on: `normalize`\)\./);
    assert.match(facts("use_srv_lookup", "3.7"), /^Postfix 3\.7 does not have it\. Since Postfix 3\.8\./);
    assert.match(facts("disable_dns_lookups", "3.12"), /Deprecated since 3\.9: use `smtp_dns_support_level`\./);
  });

  test("knows the parameters of transports, and nothing else", () => {
    const [slow] = documentationsOf("slow_destination_rate_delay", NEWEST);
    assert.match(slow?.summary ?? "", /transport `slow`/);
    assert.equal(slow?.example, "slow_destination_rate_delay = 1s");
    assert.deepEqual(documentationsOf("no_such_name", NEWEST), []);
    assert.equal(documentation({ kind: "class", name: "mine" }, NEWEST), undefined);
  });
});
