import assert from "node:assert/strict";
import { test } from "node:test";
import { fixedBy, saidBy } from "./support/ruleFindings.ts";

test("a table is named by its whole path, and without the suffix of its index", () => {
  const list = "smtpd_client_restrictions = check_client_access";
  const said = (rule: string, reference: string, more = ""): readonly string[] =>
    saidBy(rule, `${list} ${reference}\n${more}`);
  for (const reference of ["hash:x", "texthash:maps/x", "pcre:x", "proxy:cidr:x", "regexp:./x"]) {
    assert.equal(said("relative-table", reference).length, 1, reference);
  }
  for (const reference of ["hash:/x", "inline:{a=OK}", "mysql:x", "static:OK", "hash:$config_directory/x"]) {
    assert.deepEqual(said("relative-table", reference), [], reference);
  }
  assert.equal(fixedBy("relative-table", `${list} proxy:hash:x\n`), `${list} proxy:hash:/etc/postfix/x\n`);

  for (const reference of ["hash:/x.db", "btree:/x.db", "lmdb:/x.lmdb", "proxy:cdb:/x.cdb"]) {
    assert.equal(said("index-suffix", reference).length, 1, reference);
  }
  assert.deepEqual(said("index-suffix", "texthash:/x.db"), []);
  assert.deepEqual(said("index-suffix", "hash:/etc/postfix/x.db", "#- x.db\na OK\n"), [], "the text is called so");
  assert.equal(fixedBy("index-suffix", `${list} hash:/x.db\n`), `${list} hash:/x\n`);
});
