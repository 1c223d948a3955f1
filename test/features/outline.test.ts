import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { DocumentSymbol } from "vscode-languageserver-types";
import { documentLinks } from "../../server/src/features/documentLinks.ts";
import { documentSymbols } from "../../server/src/features/symbols.ts";
import { MOST_ENTRIES } from "../../server/src/features/tableSymbols.ts";
import { workspaceSymbols } from "../../server/src/features/workspaceSymbols.ts";
import { fixture, projectOf } from "../support/fixture.ts";
import { placeText } from "../support/places.ts";

const FILES = `smtpd_restriction_classes = insiders
insiders = permit_mynetworks
  # a comment
  check_sender_access hash:/etc/postfix/senders, reject
mydestination = example.com, hash:/etc/postfix/nowhere
smtpd_banner = hello, world
virtual_alias_maps = cidr:$config_directory/networks
#- master.cf
smtp inet n - n - - smtpd -o smtpd_helo_required=yes
  -o { smtpd_banner = a b }
pickup unix n - n 60 1 pickup -v
#- senders
# nobody
a@example.com  REJECT no
b@example.com
  insiders
#- networks
!10.0.0.0/8 x
nonsense
`;

suite("The outline", () => {
  /** The symbols as indented lines: name, kind, detail. */
  function check(file: string, expected: readonly string[]): void {
    const lines = (symbols: readonly DocumentSymbol[], indent: string): readonly string[] =>
      symbols.flatMap(({ name, kind, detail, children = [] }) => [
        `${indent}${name} (${kind})${detail ? ` ${detail}` : ""}`,
        ...lines(children, `${indent}  `),
      ]);
    assert.deepEqual(lines(documentSymbols(fixture(FILES), file), ""), expected);
  }

  test("of main.cf has the parameters, with what is in their lists", () => {
    check("main.cf", [
      "smtpd_restriction_classes (18)",
      "  insiders (14)",
      "insiders (5)",
      "  permit_mynetworks (14)",
      "  check_sender_access hash:/etc/postfix/senders (14)",
      "  reject (14)",
      "mydestination (18)",
      "  example.com (14)",
      "  hash:/etc/postfix/nowhere (14)",
      "smtpd_banner (7) hello, world",
      "virtual_alias_maps (18)",
      "  cidr:$config_directory/networks (14)",
    ]);
  });

  test("of master.cf has the services with their settings", () => {
    check("master.cf", [
      "smtp/inet (2) smtpd",
      "  smtpd_helo_required (7) yes",
      "  smtpd_banner (7) a b",
      "pickup/unix (2) pickup -v",
    ]);
  });

  test("of a table has its entries", () => {
    check("senders", ["a@example.com (20) REJECT no", "b@example.com (20) insiders"]);
    check("networks", ["10.0.0.0/8 (20) x"]);
  });

  test("of a table leaves out the comments between the lines of a value", () => {
    const project = projectOf([
      ["main.cf", "virtual_alias_maps = hash:/etc/postfix/v\n"],
      ["v", "a@b c@d,\n  # mine\n  e@f\n"],
    ]);
    assert.deepEqual(
      documentSymbols(project, "v").map(({ detail }) => detail),
      ["c@d, e@f"],
    );
  });

  test("has every name within its range, and every child within its parent", () => {
    const inside = (symbol: DocumentSymbol): boolean =>
      [symbol.selectionRange, ...(symbol.children ?? []).map(({ range }) => range)].every(
        ({ start, end }) => compare(symbol.range.start, start) <= 0 && compare(end, symbol.range.end) <= 0,
      ) && (symbol.children ?? []).every(inside);
    for (const file of ["main.cf", "master.cf", "senders"]) {
      assert.ok(documentSymbols(fixture(FILES), file).every(inside), file);
    }
  });

  test("of a huge table ends with the notice that there is more", () => {
    const text = Array.from({ length: 100_000 }, (_, at) => `user${at}@example.com REJECT\n`).join("");
    const project = projectOf([
      ["main.cf", "smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/big\n"],
      ["big", text],
    ]);
    const symbols = documentSymbols(project, "big");
    assert.equal(symbols.length, MOST_ENTRIES + 1);
    assert.deepEqual([symbols.at(-1)?.name, symbols.at(-1)?.detail], ["…", "more entries"]);
  });
});

type Position = DocumentSymbol["range"]["start"];

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

test("the workspace has parameters, classes, services and tables, found by some of their letters", () => {
  const project = fixture(FILES);
  const names = (query: string): readonly string[] =>
    workspaceSymbols(project, query).map(
      ({ name, within, at }) => `${name}${within === undefined ? "" : ` (${within})`} ${placeText(project, at)}`,
    );
  assert.deepEqual(names("ban"), [
    "smtpd_banner main.cf:6:1 smtpd_banner",
    "smtpd_banner (smtp) master.cf:2:8 smtpd_banner",
  ]);
  assert.deepEqual(names("SMTPinet"), ["smtp/inet master.cf:1:1 smtp"]);
  assert.deepEqual(names("insdrs"), ["insiders main.cf:2:1 insiders"]);
  assert.deepEqual(names("senders"), ["senders senders:1:1"]);
  assert.deepEqual(names("nowhere"), []);
});

test("links lead to the files that are there", () => {
  const project = fixture(FILES);
  const links = documentLinks(project, "main.cf").map(
    ({ span, target }) => `${placeText(project, { file: "main.cf", span })} → ${target}`,
  );
  assert.deepEqual(links, [
    "main.cf:4:23 hash:/etc/postfix/senders → senders",
    "main.cf:7:22 cidr:$config_directory/networks → networks",
  ]);
});
