import { clientTables, type ClientTable } from "../config/clientTables.ts";
import { clientParameter, type ClientType } from "../postfix/clientParameters.ts";
import { compareReleases, type Release } from "../postfix/release.ts";
import type { Finding, Rule } from "./rule.ts";

export const unusableClient: Rule = {
  code: "unusable-client",
  severity: "error",
  summary: "A database table lacks a setting that it needs, or has one that it cannot read",
  why:
    "Who opens the table reads its settings, and ends with a fatal error when one is missing that it cannot do without, when a number is none, or when a switch is neither `yes` nor `no`: with `proxy:` that is proxymap, else the program itself, and then master starts it again and again. " +
    "SQL tables want a `query`, or all of `table`, `select_field` and `where_field`. See cfg_parser.c, get_dict_str(), get_dict_int() and get_dict_bool(); db_common.c, db_common_sql_build_query(); mysql_table(5), pgsql_table(5), sqlite_table(5), ldap_table(5) and mongodb_table(5).",
  manual: "https://www.postfix.org/mysql_table.5.html",
  bad: `
virtual_alias_maps = mysql:/etc/postfix/aliases.cf, sqlite:local
#                                                   ^^^^^^^^^^^^ \`sqlite:local\` has no \`query\`: who opens it ends with a fatal error
local_dbpath = /var/lib/aliases.sqlite
virtual_mailbox_maps = ldap:/etc/postfix/users.cf
#- aliases.cf
user = postfix
#<-- \`mysql:/etc/postfix/aliases.cf\` has no \`dbname\`: who opens it ends with a fatal error
query = SELECT goto FROM alias WHERE address = '%s'
expansion_limit = many
#                 ^^^^ \`expansion_limit\` wants a number: who opens \`mysql:/etc/postfix/aliases.cf\` ends with a fatal error
#- users.cf
search_base = dc=example,dc=com
start_tls = true
#           ^^^^ \`start_tls\` wants \`yes\` or \`no\`: who opens \`ldap:/etc/postfix/users.cf\` ends with a fatal error
`,
  good: `
virtual_alias_maps = mysql:/etc/postfix/aliases.cf, sqlite:local
local_dbpath = /var/lib/aliases.sqlite
local_query = SELECT goto FROM alias WHERE address = '%s'
#- aliases.cf
dbname = mail
table = alias
select_field = goto
where_field = address
`,
  *check({ project }) {
    for (const table of clientTables(project)) {
      for (const name of missingIn(table, project.release)) yield missing(table, name);
      yield* badValues(table);
    }
  },
};

const FATAL = "who opens it ends with a fatal error";
const FAILS = "each look-up fails";

/** A setting that has to be there, and what happens when it is not. */
interface Missing {
  readonly name: string;
  readonly consequence: typeof FATAL | typeof FAILS;
}

function missing(table: ClientTable, { name, consequence }: Missing): Finding {
  const title = `${table.type}:${table.name}`;
  const message = `\`${title}\` has no \`${name}\`: ${consequence}`;
  const first = [...table.settings.values()][0]?.source.nameAt;
  const at = table.file === undefined ? table.at : (first ?? table.at);
  const related = at === table.at ? [] : [{ at: table.at, message: `\`${title}\` is named here` }];
  return { at, message, related };
}

function missingIn({ type, settings }: ClientTable, release: Release): readonly Missing[] {
  const isEmpty = (name: string): boolean => (settings.get(name)?.value ?? "") === "";
  const names = [...NEEDED[type].filter(isEmpty), ...(QUERIED.has(type) ? missingQuery(type, isEmpty) : [])];
  const missing = names.map((name): Missing => ({ name, consequence: FATAL }));
  if (type === "mongodb" && ["projection", "result_attribute"].every(isEmpty)) {
    missing.push({ name: "result_attribute", consequence: FAILS });
  }
  const needsName = type === "pgsql" && needsDatabase(settings.get("hosts")?.value ?? "", release);
  return needsName && isEmpty("dbname") ? [...missing, databaseName(release)] : missing;
}

/** See dict_pgsql.c, dict_pgsql_open(). */
function databaseName(release: Release): Missing {
  return { name: "dbname", consequence: compareReleases(release, "3.10") < 0 ? FATAL : FAILS };
}

/** See dict_mysql.c, dict_sqlite.c and dict_mongodb.c: what may not be empty and has no default. */
const NEEDED: Readonly<Record<ClientType, readonly string[]>> = {
  ldap: [],
  memcache: [],
  mysql: ["dbname"],
  pgsql: [],
  sqlite: ["dbpath"],
  mongodb: ["uri", "dbname", "collection", "query_filter"],
};

/** From 3.10 on a URI names the database. See pgsql_table(5). */
function needsDatabase(hosts: string, release: Release): boolean {
  if (compareReleases(release, "3.10") < 0) return true;
  return !/^(?:\s*postgres(?:ql)?:\/\/\S+)+\s*$/i.test(hosts.replaceAll(",", " "));
}

const QUERIED: ReadonlySet<ClientType> = new Set<ClientType>(["mysql", "pgsql", "sqlite"]);

/** `query`, or the parts of one. See db_common.c, db_common_sql_build_query(). */
function missingQuery(type: ClientType, isEmpty: (name: string) => boolean): readonly string[] {
  if (!isEmpty("query") || (type === "pgsql" && !isEmpty("select_function"))) return [];
  const parts = ["table", "select_field", "where_field"];
  return parts.every(isEmpty) ? ["query"] : parts.filter(isEmpty);
}

function* badValues({ type, name: table, settings }: ClientTable): Generator<Finding> {
  for (const [name, { source, value }] of settings) {
    const wanted = wantedValue(type, name, value);
    const at = source.text === "" ? source.nameAt : source.locate(0, source.text.length);
    if (wanted === undefined || !at) continue;
    yield { at, message: `\`${name}\` wants ${wanted}: who opens \`${type}:${table}\` ends with a fatal error` };
  }
}

/** What should stand there in place of a value; undefined: it is right, or only warned about. */
function wantedValue(type: ClientType, name: string, value: string): string | undefined {
  const { type: kind, values } = clientParameter(type, name) ?? {};
  if (kind) return FORMS[kind].format.test(value) ? undefined : FORMS[kind].wanted;
  if (name !== "bind" || !values || values.includes(value.toLowerCase())) return undefined;
  return `one of ${values.map((word) => `\`${word}\``).join(", ")}`;
}

const FORMS = {
  boolean: { format: /^(?:yes|no)$/i, wanted: "`yes` or `no`" },
  integer: { format: /^\s*[-+]?\d+$/, wanted: "a number" },
} as const;
