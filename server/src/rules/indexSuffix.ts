import type { Configuration } from "../config/configuration.ts";
import { resolveFile } from "../config/project.ts";
import { parseReference } from "../config/tables/reference.ts";
import { perService } from "./perService.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Rule } from "./rule.ts";
import { tableWords } from "./tableWords.ts";

export const indexSuffix: Rule = {
  code: "index-suffix",
  severity: "error",
  summary: "A table is named with the suffix of its index, which Postfix adds itself",
  why:
    "`hash:/etc/postfix/virtual` stands for the index `virtual.db` that postmap(1) makes of the file `virtual`. With the suffix Postfix opens `virtual.db.db`, which is not there, and each look-up fails. The same holds for `.lmdb`, `.cdb`, `.pag` and `.dir`. " +
    "See DATABASE_README and dict_db.c, dict_db_open().",
  manual: "https://www.postfix.org/DATABASE_README.html#types",
  bad: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients.db
#                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Postfix opens \`/etc/postfix/clients.db.db\`, for it adds the \`.db\` itself: each look-up fails
`,
  good: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
#- clients
203.0.113.8 REJECT
`,
  check: (context) => perService(context, find),
};

/** What Postfix adds to the name of a table. See dict_db.c, dict_lmdb.c, dict_cdb.c, dict_dbm.c and dict_sdbm.c. */
const SUFFIXES: ReadonlyMap<string, readonly string[]> = new Map([
  ["hash", [".db"]],
  ["btree", [".db"]],
  ["lmdb", [".lmdb"]],
  ["cdb", [".cdb"]],
  ["dbm", [".pag", ".dir"]],
  ["sdbm", [".pag", ".dir"]],
]);

function* find(configuration: Configuration): Generator<Finding> {
  const { project } = configuration;
  for (const word of tableWords(configuration)) {
    const { type, name } = parseReference(word.text) ?? { type: "", name: "" };
    const suffix = SUFFIXES.get(type)?.find((one) => name.endsWith(one));
    // Somebody may have given that very name to the text.
    if (suffix === undefined || !word.at || resolveFile(project, name)) continue;
    const message = `Postfix opens \`${name}${suffix}\`, for it adds the \`${suffix}\` itself: each look-up fails`;
    const fix = replaceText(project, word.at, word.text, { instead: word.text.slice(0, -suffix.length) });
    yield { at: word.at, message, ...(fix && { fix }) };
  }
}
