import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { mainConfiguration } from "../../server/src/config/configurations.ts";
import type { Project } from "../../server/src/config/project.ts";
import { layoutOf } from "../../server/src/features/mailFlowGraph/layout.ts";
import type { MailFlowGraph } from "../../server/src/features/mailFlowGraph/graph.ts";
import { mailFlowGraph } from "../../server/src/features/mailFlowGraph/mailFlowGraph.ts";
import { mailFlowPath } from "../../server/src/features/mailFlowGraph/mailFlowPath.ts";
import { placesIn, tracedPicture } from "../../server/src/features/mailFlowGraph/mailFlowPicture.ts";
import { mermaidLabel, mermaidText } from "../../server/src/features/mailFlowGraph/mermaidText.ts";
import { svgText } from "../../server/src/features/mailFlowGraph/svgText.ts";
import { exploreTraced } from "../../server/src/features/traceDocument.ts";
import type { Message } from "../../server/src/evaluate/message.ts";
import { fixture, projectOf } from "../support/fixture.ts";
import { placeText } from "../support/places.ts";
import { assertWellFormed } from "./wellFormed.ts";

const FILES = `smtpd_restriction_classes = insiders, friends, lonely
insiders = permit_mynetworks, friends, reject
friends = check_recipient_access hash:/etc/postfix/people, insiders
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/people
smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:1, insiders, hash:/etc/postfix/nowhere
#- people
a@example.com insiders
b@example.com reject_unlisted_sender, insiders
c@example.com insiders
d@example.com insiders
e@example.com REJECT no <"mail"> & co.
`;

function graphOf(project: Project): MailFlowGraph {
  return mailFlowGraph(mainConfiguration(project));
}

/** Each row of a node and what it leads to. */
function linesOf({ nodes, edges }: MailFlowGraph, id: string): readonly string[] {
  const node = nodes.find((one) => one.id === id);
  assert.ok(node, id);
  const rows = node.rows.map((row) => {
    const targets = edges.filter(({ from }) => from === row.id).map(({ to }) => to);
    return targets.length > 0 ? `${row.label} > ${targets.join(", ")}` : row.label;
  });
  return node.note === undefined ? rows : [...rows, `(${node.note})`];
}

suite("The graph of a service", () => {
  const project = fixture(FILES);
  const graph = graphOf(project);

  test("has the lists of each command in the order in which they are asked", () => {
    assert.deepEqual(linesOf(graph, "command RCPT"), [
      "smtpd_sender_restrictions > list smtpd_sender_restrictions",
      "smtpd_recipient_restrictions > list smtpd_recipient_restrictions",
      "smtpd_relay_restrictions > list smtpd_relay_restrictions",
      "smtpd_reject_unlisted_recipient = yes",
    ]);
    const undelayed = graphOf(fixture(`smtpd_delay_reject = no\ncompatibility_level = 3.6\n${FILES}`));
    assert.deepEqual(linesOf(undelayed, "command MAIL"), [
      "smtpd_sender_restrictions > list smtpd_sender_restrictions",
    ]);
    assert.deepEqual(linesOf(undelayed, "command RCPT").slice(0, 2), [
      "smtpd_relay_restrictions > list smtpd_relay_restrictions",
      "smtpd_recipient_restrictions > list smtpd_recipient_restrictions",
    ]);
  });

  test("goes from lists to classes and tables, in circles too", () => {
    assert.deepEqual(linesOf(graph, "list smtpd_recipient_restrictions"), [
      "check_policy_service inet:127.0.0.1:1",
      "insiders > class insiders",
      "hash:/etc/postfix/nowhere > table hash:/etc/postfix/nowhere",
    ]);
    assert.deepEqual(linesOf(graph, "class insiders"), ["permit_mynetworks", "friends > class friends", "reject"]);
    assert.deepEqual(linesOf(graph, "class friends"), [
      "check_recipient_access hash:/etc/postfix/people > table hash:/etc/postfix/people",
      "insiders > class insiders",
    ]);
    assert.deepEqual(linesOf(graph, "class lonely"), ["(not defined: the service does not start)"]);
  });

  test("groups the lines of a table by what they say", () => {
    assert.deepEqual(linesOf(graph, "table hash:/etc/postfix/people"), [
      "a@example.com, c@example.com and 1 more → insiders > class insiders",
      "b@example.com → reject_unlisted_sender, insiders > class insiders",
      'e@example.com → REJECT no <"mail"> & co.',
    ]);
    assert.match(linesOf(graph, "table hash:/etc/postfix/nowhere").join(), /cannot be opened/);
  });

  test("does not show all of a large table, but what leads to classes", () => {
    const others = Array.from({ length: 5000 }, (_, at) => `${at}.example REJECT ${at}\n`).join("");
    const large = graphOf(fixture(`${FILES}${others}z@example.com friends\n`));
    const lines = linesOf(large, "table hash:/etc/postfix/people");
    assert.ok(lines.includes("z@example.com → friends > class friends"));
    assert.equal(lines.at(-1), "(4993 more right-hand sides)");
    assert.equal(lines.length, 12);
  });

  test("knows the places of what it shows", () => {
    const places = placesIn(graph);
    const placeOf = (id: string): string | undefined => {
      const place = places.get(id);
      return place && placeText(project, place);
    };
    assert.equal(placeOf("class insiders"), "main.cf:2:1 insiders");
    assert.equal(placeOf("list smtpd_recipient_restrictions #1"), "main.cf:5:71 insiders");
    assert.equal(placeOf("table hash:/etc/postfix/people"), "people:1:1");
    assert.equal(placeOf("table hash:/etc/postfix/people #2"), 'people:5:1 e@example.com REJECT no <"mail"> & co.');
    assert.equal(placeOf("list smtpd_relay_restrictions"), undefined);
  });
});

const SENDERS = `compatibility_level = 3.6
mydestination = example.com
mynetworks = 127.0.0.0/8
smtpd_restriction_classes = local_only
local_only = check_recipient_access hash:/etc/postfix/domains, reject
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_recipient_restrictions = check_sender_access hash:/etc/postfix/senders, permit_mynetworks
#- senders
intern@example.com local_only
boss@example.com OK
#- domains
example.com OK
`;

suite("The way of a message", () => {
  const project = fixture(SENDERS);
  const graph = graphOf(project);
  const LOCAL: Message = { client_address: "127.0.0.1", helo: "h.test", sender: "intern@example.com" };

  /** What is marked, as `outcome`, with `!` where it decides. */
  function marksOf(message: Message): ReadonlyMap<string, string> {
    const explored = exploreTraced(project, { message });
    assert.ok(typeof explored === "object");
    const path = mailFlowPath(graph, explored.exploration.evaluation.steps);
    return new Map([...path].map(([id, { outcome, decides }]) => [id, decides ? `${outcome}!` : outcome]));
  }

  test("leads through tables and classes to what decides", () => {
    const marks = marksOf({ ...LOCAL, recipients: ["x@example.net"] });
    assert.equal(marks.get("list smtpd_relay_restrictions #0"), "PERMIT");
    assert.equal(marks.get("list smtpd_relay_restrictions #1"), "not reached");
    assert.equal(marks.get("list smtpd_recipient_restrictions #0"), "REJECT");
    assert.equal(marks.get("table hash:/etc/postfix/senders #0"), "REJECT");
    assert.equal(marks.get("table hash:/etc/postfix/senders #1"), undefined);
    assert.equal(marks.get("table hash:/etc/postfix/senders #0 > class local_only"), "REJECT");
    assert.equal(marks.get("class local_only #0"), "DUNNO");
    assert.equal(marks.get("class local_only #1"), "REJECT!");
    assert.equal(marks.get("list smtpd_recipient_restrictions #1"), "not reached");
    assert.equal(marks.get("command RCPT #2"), undefined);
  });

  test("with two recipients keeps what says more", () => {
    const marks = marksOf({ ...LOCAL, recipients: ["a@example.com", "x@example.net"] });
    assert.equal(marks.get("class local_only #0"), "PERMIT");
    assert.equal(marks.get("class local_only #1"), "REJECT!");
    assert.equal(marks.get("table hash:/etc/postfix/domains #0"), "PERMIT");
  });

  test("is told in words and classes of the picture", () => {
    const picture = tracedPicture(project, { message: { ...LOCAL, recipients: ["x@example.net"] } });
    assert.ok(typeof picture === "object");
    assert.match(picture.description, /The message is refused\./);
    const svg = picture.svg("page");
    assert.match(svg, /<g class="row refuses decides" aria-label="reject REJECT, decides"/);
    assert.match(svg, /<g class="row dark" aria-label="permit_mynetworks not reached"/);
    assert.match(picture.mermaid(), /\n {2}class [n0-9r,]*n3r1[n0-9r,]* decides\n/);
    const nowhere = tracedPicture(project, { message: LOCAL, service: "nowhere" });
    assert.ok(typeof nowhere === "string");
    assert.match(nowhere, /no smtpd service/);
  });
});

const FILTERED = `compatibility_level = 3.6
mydestination = example.com
local_recipient_maps =
smtpd_milters = inet:127.0.0.1:1, { unix:second, default_action=accept }
non_smtpd_milters = unix:second
content_filter = scan:[127.0.0.1]:2
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders
#- senders
boss@example.net FILTER scan:[127.0.0.1]:3
intern@example.net FILTER nowhere
bot@example.net DISCARD
`;

suite("Filters", () => {
  const project = fixture(FILTERED);
  const graph = graphOf(project);

  /** The filters that a message goes through: the boxes that are lit, with their outcomes. */
  function passed(sender: string, answers: Readonly<Record<string, string>> = {}, of: Project = project): string {
    const message = { client_address: "203.0.113.8", helo: "h.test", sender, recipients: ["a@example.com"] };
    const explored = exploreTraced(of, { message, answers });
    assert.ok(typeof explored === "object");
    const marks = [...mailFlowPath(graphOf(of), explored.exploration.evaluation.steps)];
    const lit = marks.filter(([id]) => id.startsWith("filter "));
    return lit.map(([id, { outcome, decides }]) => `${id.slice(7)} ${outcome}${decides ? "!" : ""}`).join(", ");
  }

  test("are boxes that commands and tables lead to", () => {
    assert.deepEqual(linesOf(graph, "command connect"), [
      "milter inet:127.0.0.1:1 > filter inet:127.0.0.1:1",
      "milter unix:second > filter unix:second",
    ]);
    assert.deepEqual(linesOf(graph, "command end"), ["content_filter scan:[127.0.0.1]:2 > filter scan:[127.0.0.1]:2"]);
    assert.deepEqual(linesOf(graph, "command other"), ["milter unix:second > filter unix:second"]);
    assert.deepEqual(linesOf(graph, "table hash:/etc/postfix/senders"), [
      "boss@example.net → FILTER scan:[127.0.0.1]:3 > filter scan:[127.0.0.1]:3",
      "intern@example.net → FILTER nowhere",
      "bot@example.net → DISCARD",
    ]);
    assert.deepEqual(linesOf(graph, "filter scan:[127.0.0.1]:3"), ["(gets the message from the queue)"]);
  });

  test("are lit when the message goes through them", () => {
    const milters = "inet:127.0.0.1:1 DUNNO, unix:second DUNNO";
    assert.equal(passed("someone@example.net"), `${milters}, scan:[127.0.0.1]:2 FILTER`);
    assert.equal(passed("boss@example.net"), `${milters}, scan:[127.0.0.1]:3 FILTER`);
    assert.equal(passed("intern@example.net"), `${milters}, scan:[127.0.0.1]:2 FILTER`);
    assert.equal(passed("bot@example.net"), milters);
  });

  test("that refuse decide, and a message that is refused reaches no other", () => {
    const first = { "milter inet:127.0.0.1:1": "refuses" };
    assert.equal(passed("someone@example.net", first), "inet:127.0.0.1:1 REJECT!");
    const second = { "milter unix:second": "not running" };
    assert.match(passed("someone@example.net", second), /unix:second DUNNO, scan/);
    assert.equal(
      passed(
        "someone@example.net",
        {},
        fixture(`${FILTERED.split("\n#-")[0] ?? ""}\nsmtpd_relay_restrictions = reject\n`),
      ),
      "inet:127.0.0.1:1 DUNNO, unix:second DUNNO",
    );
  });

  test("in front of the queue leave nothing to those behind it", () => {
    const proxied = fixture(`smtpd_proxy_filter = 127.0.0.1:4\n${FILTERED}`);
    assert.match(passed("someone@example.net", {}, proxied), /unix:second DUNNO, 127\.0\.0\.1:4 FILTER$/);
    assert.match(passed("boss@example.net", {}, proxied), /unix:second DUNNO, 127\.0\.0\.1:4 FILTER$/);
  });

  test("that a table names by the client have the table's box", () => {
    const mapped = fixture(`smtpd_milter_maps = static:inet:127.0.0.1:9\n${FILTERED}`);
    assert.match(passed("someone@example.net", {}, mapped), /^static:inet:127\.0\.0\.1:9 DUNNO, scan/);
  });
});

suite("Pictures", () => {
  const graph = graphOf(fixture(FILES));

  test("the SVG is well-formed whatever is in a table", () => {
    const odd = "\u0001 \ud800 ]]> --> \u{1f4e7} <script>alert(1)</script> &amp; \" ' </text>";
    const project = projectOf([
      ["main.cf", "smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/odd\n"],
      ["odd", `a@example.com REJECT ${odd}\n`],
    ]);
    for (const use of ["file", "page"] as const) {
      const svg = svgText(layoutOf(graphOf(project), undefined), undefined, { title: odd, description: odd }, use);
      assertWellFormed(svg);
      assert.doesNotMatch(svg, /[\p{Cs}]|(?!\n)\p{Cc}/u);
      assert.ok(!svg.includes("<script"));
      assert.ok(!svg.includes("style="), "the page forbids styles of single elements");
    }
  });

  test("the SVG has a title, a description and a role", () => {
    const layout = layoutOf(graph, undefined);
    const file = svgText(layout, undefined, { title: "A & B", description: "What it is" }, "file");
    assert.match(file, /role="img" aria-labelledby="flow-title" aria-describedby="flow-description"/);
    assert.match(file, /<title id="flow-title">A &#38; B<\/title>\n<desc id="flow-description">What it is<\/desc>/);
    assert.ok(!file.includes("var("), "a file has colours of its own");
    assert.ok(!file.includes("data-id"));
    const page = svgText(layout, undefined, { title: "A", description: "" }, "page");
    assert.match(page, /data-id="class insiders #1" role="button" tabindex="-1"/);
    assert.ok(!page.includes("<style"), "a page has a style of its own");
  });

  test("Mermaid labels are escaped", () => {
    assert.equal(
      mermaidLabel('a"]\n end <b> #quot; `x` %%{'),
      "a#34;#93; end #60;b#62; #35;quot#59; #96;x#96; #37;#37;#123;",
    );
    const text = mermaidText(graph, undefined);
    assert.match(
      text,
      /\["e#64;example\.com → REJECT no|\["e@example\.com → REJECT no #60;#34;mail#34;#62; #38; co\."\]/,
    );
    for (const line of text.trimEnd().split("\n")) assert.match(line, MERMAID);
  });
});

/** The lines that we write. */
const MERMAID =
  /^(?:flowchart LR|(?: {2}subgraph| {4}| {2})\s?n\d+(?:r\d+)?\["[^"`<>&]*"\]| {4}direction TB| {2}end| {2,4}n\d+(?:r\d+)?(?: (?:-->|~~~) n\d+(?:r\d+)?)*| {2}classDef [a-z]+ [a-z0-9#:,-]+| {2}class [n0-9r,]+ [a-z]+)$/;
