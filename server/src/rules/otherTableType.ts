import type { Configuration } from "../config/configuration.ts";
import { defaultTableType } from "./defaultTableType.ts";
import { perService } from "./perService.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Rule } from "./rule.ts";
import { tableWords } from "./tableWords.ts";

export const otherTableType: Rule = {
  code: "other-table-type",
  severity: "info",
  summary: "A table needs Berkeley DB, although this server builds its tables with something else",
  why:
    "`hash:` and `btree:` need a Postfix that is built with Berkeley DB. Alpine, RHEL 10, SLES and others build it without; there `default_database_type` is `lmdb` or `cdb`, `hash:` is an unsupported type, and each look-up fails (`451 4.3.5` in a restriction list). " +
    "Where main.cf sets `default_database_type` to another type, `postmap file` builds that one, and `hash:file` stays as old as it is. See NON_BERKELEYDB_README and DATABASE_README.",
  manual: "https://www.postfix.org/NON_BERKELEYDB_README.html",
  bad: `
default_database_type = lmdb
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
#                                               ^^^^^^^^^^^^^^^^^^^^^^^^^ \`hash:/etc/postfix/clients\` needs Berkeley DB, but default_database_type is \`lmdb\`: that is what postmap builds, and there may be no \`hash:\` at all
#- clients
203.0.113.8 REJECT
`,
  good: `
default_database_type = lmdb
smtpd_client_restrictions = check_client_access lmdb:/etc/postfix/clients
#- clients
203.0.113.8 REJECT
`,
  check: (context) => perService(context, findOthers),
};

const BERKELEY = /^((?:proxy:)*)(hash|btree)(?=:)/;

function* findOthers(configuration: Configuration): Generator<Finding> {
  const type = defaultTableType(configuration);
  if (type === "hash" || type === "btree") return;
  for (const word of tableWords(configuration)) {
    const [, proxy = "", old] = BERKELEY.exec(word.text) ?? [];
    if (old === undefined || !word.at) continue;
    const needs = `\`${word.text}\` needs Berkeley DB, but default_database_type is \`${type}\``;
    const message = `${needs}: that is what postmap builds, and there may be no \`${old}:\` at all`;
    const instead = word.text.replace(BERKELEY, `${proxy}${type}`);
    const fix = replaceText(configuration.project, word.at, word.text, { instead });
    yield { at: word.at, message, ...(fix && { fix }) };
  }
}
