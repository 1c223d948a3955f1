import type { Parameters } from "../config/parameters.ts";
import { isUntouched } from "../config/untouched.ts";
import { RAW_PARAMETERS, readsAtStart } from "../postfix/loadOrder.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import type { Fatal } from "./fatal.ts";

/** The first parameter that smtpd cannot read: one of main.cf, or a default that names others. */
export function badParameter(parameters: Parameters): Fatal | undefined {
  for (const name of [...[...parameters.writtenNames()].filter(isRead), ...REFERRING]) {
    const text = unreadable(parameters, name);
    if (text !== undefined) return { kind: "value", text, words: [], parameter: name };
  }
  return undefined;
}

function isRead(name: string): boolean {
  return !RAW_PARAMETERS.has(name) && readsAtStart(name);
}

/** What smtpd reads and whose defaults name others. */
const REFERRING = [...PARAMETERS.values()]
  .filter(({ name, defaults }) => isRead(name) && defaults.some(({ value }) => value.includes("$")))
  .map(({ name }) => name);

/** What a program that reads a parameter says when it dies of it; undefined: it takes the value. */
export function unreadable(parameters: Parameters, name: string): string | undefined {
  if (!PARAMETERS.has(name) || isUntouched(parameters, name)) return undefined;
  const { text, problems } = parameters.expanded(name);
  return problems.length > 0 ? "dictionary mail_dict: macro processing error" : badValue(name, text);
}

/** What a program that reads this value of a parameter says when it dies of it; undefined: it takes the value. */
export function badValue(name: string, value: string): string | undefined {
  const type = PARAMETERS.get(name)?.type;
  return type && COMPLAINTS[type](name, value);
}

type Complaint = (name: string, value: string) => string | undefined;

const COMPLAINTS: Readonly<Record<"string" | "boolean" | "integer" | "time", Complaint>> = {
  /** See mail_conf_bool.c, convert_mail_conf_bool(). */
  boolean: (name, value) => (/^(?:yes|no)$/i.test(value) ? undefined : `bad boolean configuration: ${name} = ${value}`),
  /** See mail_conf_int.c, convert_mail_conf_int() and check_mail_conf_int(). */
  integer: (name, value) => {
    if (!/^\s*[-+]?\d+$/.test(value)) return `bad numerical configuration: ${name} = ${value}`;
    const [least, most] = LIMITS[name] ?? [0, 0];
    if (least !== 0 && Number(value) < least) return `invalid ${name} parameter value ${Number(value)} < ${least}`;
    return most !== 0 && Number(value) > most
      ? `invalid ${name} parameter value ${Number(value)} > ${most}`
      : undefined;
  },
  /** See mail_conf_time.c, convert_mail_conf_time() and conv_time.c, conv_time(): what follows the unit is not read. */
  time: (name, value) =>
    /^\s*\+?\d+(?:[smhdw]|$)/.test(value) ? undefined : `parameter ${name}: bad time value or unit: ${value}`,
  /** See mail_conf_str.c, check_mail_conf_str(). */
  string: (name, value) => (value === "" && NOT_EMPTY.has(name) ? `bad string length 0 < 1: ${name} = ` : undefined),
};

/** The least and the greatest number; 0: no limit. See the tables of smtpd.c, main() and cleanup_init.c. */
const LIMITS: Readonly<Partial<Record<string, readonly [least: number, most: number]>>> = {
  unverified_sender_defer_code: [200, 499],
  unverified_recipient_defer_code: [200, 499],
  unverified_sender_reject_code: [200, 599],
  unverified_recipient_reject_code: [200, 599],
  smtpd_forbid_bare_newline_reject_code: [500, 599],
  smtpd_recipient_limit: [1, 0],
  smtpd_recipient_overshoot_limit: [1, 0],
  smtpd_history_flush_threshold: [1, 0],
  smtpd_policy_service_try_limit: [1, 0],
  smtpd_min_data_rate: [1, 0],
  smtpd_soft_error_limit: [1, 0],
  smtpd_hard_error_limit: [1, 0],
  smtpd_junk_command_limit: [1, 0],
  address_verify_poll_count: [1, 0],
  default_process_limit: [1, 0],
  line_length_limit: [512, 0],
  hopcount_limit: [1, 0],
  queue_file_attribute_count_limit: [1, 0],
  virtual_alias_recursion_limit: [1, 0],
  virtual_alias_expansion_limit: [1, 0],
  virtual_alias_address_length_limit: [1, 0],
};

/** Texts that may not be empty. See the tables of smtpd.c, main(), mail_params.c, mail_params_init() and cleanup_init.c. */
const NOT_EMPTY: ReadonlySet<string> = new Set([
  "smtpd_banner",
  "bounce_notice_recipient",
  "error_notice_recipient",
  "smtpd_sasl_path",
  "smtpd_sasl_service",
  "smtpd_sasl_type",
  "reject_tempfail_action",
  "unknown_helo_hostname_tempfail_action",
  "unknown_address_tempfail_action",
  "unverified_recipient_tempfail_action",
  "unverified_sender_tempfail_action",
  "smtpd_policy_service_default_action",
  "mail_name",
  "mail_owner",
  "setgid_group",
  "default_privs",
  "mydomain",
  "myhostname",
  "myorigin",
  "double_bounce_sender",
  "mynetworks_style",
  "default_database_type",
  "canonical_classes",
  "sender_canonical_classes",
  "recipient_canonical_classes",
  "empty_address_recipient",
  "milter_protocol",
  "milter_default_action",
  "milter_macro_daemon_name",
  "milter_macro_v",
  "header_from_format",
]);
