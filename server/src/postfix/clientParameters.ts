import type { MapTypeName } from "./mapTypes.ts";
import type { Release } from "./release.ts";

/** The kinds of tables whose settings stand in a file of their own, or in main.cf behind the name of the table. */
export const CLIENT_TYPES = [
  "ldap",
  "mysql",
  "pgsql",
  "sqlite",
  "memcache",
  "mongodb",
] as const satisfies MapTypeName[];

export type ClientType = (typeof CLIENT_TYPES)[number];

/** A setting of a database table: `query` in its file, `accounts_query` in main.cf for `mysql:accounts`. */
export interface ClientParameterFact {
  /** One sentence. Markdown. */
  readonly summary: string;
  /** As it would be written; undefined: there is none. */
  readonly byDefault?: string;
  /** Other words and numbers end the program that opens the table. See cfg_parser.c, get_dict_int() and get_dict_bool(). */
  readonly type?: "boolean" | "integer";
  readonly values?: readonly string[];
  /** The first release that reads it; undefined: 3.5 or earlier. */
  readonly since?: Release;
  /** What to write instead. */
  readonly deprecated?: string;
}

type Facts = Readonly<Partial<Record<string, ClientParameterFact>>>;

const DOMAIN: Facts = {
  domain: {
    summary:
      "Domains (or tables of them) that the table is asked about: keys of other domains and keys without one are not looked up.",
    byDefault: "",
  },
};

const RESULT_FORMAT: ClientParameterFact = {
  summary: "What is made of each value that is found: `%s` is the value, `%u` and `%d` its parts around the `@`.",
  byDefault: "%s",
};

const EXPANSION_LIMIT: ClientParameterFact = {
  summary: "More values than this for one key are an error; 0 means no limit.",
  byDefault: "0",
  type: "integer",
};

const QUERY: ClientParameterFact = {
  summary:
    "The SQL query; `%s` is the key, `%u` and `%d` its parts around the `@`, each quoted for SQL. Without it, the query is made of `table`, `select_field` and `where_field`.",
};

/** See db_common.c, db_common_sql_build_query(). */
const OLD_QUERY: Facts = {
  table: { summary: "The `FROM` of a query that is put together.", deprecated: "query" },
  select_field: { summary: "The `SELECT` of a query that is put together.", deprecated: "query" },
  where_field: {
    summary: "The field that is compared with the key in a query that is put together.",
    deprecated: "query",
  },
  additional_conditions: {
    summary: "What follows the `WHERE` of a query that is put together, such as `AND active = 1`.",
    byDefault: "",
    deprecated: "query",
  },
};

const SQL: Facts = {
  ...DOMAIN,
  ...OLD_QUERY,
  query: QUERY,
  result_format: RESULT_FORMAT,
  expansion_limit: EXPANSION_LIMIT,
};

/** What the clients of database servers have in common. */
const SERVER: Facts = {
  hosts: {
    summary: "The servers, tried in random order: `host`, `host:port`, `inet:host:port` or `unix:/path`.",
    byDefault: "localhost",
  },
  user: { summary: "The name with which to log in.", byDefault: "" },
  password: { summary: "The password with which to log in.", byDefault: "" },
  dbname: { summary: "The name of the database." },
  idle_interval: {
    summary: "Seconds after which a connection that is not used is closed.",
    byDefault: "60",
    type: "integer",
    since: "3.9",
  },
  retry_interval: {
    summary: "Seconds for which a server that did not answer is left alone.",
    byDefault: "60",
    type: "integer",
    since: "3.9",
  },
};

const LDAP: Facts = {
  ...DOMAIN,
  server_host: {
    summary: "The servers: host names, `host:port`, or URLs such as `ldaps://ldap.example.com`.",
    byDefault: "localhost",
  },
  server_port: { summary: "The port of servers that are no URL.", byDefault: "389", type: "integer" },
  timeout: { summary: "Seconds that a search may take.", byDefault: "10", type: "integer" },
  search_base: {
    summary: "Where in the directory the search begins, such as `dc=example,dc=com`; `%d` and the like are replaced.",
  },
  query_filter: {
    summary: "The filter of the search; `%s` is the key, `%u` and `%d` its parts around the `@`.",
    byDefault: "(mailacceptinggeneralid=%s)",
  },
  result_format: RESULT_FORMAT,
  result_filter: { summary: "The old name of `result_format`.", byDefault: "%s", deprecated: "result_format" },
  result_attribute: { summary: "The attributes whose values are the answer.", byDefault: "maildrop" },
  special_result_attribute: {
    summary:
      "Attributes whose values are names or URLs of other entries, which are looked up in turn: members of groups.",
    byDefault: "",
  },
  terminal_result_attribute: {
    summary: "An attribute that, where an entry has it, is the whole answer.",
    byDefault: "",
  },
  leaf_result_attribute: {
    summary: "Attributes that count only in entries without a special result attribute.",
    byDefault: "",
  },
  scope: { summary: "How deep to search below the search base.", byDefault: "sub", values: ["sub", "base", "one"] },
  bind: {
    summary: "Whether and how to log in: not at all, with a name and password, or with SASL.",
    byDefault: "yes",
    values: ["yes", "no", "none", "simple", "sasl"],
  },
  bind_dn: { summary: "The name with which to log in.", byDefault: "" },
  bind_pw: { summary: "The password with which to log in.", byDefault: "" },
  recursion_limit: {
    summary: "How many steps special result attributes may lead on.",
    byDefault: "1000",
    type: "integer",
  },
  expansion_limit: EXPANSION_LIMIT,
  size_limit: {
    summary: "How many entries the server may return for one search; 0 means no limit.",
    byDefault: "$expansion_limit",
    type: "integer",
  },
  dereference: {
    summary: "When to follow aliases: 0 never, 1 searching, 2 finding the base, 3 always.",
    byDefault: "0",
    type: "integer",
  },
  chase_referrals: { summary: "Whether to follow referrals to other servers.", byDefault: "no", type: "boolean" },
  version: { summary: "The version of the protocol, 2 or 3. TLS and SASL need 3.", byDefault: "2", type: "integer" },
  debuglevel: { summary: "What the LDAP library logs: a number of OpenLDAP.", byDefault: "0", type: "integer" },
  sasl_mechs: { summary: "The SASL mechanisms to try, such as `GSSAPI`.", byDefault: "" },
  sasl_realm: { summary: "The SASL realm.", byDefault: "" },
  sasl_authz_id: { summary: "The SASL identity to act as.", byDefault: "" },
  sasl_minssf: { summary: "The least SASL security strength that will do.", byDefault: "0", type: "integer" },
  start_tls: { summary: "Whether to use STARTTLS; needs `version = 3`.", byDefault: "no", type: "boolean" },
  tls_ca_cert_dir: { summary: "A directory of certificates of authorities that are trusted." },
  tls_ca_cert_file: { summary: "A file of certificates of authorities that are trusted." },
  tls_cert: { summary: "The certificate of this client." },
  tls_key: { summary: "The key of this client, without a password." },
  tls_require_cert: {
    summary: "Whether the server has to have a certificate that is trusted.",
    byDefault: "no",
    type: "boolean",
  },
  tls_random_file: { summary: "Where random bytes come from." },
  tls_cipher_suite: { summary: "The ciphers that may be used, as OpenSSL or GnuTLS names them." },
  cache: { summary: "Ignored with a warning.", type: "boolean", deprecated: "proxy:ldap" },
  cache_expiry: { summary: "Ignored with a warning.", type: "integer", deprecated: "proxy:ldap" },
  cache_size: { summary: "Ignored with a warning.", type: "integer", deprecated: "proxy:ldap" },
};

const MYSQL: Facts = {
  ...SERVER,
  ...SQL,
  charset: { summary: "The character set of the connection.", byDefault: "utf8mb4", since: "3.9" },
  option_file: { summary: "An option file of MySQL that is read, too, for settings such as TLS." },
  option_group: { summary: "The group of the option file that is read.", byDefault: "client" },
  require_result_set: {
    summary: "Whether a query that gives no result set is an error; `no` is for stored procedures.",
    byDefault: "yes",
    type: "boolean",
  },
  tls_key_file: { summary: "The key of this client." },
  tls_cert_file: { summary: "The certificate of this client." },
  tls_CAfile: { summary: "A file of certificates of authorities that are trusted." },
  tls_CApath: { summary: "A directory of certificates of authorities that are trusted." },
  tls_ciphers: { summary: "The ciphers that may be used." },
  tls_verify_cert: {
    summary: "Whether the name in the certificate of the server has to be the name of the host.",
    byDefault: "no",
    type: "boolean",
  },
};

const PGSQL: Facts = {
  ...SERVER,
  ...SQL,
  encoding: { summary: "The encoding of the connection.", byDefault: "UTF8", since: "3.8" },
  select_function: { summary: "A stored procedure that gets the key.", deprecated: "query" },
};

const SQLITE: Facts = { ...SQL, dbpath: { summary: "The path of the database file." } };

const MEMCACHE: Facts = {
  ...DOMAIN,
  memcache: { summary: "The server: `inet:host:port` or `unix:/path`.", byDefault: "inet:localhost:11211" },
  backup: { summary: "The table, `type:name`, that keeps what the cache may forget." },
  flags: { summary: "A number that is stored with each value.", byDefault: "0", type: "integer" },
  ttl: { summary: "Seconds for which the server keeps a value.", byDefault: "3600", type: "integer" },
  key_format: {
    summary: "What is made of the key before it is looked up in the cache: `%s` is the key.",
    byDefault: "%s",
  },
  key_digest: {
    summary: "The message digest (`sha256`) of the key is looked up in its place: servers take short keys only.",
    byDefault: "",
    since: "3.11",
  },
  data_size_limit: { summary: "The longest value in bytes.", byDefault: "10240", type: "integer" },
  line_size_limit: { summary: "The longest line of the server in bytes.", byDefault: "1024", type: "integer" },
  max_try: { summary: "How often a request is tried.", byDefault: "2", type: "integer" },
  retry_pause: { summary: "Seconds between two tries.", byDefault: "1", type: "integer" },
  timeout: { summary: "Seconds that a request may take.", byDefault: "2", type: "integer" },
};

const MONGODB: Facts = {
  ...DOMAIN,
  uri: { summary: "The server, such as `mongodb+srv://user:password@host`." },
  dbname: { summary: "The name of the database." },
  collection: { summary: "The name of the collection." },
  query_filter: { summary: 'The filter, as JSON: `{"email": "%s"}`.' },
  projection: { summary: "The fields to return, as JSON; excludes `result_attribute`." },
  result_attribute: { summary: "The fields whose values are the answer; excludes `projection`." },
  result_format: RESULT_FORMAT,
  expansion_limit: { ...EXPANSION_LIMIT, byDefault: "10" },
};

const PARAMETERS_OF: Readonly<Record<ClientType, Facts>> = {
  ldap: LDAP,
  mysql: MYSQL,
  pgsql: PGSQL,
  sqlite: SQLITE,
  memcache: MEMCACHE,
  mongodb: MONGODB,
};

/** See ldap_table(5), mysql_table(5), pgsql_table(5), sqlite_table(5), memcache_table(5) and mongodb_table(5). */
export function clientParameter(type: ClientType, name: string): ClientParameterFact | undefined {
  return Object.hasOwn(PARAMETERS_OF[type], name) ? PARAMETERS_OF[type][name] : undefined;
}

/** All that tables of a type read. */
export function clientParameterNames(type: ClientType): readonly string[] {
  return Object.keys(PARAMETERS_OF[type]);
}

export function isClientType(type: string): type is ClientType {
  return (CLIENT_TYPES as readonly string[]).includes(type);
}
