import assert from "node:assert/strict";
import { test } from "node:test";
import { definition } from "../../server/src/features/definition.ts";
import { references } from "../../server/src/features/references.ts";
import { rename } from "../../server/src/features/rename.ts";
import { signatureHelp } from "../../server/src/features/signatureHelp.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { chosen, doesNotOffer, labels, offers } from "../support/completions.ts";
import { fixtureWithCursor } from "../support/fixture.ts";
import { hoverText } from "../support/hovers.ts";

const CLASS = "smtpd_restriction_classes = trusted\ntrusted = permit_mynetworks\n";

/** An access map in a list of main.cf. */
function inList(map: string, check = "check_sender_access"): string {
  return `${CLASS}smtpd_sender_restrictions = ${check} ${map}, reject\n`;
}

test("classes and actions of an access map in main.cf are explained and lead to their definition", () => {
  const { project, file, offset } = fixtureWithCursor(inList("inline:{{a.example = tru<|>sted}, {b.example = OK}}"));
  assert.equal(definition(project, file, offset)[0]?.span.start, CLASS.indexOf("trusted = "));
  assert.match(hoverText(inList("inline:{{a.example = tru<|>sted}}")), /^\*\*`trusted`\*\* — restriction class/);
  assert.match(
    hoverText(inList("inline:{{a.example = OK}, {b.example = REJ<|>ECT no}}")),
    /^\*\*`REJECT`\*\* — action/,
  );
  assert.match(hoverText(inList("static:RE<|>JECT")), /^\*\*`REJECT`\*\* — action/);
  assert.match(hoverText(inList("inl<|>ine:{{a.example = OK}}")), /^\*\*`inline:/);
});

test("a right-hand side in main.cf is completed like one in a file", () => {
  for (const map of [
    "inline:{a.example=<|>}",
    "inline:{{a.example = <|>}}",
    "inline:{{a.example=<|>}, {b=OK}}",
    "proxy:inline:{{a.example =<|>}}",
    "static:{<|>}",
    "randmap:{OK, <|>}",
    "pcre:{{/a/ <|>}}",
    "cidr:{{192.0.2.0/24 <|>}}",
  ]) {
    offers(inList(map), ["REJECT", "trusted", "permit_mynetworks"]);
    doesNotOffer(inList(map), ["check_sender_access", "hash:"]);
  }
  const service = "smtp inet n - n - - smtpd -o { smtpd_sender_restrictions = check_sender_access inline:{a=<|>} }";
  offers(`${CLASS}#- master.cf\n${service}\n`, ["REJECT", "trusted"]);
  assert.equal(chosen(inList("inline:{a.example=REJ<|>}"), "REJECT"), inList("inline:{a.example=REJECT}"));
});

test("where no right-hand side stands, none is offered", () => {
  assert.deepEqual(labels(inList("inline:{{a.ex<|>}}")), []);
  assert.deepEqual(labels(inList("pcre:{{/a<|>}}")), []);
  assert.deepEqual(labels(inList("inline:{{a.example = REJECT <|>}}")), []);
  doesNotOffer(inList("inline:{{a.example = <|>}}", "check_sender_mx_access"), ["OK"]);
});

test("a mail address is no name of a client", () => {
  const text = hoverText(
    "smtpd_client_restrictions = check_client_access hash:/etc/postfix/x\n#- x\nus<|>er@mail.example.com REJECT\n",
  );
  assert.match(text, /but never for this key\. For `mail\.example\.com`/);
});

test("a key of an access map in main.cf tells which restriction asks for it", () => {
  for (const map of [
    "inline:{a.ex<|>ample=OK}",
    "inline:{{b = OK}, {a.exa<|>mple = OK}}",
    "inline:{\n  {a.ex<|>ample = OK} }",
  ]) {
    const text = hoverText(inList(map));
    assert.match(text, /^\*\*`a\.example`\*\* — key of a table/, map);
    assert.match(text, /`check_sender_access` in `smtpd_sender_restrictions` .*\*\*`a\.example`\*\*/, map);
  }
});

/** The signature at the cursor and its active parameter. */
function signature(source: string): string {
  const { project, file, offset } = fixtureWithCursor(source);
  const help = signatureHelp(project, file, offset);
  const [first] = help?.signatures ?? [];
  const active = first?.parameters?.[help?.activeParameter ?? 0]?.label;
  return first && typeof active === "string" ? `${first.label} | ${active}` : "";
}

test("signature help shows the form of a table in main.cf, and of the action in it", () => {
  const shown = (map: string): string => signature(inList(map));
  const form = "inline:{ key=value, { key = value with blanks } }";
  assert.equal(shown("inline:{ <|> }"), `${form} | key`);
  assert.equal(shown("inline:{ { <|> } }"), `${form} | key`);
  assert.equal(shown("inline:{ a.example=<|> }"), `${form} | value`);
  assert.equal(shown("proxy:inline:{ { a.example = <|> } }"), `${form} | value`);
  assert.equal(shown("inline:{ { a.example = REJECT <|> } }"), "REJECT [text] | [text]");
  assert.equal(shown("static:{ REDIRECT <|> }"), "REDIRECT user@domain | user@domain");
  assert.equal(shown("pcre:{ { /a/ <|> } }"), "pcre:{ { /pattern/flags value } } | value");
  assert.equal(shown("cidr:{ { 192.0.2.0/24 550 <|> } }"), "550 text | text");
  assert.equal(signature("virtual_alias_maps = unionmap:{ <|> }\n"), "unionmap:{ type:name, type:name } | type:name");
});

test("a group in the result of a pattern is explained, found and completed", () => {
  const table = (line: string, type = "pcre"): string =>
    `smtpd_sender_restrictions = check_sender_access ${type}:/etc/postfix/p\n#- p\n${line}\n`;
  const content = (source: string): string => {
    const { project, file, offset } = fixtureWithCursor(source);
    const [place] = definition(project, file, offset);
    const found = place && project.files.get(place.file);
    return found?.kind === "text" ? found.text.slice(place?.span.start, place?.span.end) : "";
  };
  assert.match(hoverText(table("/^(a(b+))@(c)/ REJECT ${<|>2} no")), /^\*\*`\$\{2\}`\*\* — what group 2 .*`\(b\+\)`/);
  assert.match(hoverText(table("/^(a)/ REJECT $<|>3")), /has no group 3: Postfix skips this line/);
  assert.equal(content(table("/^(?:a)(?<x>b+)(c)/i REJECT $<|>1")), "b+");
  assert.equal(content(table("/^\\(a(b[()]c)/ REJECT $(<|>1)", "regexp")), "b[()]c");
  assert.equal(content(table("/^(a)/ REJECT\n  because $<|>1")), "a");
  assert.equal(hoverText(table("/^(a)/ REJECT $$<|>1")).includes("group"), false);
  assert.deepEqual(labels(table("/^(a)(b)/ REJECT $<|>")), ["${1}", "${2}"]);
  assert.equal(
    chosen(table("/^(a)(b)/ REJECT ${<|>"), "${2}"),
    table("/^(a)(b)/ REJECT ${2}").replace(/^.*\n#- p\n/, ""),
  );
});

test("tables inside of other tables are no different", () => {
  const isClass = /^\*\*`trusted`\*\* — restriction class/;
  const isAction = /^\*\*`REJECT`\*\* — action/;
  assert.match(hoverText(inList("unionmap:{inline:{a=x}, static:tru<|>sted}")), isClass);
  assert.match(hoverText(inList("pipemap:{inline:{a=trusted}, static:{RE<|>JECT no}}")), isAction);
  assert.match(hoverText(inList("proxy:unionmap:{pipemap:{static:a, inline:{a=tru<|>sted}}}")), isClass);
  assert.match(
    hoverText(inList("{ inline:{a=tru<|>sted}, search_order=cert_fingerprint }", "check_ccert_access")),
    isClass,
  );
  assert.doesNotMatch(hoverText(inList("pipemap:{static:{RE<|>JECT}, inline:{REJECT=OK}}")), isAction);
  const asked = /`check_sender_access` in `smtpd_sender_restrictions`/;
  assert.match(hoverText(inList("unionmap:{static:a, inline:{a.ex<|>ample=OK}}")), asked);
  assert.match(hoverText(inList("pipemap:{inline:{a.ex<|>ample=b}, inline:{b=OK}}")), asked);
  assert.doesNotMatch(hoverText(inList("pipemap:{inline:{a.example=b}, inline:{b<|>=OK}}")), asked);
});

test("words of tables in main.cf are explained for what asks the table", () => {
  assert.match(hoverText("smtp_tls_policy_maps = inline:{{a.example = sec<|>ure match=nexthop}}\n"), /TLS level/);
  assert.match(hoverText("header_checks = unionmap:{pcre:{{/^A/ IGN<|>ORE}}}\n"), /^\*\*`IGNORE`\*\*/);
});

test("a class in a table in main.cf is found and renamed, also on a line of its own", () => {
  const text = (name: string, cursor = ""): string => `smtpd_restriction_classes = ${name}
${name} = permit_mynetworks
smtpd_sender_restrictions =
  check_sender_access inline:{
# a comment
    { a.example = ${name} },
    b.example=${cursor}${name} }
  check_sender_access unionmap:{inline:{c.example=${name}}, static:${name}}
  check_sender_access pipemap:{static:{trusted text}, inline:{d=${name}}}
`;
  const { project, file, offset } = fixtureWithCursor(text("trusted", "<|>"));
  const answer = rename(project, { file, offset }, "friends");
  assert.ok(answer && "edits" in answer, JSON.stringify(answer));
  const [main] = answer.edits;
  assert.equal(applyEdits(text("trusted"), main?.edits ?? []), text("friends"));
  assert.equal(references(project, { file, offset }, "all").length, 7);
});

test("settings of a policy service are shown and completed, in braces of their own, too", () => {
  const inGroup = (text: string): string => `smtpd_client_restrictions = check_policy_service { unix:x, ${text} }\n`;
  const form = "check_policy_service { endpoint, name=value }";
  for (const text of ["<|>", "default_action=<|>", "{ <|> }", "{ default_action = <|> }"]) {
    assert.equal(signature(inGroup(text)), `${form} | name=value }`, text);
  }
  offers(inGroup("{ <|> }"), ["default_action", "timeout"]);
  offers(inGroup("{ default_action = <|> }"), ["DUNNO", "REJECT"]);
  assert.equal(chosen(inGroup("default_action=DUN<|>"), "default_action=DUNNO"), inGroup("default_action=DUNNO"));
  assert.deepEqual(labels(inGroup("{ timeout = <|> }")), []);
});
