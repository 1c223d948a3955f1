import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Project } from "../../server/src/config/project.ts";
import { restrictionExplorer, type ExplorerItem } from "../../server/src/features/restrictionExplorer.ts";
import { fixture } from "../support/fixture.ts";
import { placeText } from "../support/places.ts";

const FILES = `smtpd_restriction_classes = insiders, lonely
insiders = permit_mynetworks, insiders, reject
smtpd_helo_restrictions = $shared
shared = reject
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/people, insiders, lonely
#- master.cf
smtp inet n - n - - smtpd
submission inet n - n - - smtpd
  -o smtpd_sender_restrictions=reject
#- people
a@example.com insiders
b@example.com REJECT
`;

suite("The restriction explorer", () => {
  const project = fixture(FILES);
  const { roots, items } = restrictionExplorer(project);

  /** The items on the way of labels, from a service. */
  function itemAt(...path: readonly string[]): ExplorerItem {
    let keys = roots;
    let found: ExplorerItem | undefined;
    for (const label of path) {
      found = keys.flatMap((key) => items.get(key) ?? []).find((item) => item.label === label);
      assert.ok(found, `${path.join(" / ")}: ${label}`);
      keys = found.children;
    }
    assert.ok(found);
    return found;
  }

  function labelsBelow(...path: readonly string[]): readonly string[] {
    return itemAt(...path).children.map((key) => items.get(key)?.label ?? "missing");
  }

  test("has the services, and all lists of each", () => {
    assert.deepEqual(
      roots.map((key) => items.get(key)?.label),
      ["smtp", "submission"],
    );
    assert.deepEqual(labelsBelow("smtp").slice(1, 6), [
      "smtpd_client_restrictions",
      "smtpd_helo_restrictions",
      "smtpd_sender_restrictions",
      "smtpd_relay_restrictions",
      "smtpd_recipient_restrictions",
    ]);
    assert.equal(labelsBelow("smtp").length, 1 + 8);
  });

  test("tells whether a stranger can relay, and what lets it be", () => {
    const open = fixture("mynetworks = 0.0.0.0/0\nsmtpd_relay_restrictions = permit_mynetworks, reject\n");
    const about = (one: Project): readonly ExplorerItem[] =>
      [...restrictionExplorer(one).items].flatMap(([key, item]) => (/^\d+ verdict/.test(key) ? [item] : []));
    const [verdict, way] = about(open);
    assert.equal(verdict?.label, "open relay");
    assert.equal(way?.at && placeText(open, way.at), "main.cf:1:14 0.0.0.0/0");
    const closed = fixture("mynetworks = 127.0.0.0/8\nsmtpd_relay_restrictions = permit_mynetworks, reject\n");
    assert.deepEqual(
      about(closed).map(({ label }) => label),
      ["closed to relaying strangers"],
    );
  });

  test("tells where the value of a list comes from", () => {
    const about = (service: string, list: string): string => itemAt(service, list).description ?? "";
    assert.equal(about("smtp", "smtpd_client_restrictions"), "empty · default");
    assert.equal(about("smtp", "smtpd_relay_restrictions"), "3 restrictions · default");
    assert.equal(about("smtp", "smtpd_sender_restrictions"), "3 restrictions · main.cf:5");
    assert.equal(about("submission", "smtpd_sender_restrictions"), "1 restriction · master.cf:3");
    assert.match(itemAt("smtp", "smtpd_helo_restrictions").tooltip ?? "", /\nsmtpd_helo_restrictions = reject$/);
  });

  test("goes on to classes and tables, as deep as somebody likes", () => {
    const list = ["smtp", "smtpd_sender_restrictions"];
    const check = [...list, "check_sender_access hash:/etc/postfix/people"];
    assert.deepEqual(labelsBelow(...check), ["hash:/etc/postfix/people"]);
    const table = [...check, "hash:/etc/postfix/people"];
    assert.deepEqual(labelsBelow(...table), ["a@example.com → insiders", "b@example.com → REJECT"]);
    const own = ["permit_mynetworks", "insiders", "reject"];
    assert.deepEqual(labelsBelow(...table, "a@example.com → insiders", "insiders"), own);
    assert.deepEqual(labelsBelow(...list, "insiders", "insiders", "insiders"), own);
    assert.deepEqual(labelsBelow(...list, "lonely"), ["not defined: the service does not start"]);
  });

  test("knows the places", () => {
    const placeOf = (...path: readonly string[]): string => {
      const { at } = itemAt(...path);
      return at ? placeText(project, at) : "";
    };
    assert.equal(placeOf("submission"), "master.cf:2:1 submission");
    assert.equal(placeOf("smtp", "smtpd_helo_restrictions", "reject"), "main.cf:4:10 reject");
    assert.equal(placeOf("submission", "smtpd_sender_restrictions", "reject"), "master.cf:3:32 reject");
  });
});
