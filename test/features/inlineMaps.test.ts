import assert from "node:assert/strict";
import { test } from "node:test";
import { definition } from "../../server/src/features/definition.ts";
import { hover } from "../../server/src/features/hover.ts";
import { chosen, doesNotOffer, labels, offers } from "../support/completions.ts";
import { fixtureWithCursor } from "../support/fixture.ts";

const CLASS = "smtpd_restriction_classes = trusted\ntrusted = permit_mynetworks\n";

/** An access map in a list of main.cf. */
function inList(map: string, check = "check_sender_access"): string {
  return `${CLASS}smtpd_sender_restrictions = ${check} ${map}, reject\n`;
}

function hoverText(source: string): string {
  const { project, file, offset } = fixtureWithCursor(source);
  const shown = hover(project, file, offset);
  return typeof shown?.contents === "object" && "value" in shown.contents ? shown.contents.value : "";
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
  assert.match(hoverText(inList("inline:{{a.ex<|>ample = OK}}")), /^\*\*`inline:/);
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
    "smtpd_client_restrictions = check_client_access hash:x\n#- x\nus<|>er@mail.example.com REJECT\n",
  );
  assert.match(text, /but never for this key\. For `mail\.example\.com`/);
});
