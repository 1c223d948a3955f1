import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { SelectionRange } from "vscode-languageserver-types";
import { foldingRanges } from "../../server/src/features/foldingRanges.ts";
import { selectionRange } from "../../server/src/features/selectionRange.ts";
import { fixtureWithCursor, projectOf } from "../support/fixture.ts";

/** The lines that can be folded, `first-last` counted from 1, with their kind. */
function checkFolding(files: Readonly<Record<string, string>>, file: string, expected: readonly string[]): void {
  const ranges = foldingRanges(projectOf(Object.entries(files)), file);
  assert.deepEqual(
    ranges.map(({ startLine, endLine, kind = "" }) => `${startLine + 1}-${endLine + 1} ${kind}`.trim()),
    expected,
  );
}

suite("Folding", () => {
  test("parameters of several lines, blocks of comments, regions", () => {
    const text = "# one\n# two\na = b,\n  # in between\n  c\n# alone\n#region x\n# y\nd = e\n# endregion\n";
    checkFolding({ "main.cf": text }, "main.cf", ["1-2 comment", "3-5", "7-10 region"]);
  });

  test("services", () => {
    checkFolding({ "master.cf": "smtp inet n - y - - smtpd\n  -o a=b\n  -o c=d\nx\n" }, "master.cf", ["1-3"]);
  });

  test("conditions, where a table has them", () => {
    const table = "if 10.0.0.0/8\nif !10.1.0.0/16\n10.2.0.1 OK\nENDIF\nendif\nendif\n";
    const main = (type: string): string => `mynetworks = ${type}:/etc/postfix/t\n`;
    checkFolding({ "main.cf": main("cidr"), t: table }, "t", ["1-5", "2-4"]);
    checkFolding({ "main.cf": main("hash"), t: table }, "t", []);
  });
});

/** What is selected around the cursor, from the inside out; the last is the file. */
function checkSelection(source: string, ...expected: readonly string[]): void {
  const { project, file, offset } = fixtureWithCursor(source);
  const content = project.files.get(file);
  const lines = content?.kind === "text" ? content.text.split("\n") : [];
  const offsetOf = ({ line, character }: { line: number; character: number }): number =>
    lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0) + character;
  const shown: string[] = [];
  for (let at: SelectionRange | undefined = selectionRange(project, file, offset); at; at = at.parent) {
    shown.push(lines.join("\n").slice(offsetOf(at.range.start), offsetOf(at.range.end)));
  }
  assert.deepEqual(shown.slice(0, expected.length), expected);
  assert.equal(shown.at(-1), lines.join("\n"));
}

suite("Selection", () => {
  test("grows from the word to the restriction, the list and the line", () => {
    const list = "reject_unauth_pipelining,\n  check_client_access hash:/etc/post-fix/x";
    checkSelection(
      `a = b\nsmtpd_client_restrictions = ${list.replace("-fix", "-f<|>ix")}\n`,
      "post-fix",
      "hash:/etc/post-fix/x",
      "check_client_access hash:/etc/post-fix/x",
      list,
      `smtpd_client_restrictions = ${list}`,
      `smtpd_client_restrictions = ${list}\n`,
    );
  });

  test("works in master.cf and in tables", () => {
    const service = "smtp inet n - y - - smtpd\n  -o a=permit,reject\n";
    checkSelection(
      `#- master.cf\n${service.replace("reject", "rej<|>ect")}`,
      "reject",
      "permit,reject",
      "a=permit,reject",
    );
    checkSelection("#- t\na.example REJECT go aw<|>ay\n", "away", "REJECT go away", "a.example REJECT go away");
  });

  test("grows inside the braces of a table", () => {
    const client = (entry: string): string =>
      `smtpd_client_restrictions = check_client_access inline:{ ${entry}, b=OK }\n`;
    checkSelection(
      client("{a.example = REJECT go aw<|>ay}"),
      "away",
      "REJECT go away",
      "a.example = REJECT go away",
      "{a.example = REJECT go away}",
      "{a.example = REJECT go away}, b=OK",
      "inline:{ {a.example = REJECT go away}, b=OK }",
      "check_client_access inline:{ {a.example = REJECT go away}, b=OK }",
    );
    checkSelection(client("a.exam<|>ple=OK"), "example", "a.example", "a.example=OK", "a.example=OK, b=OK");
    checkSelection(
      "virtual_alias_maps = unionmap:{hash:/et<|>c/x, static:y}\n",
      "etc",
      "hash:/etc/x",
      "hash:/etc/x, static:y",
    );
    checkSelection("header_checks = pcre:{ {/a b/i REJECT g<|>o} }\n", "go", "REJECT go", "/a b/i REJECT go");
  });

  test("takes a comment in a list as a whole", () => {
    checkSelection("mynetworks = ::1,\n  # my <|>note\n  127.0.0.1\n", "note", "# my note");
  });
});
