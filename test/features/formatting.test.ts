import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { suite, test } from "node:test";
import fc from "fast-check";
import type { TextEdit } from "vscode-languageserver-types";
import { formatting, formattingOnType } from "../../server/src/features/formatting.ts";
import { linesOf } from "../../server/src/config/lines.ts";
import type { Project } from "../../server/src/config/project.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { logicalLines } from "../../server/src/syntax/logicalLines.ts";
import { CURSOR, fixtureWithCursor, projectOf } from "../support/fixture.ts";
import { mainCfTexts, masterCfTexts, tableTexts } from "../fuzz/randomTexts.ts";

const SPACES = { tabSize: 4, insertSpaces: true };
const TABS = { tabSize: 8, insertSpaces: false };
const RUNS = 1000;

/** What a file becomes. The other files say what it is. */
function check(file: string, before: string, after: string, style = SPACES): void {
  const project = projectOf(Object.entries({ ...REFERS, [file]: before }));
  assert.equal(formatted(project, file, formatting(project, file, style)), after);
}

/** The text of a file after edits. */
function formatted(project: Project, file: string, edits: readonly TextEdit[]): string {
  const content = project.files.get(file);
  assert.ok(content?.kind === "text");
  const lines = linesOf(project, file);
  const offset = ({ line, character }: { line: number; character: number }): number => (lines[line] ?? 0) + character;
  return applyEdits(
    content.text,
    edits.map(({ range, newText }) => ({ span: { start: offset(range.start), end: offset(range.end) }, newText })),
  );
}

suite("Formatting main.cf", () => {
  test("puts spaces around the equals sign and takes them away at line ends", () => {
    check(
      "main.cf",
      "a=b\nmyhostname   =mail.test  \nempty=  \n\t\nc\t=\td\n",
      "a = b\nmyhostname = mail.test\nempty =\n\nc = d\n",
    );
  });

  test("indents lists by one step, arguments on lines of their own by two", () => {
    check(
      "main.cf",
      "smtpd_recipient_restrictions=permit_mynetworks,  \n\tcheck_client_access\n\thash:/etc/postfix/x,\n # why\n#no\n reject  \n",
      "smtpd_recipient_restrictions = permit_mynetworks,\n    check_client_access\n        hash:/etc/postfix/x,\n    # why\n#no\n    reject\n",
    );
    check("main.cf", "mynetworks =\n 127.0.0.0/8\n   [::1]/128\n", "mynetworks =\n\t127.0.0.0/8\n\t[::1]/128\n", TABS);
  });

  test("knows the lists of the user's own", () => {
    check(
      "main.cf",
      "smtpd_restriction_classes = mine\nmine=permit,\n  reject\nnets = 192.0.2.1\n  192.0.2.2\nmynetworks = $nets\n",
      "smtpd_restriction_classes = mine\nmine = permit,\n    reject\nnets = 192.0.2.1\n    192.0.2.2\nmynetworks = $nets\n",
    );
  });

  test("leaves white space alone that is part of a text", () => {
    check(
      "main.cf",
      "smtpd_banner=$myhostname  \n  ESMTP   ready \n",
      "smtpd_banner = $myhostname  \n  ESMTP   ready\n",
    );
    check("main.cf", "mine=a\n  b\nsmtpd_banner = $mine\n", "mine = a\n  b\nsmtpd_banner = $mine\n");
    check(
      "main.cf",
      "mydestination = a,\n  b\nsmtpd_banner = $mydestination\n",
      "mydestination = a,\n  b\nsmtpd_banner = $mydestination\n",
    );
  });

  test("leaves braces alone, and all in them", () => {
    const group = "{ inet:127.0.0.1:1,\n  # note\n  default_action = DUNNO  \n  }";
    check(
      "main.cf",
      `smtpd_client_restrictions =\n check_policy_service ${group},\n reject\n`,
      `smtpd_client_restrictions =\n    check_policy_service ${group},\n    reject\n`,
    );
  });

  test("leaves comments, what Postfix does not read, and text behind a NUL alone", () => {
    for (const text of ["  lost line \n", "# a  =  b  \n", "no equals sign  \n", "=x  \n", "a  =  b\0c  \n"])
      check("main.cf", text, text);
  });

  test("keeps the line ends of DOS", () => {
    check("main.cf", "a=b \r\nmynetworks=\r\n ::1 \r\n", "a = b\r\nmynetworks =\r\n    ::1\r\n");
    check("main.cf", "a=b\r \n", "a = b\r \n");
  });
});

suite("Formatting master.cf", () => {
  test("puts the columns below each other and indents options", () => {
    check(
      "master.cf",
      "smtp inet n - y - - smtpd\n127.0.0.1:10025 inet n - y - - smtpd -v  \n      -o a=b\n\t-o { c =  d\n   e }  \n",
      "smtp      inet  n       -       y       -       -       smtpd\n" +
        "127.0.0.1:10025 inet n  -       y       -       -       smtpd -v\n  -o a=b\n  -o { c =  d\n   e }\n",
    );
  });

  test("leaves braces inside a word alone", () => {
    const line = "x         unix  -       n       n       -       -       pipe";
    check("master.cf", `${line}\n  argv=/bin/x a{b\n      c}d\n`, `${line}\n  argv=/bin/x a{b\n      c}d\n`);
  });
});

const REFERS = {
  "main.cf":
    "smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\nalias_maps = hash:/etc/postfix/aliases\nmynetworks = cidr:/etc/postfix/n\nheader_checks = pcre:/etc/postfix/p\n",
};

test("Formatting leaves the columns and keys of templates alone", () => {
  for (const [file, text] of [
    ["master.cf", "smtp inet n - {{ chroot }} - - smtpd\n{% if x %}\npickup unix n - y 60 1 pickup\n{% endif %}\n"],
    ["t", "{% for d in domains %}\n{{ d }} OK\n{% endfor %}\nlong.example OK\n"],
    ["t", "<%= @x %> REJECT\nlong.example OK\n"],
  ] as const) {
    check(file, text, text);
  }
});

suite("Formatting tables", () => {
  test("puts the values of a block below each other", () => {
    check("t", "a OK\nlonger\tREJECT  go   away  \n\nb   OK\n", "a       OK\nlonger  REJECT  go   away\n\nb  OK\n");
    check("t", "a OK\nlongerkey\tOK\n", "a\t\tOK\nlongerkey\tOK\n", TABS);
    check(
      "n",
      "!10.0.0.1 a\nif 10.0.0.0/8  \n10.0.0.0/24 b\nendif\n",
      "!10.0.0.1  a\nif 10.0.0.0/8\n10.0.0.0/24  b\nendif\n",
    );
    check("p", "/a b/i  OK\n!/c/ REJECT  x \n", "/a b/i  OK\n!/c/    REJECT  x\n");
  });

  test("a long key moves no other value", () => {
    const long = "x".repeat(60);
    check("t", `a OK\n${long} OK\n`, `a  OK\n${long}  OK\n`);
  });

  test("leaves continued values alone, but for white space at their end", () => {
    check("t", "a REJECT  \n   go  \n   away  \n", "a  REJECT  \n   go  \n   away\n");
  });

  test("leaves aliases and tables alone that nothing refers to", () => {
    for (const file of ["aliases", "unknown"]) check(file, "a:   b \n", "a:   b \n");
  });
});

/** What a line becomes in which `<|>` stands behind what was typed. */
function checkTyped(source: string, expected: string): void {
  const { project, file, offset } = fixtureWithCursor(source);
  const typed = source.charAt(source.indexOf(CURSOR) - 1) === "," ? "," : "\n";
  assert.equal(formatted(project, file, formattingOnType(project, file, { offset, typed }, SPACES)), expected);
}

suite("Formatting while typing", () => {
  test("Enter behind a comma or an equals sign indents", () => {
    checkTyped("mynetworks=\n<|>", "mynetworks =\n    ");
    checkTyped("mynetworks = ::1,\n<|>127.0.0.1\n", "mynetworks = ::1,\n    127.0.0.1\n");
  });

  test("Enter elsewhere does not", () => {
    checkTyped("myhostname=a\n<|>", "myhostname = a\n");
    checkTyped("mynetworks = ::1,\n<|>myhostname = a\n", "mynetworks = ::1,\n\nmyhostname = a\n".replace("\n\n", "\n"));
    checkTyped("# a,\n<|>b", "# a,\nb");
  });

  test("what is split off from a value goes on with it", () => {
    checkTyped("mynetworks = ::1 \n<|>127.0.0.1\n", "mynetworks = ::1\n    127.0.0.1\n");
    checkTyped("mynetworks =\n    ::1\n<|>127.0.0.1\n", "mynetworks =\n    ::1\n    127.0.0.1\n");
    checkTyped(
      "#- master.cf\nsmtp inet n - y - - smtpd\n<|>-v\n",
      "smtp      inet  n       -       y       -       -       smtpd\n  -v\n",
    );
  });

  test("an empty line inside a list is indented, behind a comment, too", () => {
    checkTyped("mynetworks =\n    ::1\n<|>\n    127.0.0.1\n", "mynetworks =\n    ::1\n    \n    127.0.0.1\n");
    checkTyped("mynetworks = ::1,\n# one\n    # two\n<|>", "mynetworks = ::1,\n# one\n    # two\n    ");
    checkTyped("relayhost =\n# nothing\n<|>", "relayhost =\n# nothing\n");
    checkTyped(
      "#- master.cf\na unix - - n - - x\n<|>\n  -v\n",
      "a         unix  -       -       n       -       -       x\n  \n  -v\n",
    );
  });

  test("a comma lays out what stands before it", () => {
    checkTyped("mynetworks=::1,<|>  \n", "mynetworks = ::1,  \n");
  });

  test("master.cf has no lists that go on", () => {
    checkTyped(
      "#- master.cf\nsmtp inet n - y - - smtpd,\n<|>",
      "smtp      inet  n       -       y       -       -       smtpd,\n",
    );
  });
});

test("a range changes only its lines", () => {
  const text = "a=b\nc=d\ne=f\n";
  const project = projectOf([["main.cf", text]]);
  assert.equal(
    formatted(project, "main.cf", formatting(project, "main.cf", SPACES, { start: 5, end: 6 })),
    "a=b\nc = d\ne=f\n",
  );
});

/** All words of the logical lines, which formatting never changes, and the comments. */
function wordsOf(text: string): unknown {
  return [...logicalLines(text)]
    .filter(({ kind }) => kind !== "blank")
    .map((node) =>
      node.kind === "line"
        ? [node.text.replace(/\s+/g, ""), node.comments.map(({ start, end }) => text.slice(start, end))]
        : text.slice(node.span.start, node.span.end),
    );
}

function checkProperties(files: Record<string, string>, file: string, style = SPACES): void {
  const project = projectOf(Object.entries(files));
  const once = formatted(project, file, formatting(project, file, style));
  assert.deepEqual(wordsOf(once), wordsOf(files[file] ?? ""));
  const again = projectOf(Object.entries({ ...files, [file]: once }));
  assert.deepEqual(formatting(again, file, style), [], "it is laid out already");
}

suite("Formatting anything", () => {
  test("keeps words and comments, and does nothing the second time", () => {
    fc.assert(
      fc.property(mainCfTexts, (text) => {
        checkProperties({ "main.cf": text }, "main.cf");
      }),
      { numRuns: RUNS },
    );
    fc.assert(
      fc.property(masterCfTexts, (text) => {
        checkProperties({ "master.cf": text }, "master.cf");
      }),
      { numRuns: RUNS },
    );
    fc.assert(
      fc.property(tableTexts, fc.constantFrom("t", "n", "p"), (text, file) => {
        checkProperties({ ...REFERS, [file]: text }, file, TABS);
      }),
      { numRuns: RUNS },
    );
  });

  test("all examples", () => {
    for (const entry of readdirSync("examples", { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.endsWith(".json")) continue;
      const main = readFileSync(`${entry.parentPath}/main.cf`, "utf8");
      const text = readFileSync(`${entry.parentPath}/${entry.name}`, "utf8");
      checkProperties({ "main.cf": main, [entry.name]: text }, entry.name);
    }
  });
});
