import type { Parameters } from "../config/parameters.ts";
import { CONFIG_DIRECTORY } from "../config/project.ts";
import { defaultOf, PARAMETERS } from "../postfix/parameters.ts";
import { splitNames } from "../syntax/words.ts";
import type { Fatal } from "./fatal.ts";

/** The first word of a value that its parameter does not take; the value itself when it has too few or too many. */
export function badWord(name: string, value: string): string | undefined {
  const fact = PARAMETERS.get(name)?.values;
  if (!fact || fact.open) return undefined;
  const words = fact.many ? splitNames(value).map(({ text }) => text) : value === "" ? [] : [value];
  if (words.length === 0) return fact.empty ? undefined : value;
  const same = (word: string): string => (fact.exact ? word : word.toLowerCase());
  return words.find((word) => ![...fact.values, ...(fact.outdated ?? [])].includes(same(word)));
}

/** Says that a program dies of a word in one of these parameters, as far as the release has them. */
export function badWordIn(parameters: Parameters, names: readonly string[]): Fatal | undefined {
  for (const name of names.filter((one) => defaultOf(one, parameters.release) !== undefined)) {
    const value = parameters.value(name);
    const bad = badWord(name, value);
    if (bad !== undefined) return { kind: "value", text: complaint(name, value, bad), words: [], parameter: name };
  }
  return undefined;
}

function complaint(name: string, value: string, bad: string): string {
  if (name === "syslog_facility") {
    return `file ${CONFIG_DIRECTORY}/main.cf: parameter ${name}: unrecognized value: ${value}`;
  }
  if (name === "info_log_address_format") return `invalid parameter setting "${name} = ${value}"`;
  if (name === "non_bdb_migration_level") return `invalid non-Berkeley-DB migration level: '${value}'`;
  if (name === "non_empty_end_of_header_action") return `bad ${name} value: '${value}'`;
  if (name === "header_from_format") return `invalid setting: "${name} = ${value}"`;
  if (name === "smtpd_tls_security_level") return `Invalid TLS level "${value}"`;
  if (name === "smtpd_forbid_bare_newline") return `bad parameter value: '${name} = ${value}'`;
  if (name === "smtpd_upstream_proxy_protocol") return `unsupported ${name} value: ${value}`;
  if (name.endsWith("_tempfail_action")) return `bad configuration: ${name} = ${value}`;
  const what = name === "mynetworks_style" ? "mynetworks mask style" : name;
  return `unknown ${what} value "${bad}" in "${value}"`;
}
