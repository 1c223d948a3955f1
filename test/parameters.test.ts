import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { listWords } from "../server/src/config/listWord.ts";
import { UNKNOWN_MACHINE } from "../server/src/config/machine.ts";
import { parametersFrom, type Parameters } from "../server/src/config/parameters.ts";
import type { Release } from "../server/src/postfix/release.ts";
import { parseMainCf } from "../server/src/syntax/mainCf.ts";
import { slice } from "../server/src/text/span.ts";

function parameters(text: string, release: Release = "3.7"): Parameters {
  return parametersFrom({ mainCf: parseMainCf(text), overrides: [], release, machine: UNKNOWN_MACHINE });
}

/** Sets `a` to a value and compares what becomes of it. */
function check(value: string, expected: string, more = "", release?: Release): void {
  assert.equal(parameters(`x = X\nempty =\na = ${value}\n${more}`, release).value("a"), expected, value);
}

test("a name is replaced by its value, in each of the three forms", () => {
  check("$x/${x}/$(x)", "X/X/X");
  check("$x.y", "X.y");
  check("${ x }", "X");
});

test("two dollars are one, and an unknown name is empty", () => {
  check("$$x", "$x");
  check("[$nobody]", "[]");
});

test("a value is replaced recursively", () => {
  check("$b", "1X2", "b = 1${c}2\nc = $x\n");
});

test("a name may be asked whether it has a value", () => {
  check("${x?yes}|${empty?yes}|${nobody?yes}", "yes||");
  check("${x:no}|${empty:no}|${nobody:no}", "|no|no");
  check("${x?{yes}:{no}} ${empty ? {yes} : {no}}", "yes no");
  check("${x??foo:{b}ar}", "?foo:{b}ar");
});

test("values are compared as text or as numbers", () => {
  check("${{$x} == {X} ? {same} : {other}}", "same");
  check("${{10} > {9} ? {more} : {less}}", "more");
  check("${{b} >= {a} ? {yes}}${{b} != {b} ? {yes}}", "yes");
  check("${{a} < {b}}", "true");
});

test("a function makes something else of its text", () => {
  const value = "${domain_to_ascii{$x.example}} ${domain_to_ascii {b\u00fccher.example}}";
  check(value, "X.example xn--bcher-kva.example", "", "3.11");
});

test("compatibility levels are compared part by part", () => {
  check("${{3.10} >=level {3.9} ? {newer} : {older}}", "newer");
  check("${{2} <level {3.6} ? {older} : {newer}}", "older");
});

test("Postfix gives up on a broken or endless value", () => {
  const messages = (value: string, more = "", release?: Release): readonly string[] =>
    parameters(`a = ${value}\n${more}`, release)
      .expanded("a")
      .problems.map(({ message }) => message);
  assert.deepEqual(messages("${x"), ["truncated macro reference"]);
  assert.deepEqual(messages("$ x"), ["empty macro name"]);
  assert.deepEqual(messages("${x y}"), ["attribute name syntax error"]);
  assert.deepEqual(messages("${x{y}}", "", "3.11"), ['unknown function "x"']);
  assert.deepEqual(messages("${domain_to_ascii{y}z}", "", "3.11"), ["unexpected input"]);
  assert.deepEqual(messages("${domain_to_ascii{y}}", "", "3.10"), ["attribute name syntax error"]);
  assert.deepEqual(messages("$b", "b = $a\n"), ["unreasonable macro call nesting"]);
  assert.deepEqual(messages("${{$a} == {} ? {x}}"), ["unreasonable macro call nesting"]);
  assert.deepEqual(messages("$v0", doubled(20)), ["too long a value"]);
});

test("of a broken value, what stands ahead of the macro counts", () => {
  const text = (main: string): string => parameters(main).value("a");
  assert.equal(text("a = one, two, ${x\n"), "one, two, ");
  assert.equal(text("a = one, $a, two\n"), "one, ");
  assert.equal(text("a = one, $b, two\nb = three ${x\n"), "one, ");
  assert.equal(text("a = one ${{$b} == {y} ? {z}} two\nb = three $b\n"), "one ");
});

/** Parameters that each name the next one twice. */
function doubled(count: number): string {
  const lines = Array.from({ length: count }, (_, at) => `v${at} = $v${at + 1} $v${at + 1}\n`);
  return `${lines.join("")}v${count} = x\n`;
}

test("the last assignment wins, and defaults follow the release and the compatibility level", () => {
  assert.equal(parameters("a = 1\na = 2\n").value("a"), "2");
  assert.equal(parameters("").value("smtpd_relay_restrictions"), "");
  const modern = parameters("compatibility_level = 3.6\n").value("smtpd_relay_restrictions");
  assert.equal(modern, "permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination");
  assert.equal(parameters("", "3.8").value("smtpd_forbid_unauth_pipelining"), "no");
  assert.equal(parameters("", "3.9").value("smtpd_forbid_unauth_pipelining"), "yes");
});

test("what the machine tells becomes a default", () => {
  assert.equal(parameters("myhostname = mx.example.com\n").value("mydomain"), "example.com");
  assert.equal(parameters("").value("myhostname"), "localhost.localdomain");
  assert.equal(parameters("mynetworks_style = host\n").value("mynetworks"), "127.0.0.1/32 [::1]/128");
});

test("defaults that wait for each other are empty, not endless", () => {
  assert.equal(parameters("myhostname = mail.$mydomain\n").value("mydomain"), "");
  assert.equal(parameters("mydomain = x.$myhostname\n").value("myhostname"), "localhost.x.");
  assert.equal(parameters("mynetworks_style = $mynetworks\n").value("mynetworks"), "127.0.0.0/8 [::1]/128");
});

test("a word that came through a reference is found where it is written", () => {
  const text = "mine = permit_mynetworks,\n  reject\nlist = $mine, permit\n";
  const words = listWords(parameters(text).expanded("list"));
  assert.deepEqual(
    words.map(({ at, via }) => [at && slice(text, at.span), via.map(({ name }) => name)]),
    [
      ["permit_mynetworks", ["mine"]],
      ["reject", ["mine"]],
      ["permit", []],
    ],
  );
});

test("no value makes the expansion throw, and its pieces cover its text", () => {
  const value = fc.string({ unit: fc.constantFrom(..."ab$${}()?:=<> ".split("")), maxLength: 60 });
  fc.assert(
    fc.property(value, value, (first, second) => {
      const { text, pieces } = parameters(`a = ${first}\nb = ${second}\n`).expanded("a");
      assert.equal(pieces.length > 0, text !== "");
    }),
    { numRuns: 2000 },
  );
});
