import assert from "node:assert/strict";
import { test } from "node:test";
import { mainConfiguration } from "../server/src/config/configurations.ts";
import { explore, type Exploration } from "../server/src/evaluate/explore.ts";
import { knownWorld } from "../server/src/evaluate/knownWorld.ts";
import { readTestFile } from "../server/src/mailflow/readTestFile.ts";
import { runTests } from "../server/src/mailflow/runTests.ts";
import { relayAnalysis } from "../server/src/relay/relayAnalysis.ts";
import { witnessCase } from "../server/src/relay/witnessCase.ts";
import { fixture } from "./support/fixture.ts";

// What the real server does without its filters is recorded: test/conformance/recorded.jsonl, `milter: …`.

const PROJECT = fixture(`compatibility_level = 3.6
myhostname = mx.example.com
mydestination = example.com
local_recipient_maps =
mynetworks = 127.0.0.0/8
smtpd_milters = inet:127.0.0.1:8891
`);

const MESSAGE = { client_address: "203.0.113.8", client_name: null, recipients: ["joe@example.com"], sender: "" };

function trace(milters: Readonly<Record<string, "accepts" | "not running" | "refuses">> = {}): Exploration {
  return explore(mainConfiguration(PROJECT), MESSAGE, knownWorld({ milters, message: MESSAGE }));
}

/** The last reply of the dialogue. */
function lastReply({ eod, mail, connect }: Exploration["evaluation"]): string | undefined {
  for (const reply of [eod, mail, connect]) if (reply && "raw" in reply) return reply.raw;
  return undefined;
}

test("what a mail filter makes of a message is a question", () => {
  const { evaluation, assumed, alternatives } = trace();
  assert.deepEqual(assumed, [{ ask: "milter inet:127.0.0.1:8891", answer: "accepts" }]);
  assert.deepEqual(evaluation.accepted, [true]);
  assert.deepEqual(
    alternatives.map((way) => [way.if[0]?.answer, way.evaluation.accepted[0], lastReply(way.evaluation)]),
    [
      ["refuses", true, "550 5.7.1 Command rejected"],
      ["not running", false, "421 mx.example.com Service unavailable - try again later"],
    ],
  );
});

test("whoever tells what the filters do leaves nothing open", () => {
  const { evaluation, assumed } = trace({ "inet:127.0.0.1:8891": "refuses" });
  assert.deepEqual(assumed, []);
  assert.equal(lastReply(evaluation), "550 5.7.1 Command rejected");
});

test("a filter closes no relay, and the witness says what it does", () => {
  const open = fixture(`compatibility_level = 3.6
mydestination = example.com
smtpd_relay_restrictions = check_helo_access static:OK, reject_unauth_destination
smtpd_milters = inet:127.0.0.1:8891
`);
  const configuration = mainConfiguration(open);
  const { verdict, witnesses } = relayAnalysis(configuration);
  assert.equal(verdict, "open");
  const [witness] = witnesses;
  assert.ok(witness);
  const given = witnessCase(configuration, witness);
  assert.deepEqual(given.milters, { "inet:127.0.0.1:8891": "accepts" });
  const { evaluation, assumed } = explore(configuration, given.message, knownWorld(given));
  assert.deepEqual([evaluation.accepted, assumed], [[true], []]);
});

test("filters accept in mail-flow tests, unless a test says otherwise", () => {
  const { tests } = readTestFile(`tests:
  - name: mail comes in
    message: { client_address: 203.0.113.8, client_name: null, sender: "", recipient: joe@example.com }
    expect: accept
  - name: the filter is down
    message: { client_address: 203.0.113.8, client_name: null, sender: "", recipient: joe@example.com }
    answers: { "milter inet:127.0.0.1:8891": not running }
    expect: defer
`);
  const results = runTests(PROJECT, tests).map(({ result }) => result.kind);
  assert.deepEqual(results, ["passed", "passed"]);
});

const PROXIED = fixture(`compatibility_level = 3.6
mydestination = example.com
local_recipient_maps =
smtpd_proxy_filter = 127.0.0.1:10025
smtpd_upstream_proxy_protocol = haproxy
`);

test("a proxy in front and a before-queue filter are questions", () => {
  const { assumed, alternatives } = explore(mainConfiguration(PROXIED), MESSAGE, knownWorld({ message: MESSAGE }));
  assert.deepEqual(assumed, [
    { ask: "upstream proxy haproxy", answer: "accepts" },
    { ask: "proxy filter 127.0.0.1:10025", answer: "accepts" },
  ]);
  const outcomes = alternatives.map(({ unusual, evaluation }) => [
    unusual.map(({ answer }) => answer),
    evaluation.accepted[0] ?? false,
    "raw" in evaluation.connect ? evaluation.connect.raw.slice(0, 3) : "",
    evaluation.eod && "raw" in evaluation.eod ? evaluation.eod.raw : undefined,
  ]);
  assert.deepEqual(outcomes, [
    [["not running"], false, "421", undefined],
    [["refuses"], true, "220", "550 5.7.1 Command rejected"],
    [["not running"], false, "220", undefined],
  ]);
});

test("a case that tells what runs leaves nothing open", () => {
  const milters = { haproxy: "accepts", "127.0.0.1:10025": "accepts" } as const;
  const { evaluation, assumed } = explore(
    mainConfiguration(PROXIED),
    MESSAGE,
    knownWorld({ milters, message: MESSAGE }),
  );
  assert.deepEqual([evaluation.accepted, assumed], [[true], []]);
});
