import assert from "node:assert/strict";
import { test } from "node:test";
import { saidBy, fixedBy, foundIn } from "./support/ruleFindings.ts";
import { marked } from "./support/markers.ts";

const CLASS = "smtpd_restriction_classes = trusted\ntrusted = permit_mynetworks\n";

/** What the findings of a rule mark in main.cf or in a table. */
function markedBy(rule: string, source: string): readonly string[] {
  const { files } = marked(source);
  return foundIn(rule, source).map(({ at: { file, span } }) => files.get(file)?.slice(span.start, span.end) ?? "");
}

/** An access map in a list. */
function asks(map: string, check = "check_sender_access"): string {
  return `${CLASS}smtpd_sender_restrictions = ${check} ${map}, reject\n`;
}

test("a word that means nothing is marked where it stands in a table of main.cf", () => {
  for (const map of [
    "inline:{a.example=tursted}",
    "inline:{ { a.example = permit_mynetworks, tursted } }",
    "inline:{\n  # the first\n  { a.example = OK }\n  { b.example =\n    tursted } }",
    "proxy:unionmap:{static:trusted, pcre:{{/x/ tursted}}}",
    "unionmap:{pipemap:{inline:{a.example=b}, randmap:{tursted}}, regexp:{{/a/ OK}}}",
    "static:{tursted}",
    "unionmap:{cidr:{{192.0.2.0/24 OK}, {198.51.100.0/24 tursted}}}",
  ]) {
    assert.deepEqual(markedBy("undefined-class", asks(map)), ["tursted"], map);
  }
  assert.equal(
    fixedBy("undefined-class", asks("unionmap:{inline:{a.example=tursted}, static:OK}")),
    asks("unionmap:{inline:{a.example=trusted}, static:OK}"),
  );
  const throughName = `map = inline:{a.example=tursted}\n${asks("$map")}`;
  assert.deepEqual(markedBy("undefined-class", throughName), ["tursted"]);
});

test("what is no answer of the whole is not read as one", () => {
  assert.deepEqual(markedBy("undefined-class", asks("pipemap:{inline:{a.example=b}, inline:{b=tursted}}")), [
    "tursted",
  ]);
  const pipe = asks("pipemap:{hash:/etc/postfix/a, hash:/etc/postfix/b}");
  const tables = "#- a\na.example b\n#- b\n*.b tursted\n";
  assert.deepEqual(saidBy("never-looked-up", `${pipe}${tables}`), []);
  assert.deepEqual(markedBy("undefined-class", `${pipe}${tables}`), ["tursted"]);
});

test("a table that answers in one place is read as such, although in another one it only makes a key", () => {
  const alone = "smtpd_client_restrictions = check_client_access hash:/etc/postfix/a\n";
  const piped = "smtpd_sender_restrictions = check_sender_access pipemap:{hash:/etc/postfix/a, hash:/etc/postfix/b}\n";
  const tables = "#- a\na.example tursted\n#- b\ntursted OK\n";
  for (const source of [alone + piped, piped + alone]) {
    assert.deepEqual(markedBy("undefined-class", CLASS + source + tables), ["tursted"], source);
  }
  assert.deepEqual(markedBy("undefined-class", CLASS + piped + tables), []);
});

test("the files of a table that is made of others are checked", () => {
  const source = `${asks("unionmap:{hash:/etc/postfix/a, pcre:/etc/postfix/p}")}#- a\n*.example.com FILTER x\nkey\n#- p\n/^joe@$/ OK\n`;
  assert.deepEqual(markedBy("never-looked-up", source), ["*.example.com"]);
  assert.deepEqual(markedBy("action-argument", source), ["FILTER x"]);
  assert.deepEqual(markedBy("malformed-line", source), ["key"]);
  const missing = asks("unionmap:{hash:/etc/postfix/a, hash:/etc/postfix/b}");
  assert.deepEqual(markedBy("unreadable-file", `${missing}#- a\na OK\n`), ["hash:/etc/postfix/b"]);
});

test("a key that nothing asks for is marked and put right in main.cf", () => {
  const map = "unionmap:{inline:{*.example.com=OK}, cidr:{{192.0.2.0/24 OK}}}";
  assert.deepEqual(markedBy("never-looked-up", asks(map, "check_client_access")), ["*.example.com"]);
  const postmaster = asks("inline:{ postmaster=OK }");
  assert.equal(fixedBy("never-looked-up", postmaster), postmaster.replace("postmaster", "postmaster@"));
});

test("a class that a table inside of another one names is used", () => {
  assert.deepEqual(saidBy("unused-class", asks("unionmap:{inline:{a.example=trusted}, static:OK}")), []);
  assert.equal(saidBy("unused-class", asks("unionmap:{inline:{a.example=OK}, static:OK}")).length, 1);
});
