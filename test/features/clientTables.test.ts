import assert from "node:assert/strict";
import { test } from "node:test";
import { definition } from "../../server/src/features/definition.ts";
import { documentSymbols } from "../../server/src/features/symbols.ts";
import { chosen, doesNotOffer, offers } from "../support/completions.ts";
import { fixtureWithCursor, fixture } from "../support/fixture.ts";
import { hoverText } from "../support/hovers.ts";
import { fixedBy, saidBy } from "../support/ruleFindings.ts";

const MAIN = "virtual_alias_maps = proxy:mysql:/etc/postfix/a.cf, ldap:groups\ngroups_search_base = dc=a\n";

test("the settings of a database table are completed in its file and in main.cf", () => {
  offers(`${MAIN}#- a.cf\n<|>`, ["query", "dbname", "require_result_set"]);
  doesNotOffer(`${MAIN}#- a.cf\n<|>`, ["search_base", "REJECT"]);
  doesNotOffer(`${MAIN}#- a.cf\n<|>`, ["charset"], { release: "3.8" });
  offers(`${MAIN}#- a.cf\nrequire_result_set = <|>`, ["yes", "no"]);
  offers(`${MAIN}groups_<|>`, ["groups_query_filter", "groups_scope"]);
  offers(`${MAIN}groups_scope = <|>`, ["sub", "base", "one"]);
  assert.equal(chosen(`${MAIN}#- a.cf\nqu<|>`, "query"), "query = ");
  assert.equal(chosen(`${MAIN}#- a.cf\nqu<|> = SELECT`, "query"), "query = SELECT");
});

test("the settings of a database table are explained", () => {
  assert.match(hoverText(`${MAIN}#- a.cf\nque<|>ry = x\n`), /^\*\*`query`\*\* — setting of a `mysql:` table/);
  assert.match(hoverText(`${MAIN}groups_sc<|>ope = base\n`), /setting of a `ldap:` table/);
  assert.equal(hoverText(`${MAIN}#- a.cf\nquery = RE<|>JECT\n`), "");
});

test("the outline of a file with a password has the names alone", () => {
  const project = fixture(`${MAIN}#- a.cf\nuser = joe\npassword = secret\n`);
  assert.deepEqual(
    documentSymbols(project, "a.cf").map(({ name, detail }) => `${name} ${detail ?? ""}`),
    ["user joe", "password "],
  );
});

test("names that a database table does not read are found, and put right", () => {
  assert.deepEqual(saidBy("unknown-parameter", `${MAIN}groups_search_bse = dc=b\n`), [
    "main.cf:3 Postfix does not know `groups_search_bse` and ignores it (did you mean `groups_search_base`?)",
  ]);
  assert.equal(
    fixedBy("unknown-parameter", `${MAIN}#- a.cf\ndbname = x\nqurey = y\n`, "a.cf"),
    "dbname = x\nquery = y\n",
  );
  assert.deepEqual(saidBy("unused-parameter", `${MAIN}#- a.cf\ndbname = x\nflavour = y\n`), [
    "a.cf:2 Nothing uses `flavour`: a `mysql:` table has no such setting",
  ]);
  assert.equal(saidBy("parameter-not-in-release", `${MAIN}#- a.cf\ncharset = x\n`, "3.8").length, 1);
});

test("what a database table cannot do without depends on its type and on the release", () => {
  const said = (type: string, settings: string, release: "3.9" | "3.12" = "3.12"): string =>
    saidBy("unusable-client", `virtual_alias_maps = ${type}:/etc/postfix/a.cf\n#- a.cf\n${settings}\n`, release).join();
  assert.match(said("pgsql", "query = x\nhosts = a", "3.9"), /has no `dbname`: who opens it ends with a fatal error$/);
  assert.match(said("pgsql", "query = x\nhosts = a"), /has no `dbname`: each look-up fails$/);
  assert.equal(said("pgsql", "query = x\nhosts = postgresql://a/b"), "");
  assert.equal(said("pgsql", "dbname = d\nselect_function = f"), "");
  assert.match(said("mysql", "dbname = d\ntable = t\nselect_field = f"), /has no `where_field`/);
  assert.match(said("ldap", "bind = maybe"), /`bind` wants one of `yes`, `no`, `none`, `simple`, `sasl`/);
  assert.match(said("mongodb", "uri = u\ndbname = d\ncollection = c\nquery_filter = {}"), /has no `result_attribute`/);
  assert.equal(said("memcache", "ttl = 1"), "");
});

test("a database table leads to its file, or to its settings in main.cf", () => {
  const places = (source: string): readonly string[] => {
    const { project, file, offset } = fixtureWithCursor(source);
    return definition(project, file, offset).map((at) => `${at.file}:${at.span.start}`);
  };
  const file = "virtual_alias_maps = proxy:mysql:/etc/postfix/<|>a.cf\n#- a.cf\ndbname = x\n";
  assert.deepEqual(places(file), ["a.cf:0"]);
  assert.deepEqual(places("alias_maps = ldap:g<|>r\ngr_search_base = x\n"), ["main.cf:21"]);
});
