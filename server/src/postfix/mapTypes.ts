/** A kind of lookup table, the `type` of `type:name`. Cites DATABASE_README and dict_open.c. */
export interface MapTypeFact {
  /**
   * indexed: a file that postmap(1) builds; text: a file read as it stands; pattern: a file of patterns; inline: the
   * name is the content; combined: made of other tables; service: asks another program; system: belongs to the host.
   */
  readonly kind: "indexed" | "text" | "pattern" | "inline" | "combined" | "service" | "system";
  /**
   * What the name is. file: a path; config-file: the path of a file that says how to ask a database;
   * value: the content itself; tables: other tables, each `type:name`; endpoint: host and port, or a socket;
   * system: a name that the host knows; none: ignored.
   */
  readonly source: "file" | "config-file" | "value" | "tables" | "endpoint" | "system" | "none";
  /** What postmap(1) adds to the path. Read instead of the path itself. */
  readonly builtSuffix?: string;
  /** full: asked for whole keys only; parts: for parent domains, networks and so on, too; inner: as the inner table. */
  readonly keys: "full" | "parts" | "inner";
  /** The first release that knows it; "2.10" means 2.10 or earlier. Many types are a choice of the build: postconf -m. */
  readonly since: string;
  /** One sentence. */
  readonly summary: string;
  /** Markdown. */
  readonly details: string;
  readonly example: string;
}

const BUILT =
  "Run `postmap` after each change of the text file. Keys are folded to lower case; of equal keys the first one counts, with a warning.";
const BERKELEY =
  "Needs a Postfix that is built with Berkeley DB, which some systems have dropped (such as Alpine, RHEL 10 and SLES); `lmdb` or `cdb` take its place. " +
  "From 3.11 on, `non_bdb_migration_level` lets `hash:` stand for `$default_database_type` and `btree:` for `$default_cache_db_type`.";
const DATABASE =
  "The file that is named says where the database is and how to ask it. What it answers cannot be known from the configuration.";

/** Map types are case-sensitive: `HASH:` is not supported. */
export const MAP_TYPES = {
  hash: {
    kind: "indexed",
    source: "file",
    builtSuffix: ".db",
    keys: "parts",
    since: "2.10",
    summary: "A Berkeley DB hash file.",
    details: `${BUILT} ${BERKELEY} Without the \`.db\` file every look-up fails (451).`,
    example: "hash:/etc/postfix/access",
  },
  btree: {
    kind: "indexed",
    source: "file",
    builtSuffix: ".db",
    keys: "parts",
    since: "2.10",
    summary: "A Berkeley DB tree file.",
    details: `${BUILT} ${BERKELEY}`,
    example: "btree:$data_directory/verify_cache",
  },
  cdb: {
    kind: "indexed",
    source: "file",
    builtSuffix: ".cdb",
    keys: "parts",
    since: "2.10",
    summary: "A constant database file, built as a whole and then only read.",
    details: `${BUILT} The old file is replaced only when the new one is complete. Not for caches, which Postfix writes to.`,
    example: "cdb:/etc/postfix/access",
  },
  lmdb: {
    kind: "indexed",
    source: "file",
    builtSuffix: ".lmdb",
    keys: "parts",
    since: "2.11",
    summary: "An OpenLDAP LMDB file.",
    details: `${BUILT} The size is limited by \`lmdb_map_size\`.`,
    example: "lmdb:/etc/postfix/access",
  },
  dbm: {
    kind: "indexed",
    source: "file",
    builtSuffix: ".pag",
    keys: "parts",
    since: "2.10",
    summary: "A DBM file pair, `.dir` and `.pag`.",
    details: `${BUILT} Found on some older Unix systems only.`,
    example: "dbm:/etc/postfix/access",
  },
  sdbm: {
    kind: "indexed",
    source: "file",
    builtSuffix: ".pag",
    keys: "parts",
    since: "2.10",
    summary: "An SDBM file pair, `.dir` and `.pag`.",
    details: `${BUILT} Rarely built in.`,
    example: "sdbm:/etc/postfix/access",
  },
  texthash: {
    kind: "text",
    source: "file",
    keys: "parts",
    since: "2.10",
    summary: "A text file in the format of `hash`, read as it stands, without postmap.",
    details:
      "Read once by each process: changes show after `postfix reload` or when the process ends. A key that occurs twice makes the whole table unusable (451).",
    example: "texthash:/etc/postfix/access",
  },
  cidr: {
    kind: "pattern",
    source: "file",
    keys: "full",
    since: "2.10",
    summary: "A text file of addresses and networks; the first one that holds the address wins.",
    details:
      "One `network/mask action` per line, IPv4 or IPv6, without brackets; `!network` means not in it, `if`/`endif` enclose lines. A network with host bits set (`10.0.0.1/8`) is skipped with a warning. " +
      "Names never match. Read once by each process.",
    example: "cidr:/etc/postfix/client_networks",
  },
  regexp: {
    kind: "pattern",
    source: "file",
    keys: "full",
    since: "2.10",
    summary: "A text file of POSIX regular expressions; the first one that matches wins.",
    details:
      "One `/pattern/flags action` per line, `!` in front means no match, `if`/`endif` enclose lines. Case does not matter unless the flag `i` toggles that; an unanchored pattern matches anywhere. " +
      "`$1` in the action is the text of the first group. A bad line is skipped with a warning.",
    example: "regexp:/etc/postfix/helo_access",
  },
  pcre: {
    kind: "pattern",
    source: "file",
    keys: "full",
    since: "2.10",
    summary: "A text file of Perl-compatible regular expressions; the first one that matches wins.",
    details:
      "One `/pattern/flags action` per line, `!` in front means no match, `if`/`endif` enclose lines. Case does not matter unless the flag `i` toggles that; an unanchored pattern matches anywhere. " +
      "`$1` in the action is the text of the first group. A bad line is skipped with a warning. Often a package of its own.",
    example: "pcre:/etc/postfix/helo_access",
  },
  inline: {
    kind: "inline",
    source: "value",
    keys: "parts",
    since: "3.0",
    summary: "A small table written into the parameter itself.",
    details:
      "`inline:{ key=value, { key = value with blanks } }`: a pair whose value has blanks or commas needs braces of its own. `inline:{a=REJECT no}` is a syntax error and makes the table unusable. Keys are folded to lower case.",
    example: "inline:{ example.com=OK, { example.net = REJECT not here } }",
  },
  static: {
    kind: "inline",
    source: "value",
    keys: "parts",
    since: "2.10",
    summary: "Answers every key with the same value.",
    details:
      "`static:OK`; a value with blanks needs braces: `static:{REJECT not here}` (since 3.0). As a list of domains it matches every domain.",
    example: "static:{REJECT closed}",
  },
  randmap: {
    kind: "inline",
    source: "value",
    keys: "full",
    since: "3.0",
    summary: "Answers every key with one of the values, chosen at random.",
    details: "`randmap:{value1, value2}`; a value that stands there twice is chosen twice as often.",
    example: "randmap:{smtp:[a.example.com], smtp:[b.example.com]}",
  },
  unionmap: {
    kind: "combined",
    source: "tables",
    keys: "inner",
    since: "3.0",
    summary: "Asks all the tables and joins what they find with commas.",
    details:
      "`unionmap:{type1:name1, type2:name2}`. As an access map the joined values are one right-hand side, which is rarely what is wanted.",
    example: "unionmap:{hash:/etc/postfix/aliases1, hash:/etc/postfix/aliases2}",
  },
  pipemap: {
    kind: "combined",
    source: "tables",
    keys: "inner",
    since: "3.0",
    summary: "Asks the first table, then the next one for what was found, and so on; the last value is the answer.",
    details: "`pipemap:{type1:name1, type2:name2}`. When one of the tables finds nothing, nothing is found.",
    example: "pipemap:{hash:/etc/postfix/customers, hash:/etc/postfix/plans}",
  },
  proxy: {
    kind: "combined",
    source: "tables",
    keys: "inner",
    since: "2.10",
    summary:
      "Asks another table through the proxymap service, which shares it among processes and stands outside of chroot.",
    details:
      "`proxy:type:name`. Only tables that `proxy_read_maps` names may be asked; by default those of the usual parameters. Saves connections for SQL and LDAP. Not allowed where the result must be trusted, such as user ids and alias commands.",
    example: "proxy:mysql:/etc/postfix/recipients.cf",
  },
  debug: {
    kind: "combined",
    source: "tables",
    keys: "inner",
    since: "3.11",
    summary: "Asks another table and logs each request, with keys and values.",
    details: "`debug:type:name`. Passwords in the table end up in the log.",
    example: "debug:hash:/etc/postfix/access",
  },
  mysql: {
    kind: "service",
    source: "config-file",
    keys: "parts",
    since: "2.10",
    summary: "Asks a MySQL or MariaDB database.",
    details: DATABASE,
    example: "mysql:/etc/postfix/recipients.cf",
  },
  pgsql: {
    kind: "service",
    source: "config-file",
    keys: "parts",
    since: "2.10",
    summary: "Asks a PostgreSQL database.",
    details: DATABASE,
    example: "pgsql:/etc/postfix/recipients.cf",
  },
  sqlite: {
    kind: "service",
    source: "config-file",
    keys: "parts",
    since: "2.10",
    summary: "Asks an SQLite database file.",
    details: `${DATABASE} The database must be readable from inside the chroot, if there is one.`,
    example: "sqlite:/etc/postfix/recipients.cf",
  },
  ldap: {
    kind: "service",
    source: "config-file",
    keys: "parts",
    since: "2.10",
    summary: "Asks an LDAP directory.",
    details: `${DATABASE} A name that is not a path reads its settings from main.cf parameters \`name_server_host\` and so on.`,
    example: "ldap:/etc/postfix/recipients.cf",
  },
  mongodb: {
    kind: "service",
    source: "config-file",
    keys: "parts",
    since: "3.9",
    summary: "Asks a MongoDB database.",
    details: DATABASE,
    example: "mongodb:/etc/postfix/recipients.cf",
  },
  memcache: {
    kind: "service",
    source: "config-file",
    keys: "parts",
    since: "2.10",
    summary: "Asks a memcache server, with another table behind it if there is a `backup`.",
    details: DATABASE,
    example: "memcache:/etc/postfix/postscreen_cache",
  },
  tcp: {
    kind: "service",
    source: "endpoint",
    keys: "full",
    since: "2.10",
    summary: "Asks a server over TCP with the protocol of tcp_table(5).",
    details: "`tcp:host:port`. Unprotected on the wire; not allowed where the result must be trusted.",
    example: "tcp:127.0.0.1:10000",
  },
  socketmap: {
    kind: "service",
    source: "endpoint",
    keys: "full",
    since: "2.10",
    summary: "Asks a server with the Sendmail socketmap protocol.",
    details:
      "`socketmap:inet:host:port:name` or `socketmap:unix:path:name`. The name goes to the server with each key.",
    example: "socketmap:unix:/run/policy.sock:recipients",
  },
  nis: {
    kind: "service",
    source: "system",
    keys: "parts",
    since: "2.10",
    summary: "Asks a NIS map.",
    details: "Without a running NIS domain the look-up fails.",
    example: "nis:mail.aliases",
  },
  nisplus: {
    kind: "service",
    source: "system",
    keys: "parts",
    since: "2.10",
    summary: "Asks a NIS+ table, on old Solaris systems.",
    details: "The name is a NIS+ query with `%s` for the key; see nisplus_table(5).",
    example: "nisplus:[key=%s];access.org_dir.example.com.:1",
  },
  netinfo: {
    kind: "service",
    source: "system",
    keys: "parts",
    since: "2.10",
    summary: "Asks a NetInfo directory, on old Mac OS X and NeXT systems.",
    details: "No system of today has it.",
    example: "netinfo:/aliases",
  },
  unix: {
    kind: "system",
    source: "system",
    keys: "parts",
    since: "2.10",
    summary: "Asks the user or group database of the host.",
    details:
      "`unix:passwd.byname` and `unix:group.byname`; the value is a line as in `/etc/passwd` or `/etc/group`, so it is good for lists of names, not for actions.",
    example: "unix:passwd.byname",
  },
  environ: {
    kind: "system",
    source: "none",
    keys: "parts",
    since: "2.10",
    summary: "Looks keys up in the environment of the process.",
    details: "The name behind the `:` is ignored. For tests.",
    example: "environ:",
  },
  fail: {
    kind: "system",
    source: "none",
    keys: "full",
    since: "2.10",
    summary: "Fails every look-up, to see what happens then.",
    details: "The name is for the log only.",
    example: "fail:test",
  },
  internal: {
    kind: "system",
    source: "none",
    keys: "parts",
    since: "2.10",
    summary: "A table in the memory of one process, empty at first and lost when it ends.",
    details: "Postfix uses it for caches that need not be shared.",
    example: "internal:cache",
  },
} satisfies Record<string, MapTypeFact>;

export type MapTypeName = keyof typeof MAP_TYPES;

/** The row of a map type. */
export function mapType(name: MapTypeName): MapTypeFact {
  return MAP_TYPES[name];
}

/** Map types are case-sensitive. */
export function mapTypeNamed(text: string): MapTypeName | undefined {
  return isMapTypeName(text) ? text : undefined;
}

function isMapTypeName(text: string): text is MapTypeName {
  return Object.hasOwn(MAP_TYPES, text);
}
