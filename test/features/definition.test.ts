import assert from "node:assert/strict";
import { test } from "node:test";
import { definition } from "../../server/src/features/definition.ts";
import { rangeAt } from "../../server/src/features/diagnostics.ts";
import { references } from "../../server/src/features/references.ts";
import { fixtureWithCursor } from "../support/fixture.ts";

/** The only function here that knows the API of definition(): where the name at the cursor is defined. */
function check(source: string, ...expected: readonly string[]): void {
  const { project, file, offset } = fixtureWithCursor(source);
  const places = definition(project, file, offset).map((place) => {
    const { start } = rangeAt(project, place);
    return `${place.file}:${start.line + 1}:${start.character + 1}`;
  });
  assert.deepEqual(places, expected);
}

const MAIN = `mydomain = example.com
smtpd_restriction_classes = greylisted
  # a comment
greylisted = reject
smtpd_recipient_restrictions = check_recipient_access hash:$config_directory/recipients
`;

test("a class in a table leads to its definition", () => {
  check(`${MAIN}#- recipients\nalice@example.com grey<|>listed`, "main.cf:4:1");
});

test("a class in a list leads to its definition", () => {
  check(`${MAIN}smtpd_client_restrictions = reject_unauth_pipelining, grey<|>listed`, "main.cf:4:1");
});

test("a class leads from where it is declared to its definition", () => {
  check(MAIN.replace("= greylisted", "= <|>greylisted"), "main.cf:4:1");
});

test("a $name leads to its assignment, the last one if there are several", () => {
  check(`${MAIN}mydomain = example.org\nmyhostname = mail.\${my<|>domain}`, "main.cf:6:1");
});

test("a name that master.cf overrides has several places", () => {
  check(
    `${MAIN}myhostname = $my<|>domain\n#- master.cf\nsmtp inet n - n - - smtpd\n  -o mydomain=example.net\n`,
    "main.cf:1:1",
    "master.cf:2:6",
  );
});

test("a table leads to its file", () => {
  check(`${MAIN.replace("hash:", "ha<|>sh:")}#- recipients\n`, "recipients:1:1");
});

test("a $name without a place of its own leads to the file that it is a part of", () => {
  check(`${MAIN.replace("config_", "con<|>fig_")}#- recipients\n`, "recipients:1:1");
});

test("a combined table leads to all its files, and each part to its own", () => {
  const main = "smtpd_client_restrictions = check_client_access unionmap:{hash:/etc/postfix/a,hash:/etc/postfix/b}\n";
  check(`${main.replace("unionmap", "union<|>map")}#- a\n#- b\n`, "a:1:1", "b:1:1");
  check(`${main.replace("/b}", "/<|>b}")}#- a\n#- b\n`, "b:1:1");
});

test("a built-in restriction and a missing file lead nowhere", () => {
  check("smtpd_client_restrictions = re<|>ject");
  check("smtpd_client_restrictions = check_client_access hash:/etc/postfix/no<|>where");
});

test("a transport of a transport table leads to its service, and is among its references", () => {
  const main =
    "transport_maps = hash:/etc/postfix/t\ndefault_transport = slow\n#- t\na.example sl<|>ow:[b.example]\nb.example local:\n";
  const { project, file, offset } = fixtureWithCursor(`${main}#- master.cf\nslow unix - - n - - smtp\n`);
  assert.deepEqual(
    definition(project, file, offset).map((at) => at.file),
    ["master.cf"],
  );
  assert.deepEqual(
    references(project, { file, offset }, "all").map((at) => at.file),
    ["main.cf", "master.cf", "t"],
  );
});
