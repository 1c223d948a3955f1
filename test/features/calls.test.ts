import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { incomingCalls, outgoingCalls, prepareCalls, type CallEdge } from "../../server/src/features/callHierarchy.ts";
import { LENS_PROVIDERS } from "../../server/src/features/codeLens.ts";
import type { Project } from "../../server/src/config/project.ts";
import { fixture, fixtureWithCursor } from "../support/fixture.ts";
import { placeText } from "../support/places.ts";

const FILES = `smtpd_restriction_classes = insiders, lonely
insiders = permit_mynetworks, check_recipient_access hash:/etc/postfix/people, reject
lonely = reject
common = reject_unlisted_sender insiders
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/people, $common
smtpd_data_restrictions = check_sender_access static:insiders
relay_domains = hash:/etc/postfix/people
#- master.cf
25 inet n - n - - smtpd -o smtpd_helo_restrictions=insiders
#- people
a@example.com insiders
b@example.com reject_unlisted_sender, insiders
c@example.com REJECT insiders
`;

suite("The call hierarchy", () => {
  const shown = (project: Project, edges: readonly CallEdge[]): readonly string[] =>
    edges.map(({ node, from }) => {
      const places = from.map((place) => placeText(project, place)).join(", ");
      return `${node.what} ${node.subject.name} at ${placeText(project, node.at)}: ${places}`;
    });

  /** The lines of FILES with the cursor at `text`; who calls what is there, and what it calls. */
  function check(text: string, incoming: readonly string[], outgoing: readonly string[]): void {
    const { project, file, offset } = fixtureWithCursor(FILES.replace(text, `<|>${text}`));
    const node = prepareCalls(project, file, offset);
    assert.ok(node);
    assert.deepEqual(shown(project, incomingCalls(project, node.subject)), incoming);
    assert.deepEqual(shown(project, outgoingCalls(project, node.subject, node.at.file)), outgoing);
  }

  const INSIDERS = [
    "restriction list smtpd_sender_restrictions at main.cf:5:1 smtpd_sender_restrictions: main.cf:5:75 $common",
    "restriction list smtpd_data_restrictions at main.cf:6:1 smtpd_data_restrictions: main.cf:6:47 static:insiders",
    "restriction list smtpd_helo_restrictions at master.cf:1:28 smtpd_helo_restrictions: master.cf:1:52 insiders",
    "table people at people:1:1: people:1:15 insiders, people:2:39 insiders",
  ];

  test("of a class: the lists and tables that name it, and the tables that it asks", () => {
    const people = ["table people at people:1:1: main.cf:2:54 hash:/etc/postfix/people"];
    check("insiders = permit", INSIDERS, people);
  });

  test("of a table: the lists and classes that ask it, and the classes that it names", () => {
    check(
      "hash:/etc/postfix/people, $common",
      [
        "restriction list smtpd_sender_restrictions at main.cf:5:1 smtpd_sender_restrictions: main.cf:5:49 hash:/etc/postfix/people",
        "restriction class insiders at main.cf:2:1 insiders: main.cf:2:54 hash:/etc/postfix/people",
      ],
      ["restriction class insiders at main.cf:2:1 insiders: people:1:15 insiders, people:2:39 insiders"],
    );
  });

  test("of a list: nothing calls it", () => {
    check(
      "smtpd_data_restrictions",
      [],
      ["restriction class insiders at main.cf:2:1 insiders: main.cf:6:47 static:insiders"],
    );
  });

  test("of anything else there is none", () => {
    const { project, file, offset } = fixtureWithCursor("my<|>hostname = a\nsmtpd_helo_restrictions = permit\n");
    assert.equal(prepareCalls(project, file, offset), undefined);
  });
});

suite("Code lenses", () => {
  /** Where they stand in a file and what they say. */
  function check(file: string, expected: readonly string[]): void {
    const project = fixture(FILES);
    const shown = LENS_PROVIDERS.flatMap((provider) =>
      [...provider.lenses(project, file)].map(({ span, about }) => {
        const text = provider.text(project, about);
        const places = text?.places ? ` (${text.places.length} places)` : "";
        return `${placeText(project, { file, span })}: ${text?.title ?? ""}${places}`;
      }),
    );
    assert.deepEqual(shown, expected);
  }

  test("of main.cf: how long lists are, who uses classes, what happens to a message", () => {
    check("main.cf", [
      "main.cf:5:1 smtpd_sender_restrictions: 3 restrictions",
      "main.cf:6:1 smtpd_data_restrictions: 1 restriction",
      "main.cf:2:1 insiders: Used by smtpd_sender_restrictions, smtpd_data_restrictions, smtpd_helo_restrictions, 2 entries of people (5 places)",
      "main.cf:3:1 lonely: Used by no list, class or table",
      "main.cf:5:1 smtpd_sender_restrictions: Trace a message",
      "main.cf:6:1 smtpd_data_restrictions: Trace a message",
      "main.cf:2:1 insiders: Trace a message",
      "main.cf:3:1 lonely: Trace a message",
    ]);
  });

  test("of master.cf: the lists of its services", () => {
    check("master.cf", [
      "master.cf:1:28 smtpd_helo_restrictions: 1 restriction",
      "master.cf:1:28 smtpd_helo_restrictions: Trace a message",
    ]);
  });

  test("of a table: who uses it", () => {
    check("people", ["people:1:1: Used by smtpd_sender_restrictions, insiders, relay_domains (3 places)"]);
  });
});
