import type { Configuration } from "../config/configuration.ts";
import { compareReleases } from "../postfix/release.ts";
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
    "Where main.cf sets `default_database_type` to another type, `postmap file` builds that one, and `hash:file` stays as old as it is. " +
    "From Postfix 3.11 on, `non_bdb_migration_level` lets `hash:` stand for `$default_database_type` and `btree:` for `$default_cache_db_type`, which then must be other types. See nbdb_util.c, nbdb_map_leg_type(); nbdb_surrogate.c; NON_BERKELEYDB_README and DATABASE_README.",
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
  const look = isMigrating(configuration) ? brokenRedirect : neededType;
  for (const { text, at } of tableWords(configuration)) {
    const old = BERKELEY.exec(text)?.[2];
    const found = old === undefined ? undefined : look(configuration, text, old);
    if (!found || !at) continue;
    const { type, ...rest } = found;
    const instead = text.replace(BERKELEY, `$1${type ?? ""}`);
    const fix = type && replaceText(configuration.project, at, text, { instead });
    yield { at, ...rest, ...(fix && { fix }) };
  }
}

interface Other extends Required<Pick<Finding, "message" | "severity">> {
  /** The type to write; undefined: nobody can tell. */
  readonly type: string | undefined;
}

function neededType(configuration: Configuration, reference: string, old: string): Other | undefined {
  const type = defaultTableType(configuration);
  if (isBerkeley(type)) return undefined;
  const needs = `\`${reference}\` needs Berkeley DB, but default_database_type is \`${type}\``;
  const message = `${needs}: that is what postmap builds, and there may be no \`${old}:\` at all`;
  return { type, message, severity: "info" };
}

/** Whether `hash:` and `btree:` stand for other types. See nbdb_util.c, nbdb_util_init(). */
function isMigrating({ parameters, project }: Configuration): boolean {
  return (
    compareReleases(project.release, "3.11") >= 0 &&
    /^enable-(?:redirect|reindex)$/i.test(parameters.value("non_bdb_migration_level"))
  );
}

/** A type that stands for itself cannot be opened; what the build has by default nobody knows here. */
function brokenRedirect({ parameters }: Configuration, reference: string, old: string): Other | undefined {
  const name = old === "hash" ? "default_database_type" : "default_cache_db_type";
  const type = parameters.written(name) && parameters.value(name);
  if (type === undefined || !isBerkeley(type) || parameters.value("non_bdb_custom_mapping") !== "") return undefined;
  const message = `\`${reference}\` cannot be used, each look-up fails: non_bdb_migration_level lets \`${old}:\` stand for \`$${name}\`, which is \`${type}\``;
  return { type: undefined, message, severity: "error" };
}

function isBerkeley(type: string): boolean {
  return type === "hash" || type === "btree";
}
