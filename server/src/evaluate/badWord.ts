import type { Parameters } from "../config/parameters.ts";
import { CONFIG_DIRECTORY } from "../config/project.ts";
import { isUntouched } from "../config/untouched.ts";
import { hasParameter, PARAMETERS } from "../postfix/parameters.ts";
import { splitNames } from "../syntax/words.ts";
import type { Fatal } from "./fatal.ts";

/** The first word of a value that its parameter does not take; the value itself when it has too few or too many. */
export function badWord(name: string, value: string): string | undefined {
  const fact = PARAMETERS.get(name)?.values;
  if (!fact || fact.open) return undefined;
  const words = fact.many ? splitNames(value).map(({ text }) => text) : value === "" ? [] : [value];
  if (words.length === 0) return fact.empty ? undefined : value;
  const same = (word: string): string => (fact.exact ? word : word.toLowerCase());
  const known = [...fact.values, ...(fact.outdated ?? [])];
  return words.find((word) => !known.includes(same(word)));
}

/** Says that a program dies of a word in one of these parameters, as far as the release has them. */
export function badWordIn(parameters: Parameters, names: readonly string[]): Fatal | undefined {
  for (const name of names) {
    if (isUntouched(parameters, name) || !hasParameter(name, parameters.release)) continue;
    const value = parameters.value(name);
    const bad = badWord(name, value);
    if (bad !== undefined) return { kind: "value", text: complaint(name, value, bad), words: [], parameter: name };
  }
  return undefined;
}

function complaint(name: string, value: string, bad: string): string {
  const own = COMPLAINTS[name];
  if (own) return own(value);
  if (name.endsWith("_tempfail_action")) return `bad configuration: ${name} = ${value}`;
  const what = name === "mynetworks_style" ? "mynetworks mask style" : name;
  return `unknown ${what} value "${bad}" in "${value}"`;
}

const COMPLAINTS: Readonly<Partial<Record<string, (value: string) => string>>> = {
  header_from_format: (value) => `invalid setting: "header_from_format = ${value}"`,
  info_log_address_format: (value) => `invalid parameter setting "info_log_address_format = ${value}"`,
  non_bdb_migration_level: (value) => `invalid non-Berkeley-DB migration level: '${value}'`,
  non_empty_end_of_header_action: (value) => `bad non_empty_end_of_header_action value: '${value}'`,
  smtpd_forbid_bare_newline: (value) => `bad parameter value: 'smtpd_forbid_bare_newline = ${value}'`,
  smtpd_tls_security_level: (value) => `Invalid TLS level "${value}"`,
  smtpd_upstream_proxy_protocol: (value) => `unsupported smtpd_upstream_proxy_protocol value: ${value}`,
  syslog_facility: (value) =>
    `file ${CONFIG_DIRECTORY}/main.cf: parameter syslog_facility: unrecognized value: ${value}`,
};
