import assert from "node:assert/strict";
import { test } from "node:test";
import { definition } from "../../server/src/features/definition.ts";
import { highlights } from "../../server/src/features/highlights.ts";
import { chosen, doesNotOffer, labels, offers } from "../support/completions.ts";
import { fixtureWithCursor } from "../support/fixture.ts";
import { hoveredText, hoverText } from "../support/hovers.ts";

const NETWORKS = "smtpd_client_restrictions = check_client_access cidr:/etc/postfix/n\n#- n\n";
const PATTERNS = "smtpd_sender_restrictions = check_sender_access regexp:/etc/postfix/p\n#- p\n";

test("a condition of a table says what it is about and where it ends", () => {
  const network = `${NETWORKS}i<|>f 192.0.2.0/24\n192.0.2.8 OK\n0.0.0.0/0 REJECT\nendif\n`;
  assert.match(
    hoverText(network),
    /^\*\*`if 192\.0\.2\.0\/24`\*\* — the lines up to its `endif` in line 4 are looked at/,
  );
  assert.match(
    hoverText(network),
    /only for addresses that are in `192\.0\.2\.0\/24`\.\n\n.*192\.0\.2\.0 to 192\.0\.2\.255/,
  );
  assert.match(hoverText(`${NETWORKS}if !10.0.0.0<|>/8\nendif\n`), /addresses that are not in `10\.0\.0\.0\/8`/);
  assert.match(hoverText(`${NETWORKS}if 10.0.0.0<|>/8\n10.0.0.1 OK\n`), /up to the end of the file/);
  assert.match(
    hoverText(`${NETWORKS}if 10.0.0.0/8\n10.0.0.1 OK\nend<|>if\n`),
    /ends the `if 10\.0\.0\.0\/8` in line 1/,
  );
  assert.match(
    hoverText(`${PATTERNS}if !/^a@/<|>\n/b/ OK\nif /c/\nendif\nendif\n`),
    /line 5 .* what does not match `\/\^a@\/`/,
  );
  assert.match(hoverText(`${PATTERNS}if /c<|>/i\n/b/ OK\nendif\n`), /only for what matches `\/c\/i`/);
});

test("the two ends of a condition are highlighted together", () => {
  const count = (source: string): number => {
    const { project, file, offset } = fixtureWithCursor(source);
    return highlights(project, file, offset).length;
  };
  assert.equal(count(`${NETWORKS}<|>if 10.0.0.0/8\n10.0.0.1 OK\nendif\n`), 2);
  assert.equal(count(`${NETWORKS}if 10.0.0.0/8\n10.0.0.1 OK\nend<|>if\n`), 2);
  assert.equal(count(`${NETWORKS}if 10.0.0.0/8\n10.0<|>.0.1 OK\nendif\n`), 0);
});

const MASTER = "#- master.cf\nslow unix - - n - - smtp\nsmtp unix - - n - - smtp\n";

test("what a table in main.cf answers is completed by who asks it", () => {
  offers("header_checks = pcre:{{/^Subject: spam/ <|>}}\n", ["REJECT", "IGNORE", "PREPEND"]);
  doesNotOffer("header_checks = pcre:{{/^Subject: spam/ <|>}}\n", ["permit_mynetworks", "pcre:"]);
  doesNotOffer("smtp_header_checks = regexp:{{/^X-/ <|>}}\n", ["REJECT"]);
  offers(`body_checks = pcre:{{/x/ FILTER <|>}}\n${MASTER}`, ["slow:"]);
  assert.deepEqual(labels(`transport_maps = inline:{example.com=<|>}\n${MASTER}`), ["slow:", "smtp:"]);
  assert.deepEqual(labels(`transport_maps = static:<|>\n${MASTER}`).includes("permit"), false);
  assert.match(
    chosen(`transport_maps = inline:{{example.com = sl<|>}}\n${MASTER}`, "slow:"),
    /^transport_maps = inline:\{\{example\.com = slow:\}\}\n/,
  );
});

test("what stands in a table in main.cf is explained", () => {
  assert.match(hoverText("header_checks = pcre:{{/^X-/ IGN<|>ORE}}\n"), /`IGNORE`\*\* — /);
  assert.match(
    hoverText("transport_maps = inline:{ex<|>ample.com=smtp:}\n"),
    /key of a table in its list\n\nFor an address/,
  );
  const list = "smtpd_sender_restrictions = check_sender_access ";
  assert.match(hoverText(`${list}pcre:{{/a/ REJ<|>ECT no}}\n`), /^\*\*`REJECT`\*\* — action/);
  assert.match(hoverText(`${list}cidr:{{192.0.2<|>.0/24 OK}}\n`), /192\.0\.2\.0 to 192\.0\.2\.255/);
  assert.match(hoverText(`${list}pcre:{{/<|>a/ REJECT no}}\n`), /pattern of a table in its list/);
});

test("behind the if of a condition nothing is offered but what it is about", () => {
  assert.deepEqual(labels(`${NETWORKS}if !10.0.0.0/8<|>\nendif\n`), []);
  assert.deepEqual(labels(`${PATTERNS}if /x/<|>\nendif\n`), []);
  offers(`${NETWORKS}if 10.0.0.0/8\n10.0.0.1 <|>\nendif\n`, ["REJECT"]);
});

test("the transport that a value or a table names is shown as master.cf has it, and found there", () => {
  const tables = "header_checks = regexp:/etc/postfix/h\ntransport_maps = hash:/etc/postfix/t\n";
  const sources = [
    `relay_transport = sl<|>ow:[mail.example.net]\n${MASTER}`,
    `${tables}#- t\nexample.com  sl<|>ow:\n${MASTER}`,
    `${tables}#- h\n/^X-a/  FILTER sl<|>ow:\n${MASTER}`,
  ];
  for (const source of sources) {
    assert.match(
      hoverText(source),
      /^\*\*`slow`\*\* — service of .*\n\n`slow unix - - n - - smtp`\n\nThe SMTP client/,
      source,
    );
    const { project, file, offset } = fixtureWithCursor(source);
    assert.deepEqual(definition(project, file, offset), [{ file: "master.cf", span: { start: 0, end: 4 } }], source);
  }
  assert.equal(hoverText(`relay_transport = sl<|>ow:\n#- master.cf\nslow inet n - n - - smtpd\n`), "");
});

test("a group in the result of a pattern in main.cf is explained", () => {
  const group = (rule: string): string =>
    `smtpd_sender_restrictions = check_sender_access pcre:{{/b/ OK}, {${rule}}}, reject\n`;
  assert.match(
    hoverText(group("/^(a+)$$/ REJECT $$<|>1 no")),
    /^\*\*`\$1`\*\* — what group 1 of the pattern `\(a\+\)`/,
  );
  assert.equal(hoveredText(group("/^(a+)$$/ REJECT $$<|>1 no")), "$$1");
  assert.equal(hoveredText(group("/^(a)(b)/ REJECT $$1 and $${<|>2}")), "$${2}");
  assert.match(hoverText(group("/^(a)/ REJECT $$<|>3")), /has no group 3/);
});

test("$1 is highlighted with the group that it names", () => {
  const { project, file, offset } = fixtureWithCursor(`${PATTERNS}/^x(.*)@example/ REJECT $<|>1 here\n`);
  const ranges = highlights(project, file, offset).map(({ range: { start, end } }) => [start.character, end.character]);
  assert.deepEqual(ranges, [
    [4, 6],
    [24, 26],
  ]);
});
