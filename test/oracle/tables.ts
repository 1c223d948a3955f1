import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { Case } from "./case.ts";
import { ADMIN_ENVIRONMENT } from "./installation.ts";
import { writeOld } from "./oldFile.ts";
import { pathOf } from "./unsupported.ts";

/** Types that are read from the source, or not from a file at all. */
const NOT_COMPILED =
  /^(texthash|cidr|regexp|pcre|inline|static|unionmap|pipemap|randmap|unix|tcp|socketmap|memcache|fail|environ)$/;
const ALIAS_PARAMETERS = /^alias_(?:maps|database)[ \t]*=.*\n?(?:[ \t#].*\n?)*/gm;

/** Compiles the files that the configuration uses as indexed tables, the way an administrator would have. */
export function compileTables({ files, no_postmap: omitted = [] }: Case, world: string): void {
  const text = Object.values(files).join("\n");
  const aliases = (text.match(ALIAS_PARAMETERS) ?? []).join("\n");
  const sources = Object.keys(files).filter((name) => !["main.cf", "master.cf", ...omitted].includes(name));
  const isAliases = (name: string): boolean => typesOf(name, aliases).length > 0;
  const compile = (program: string, names: readonly string[]): void => {
    const tables = names.flatMap((name) => tableOf(name, text) ?? []);
    if (tables.length > 0) run(program, tables, emptyConfig(world));
  };
  compile(
    "postmap",
    sources.filter((name) => !isAliases(name)),
  );
  compile("postalias", sources.filter(isAliases));
}

/** `hash:/etc/postfix/name`, when the text speaks of it as a compiled table. */
function tableOf(name: string, text: string): string | undefined {
  const types = typesOf(name, text).filter((type) => !NOT_COMPILED.test(type));
  if (types.length === 0) return undefined;
  return `${types.includes("btree") ? "btree" : "hash"}:${pathOf(name)}`;
}

/** The table types before a path that ends in this name. `${default_database_type}:name` has the type `}`. */
function typesOf(name: string, text: string): string[] {
  const pattern = new RegExp(String.raw`(\w+|\}):[^\s,:]*?${name.replace(/[^\w/]/g, String.raw`\$&`)}(?![\w.-])`, "g");
  return Array.from(text.matchAll(pattern), ([, type = ""]) => type);
}

/** The main.cf under test may be broken, and postmap reads one. */
function emptyConfig(world: string): string {
  const directory = path.join(world, "empty");
  const file = path.join(directory, "main.cf");
  // Capital letters outside ASCII are folded, as in every configuration that people write today.
  if (!existsSync(file)) writeOld(file, "smtputf8_enable = yes\n");
  return directory;
}

/** A table that will not compile is part of the case: Postfix then answers without it. */
function run(command: string, tables: readonly string[], config: string): void {
  spawnSync(command, ["-c", config, ...tables], { env: ADMIN_ENVIRONMENT, stdio: "ignore" });
}
