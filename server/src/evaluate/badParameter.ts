import type { Parameters } from "../config/parameters.ts";
import { isUntouched } from "../config/untouched.ts";
import { RAW_PARAMETERS, readsAtStart } from "../postfix/loadOrder.ts";
import { LONG_NUMBERS, NOT_EMPTY, NUMBER_LIMITS, POSITIVE_TIMES } from "../postfix/parameterLimits.ts";
import { hasParameter, PARAMETERS } from "../postfix/parameters.ts";
import type { Fatal } from "./fatal.ts";

/** The first parameter that smtpd cannot read: one of main.cf, or a default that names others. */
export function badParameter(parameters: Parameters): Fatal | undefined {
  for (const name of [...[...parameters.writtenNames()].filter(readsAtStart), ...REFERRING]) {
    const text = unreadable(parameters, name);
    if (text !== undefined) return { kind: "value", text, words: [], parameter: name };
  }
  return undefined;
}

/** What smtpd reads and whose defaults name others. */
const REFERRING = [...PARAMETERS.values()]
  .filter(({ name, defaults }) => readsAtStart(name) && defaults.some(({ value }) => value.includes("$")))
  .map(({ name }) => name);

/** What a program that reads a parameter says when it dies of it; undefined: it takes the value. */
export function unreadable(parameters: Parameters, name: string): string | undefined {
  if (isUntouched(parameters, name) || !hasParameter(name, parameters.release)) return undefined;
  if (RAW_PARAMETERS.has(name)) return badValue(name, parameters.find(name)?.text ?? "");
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
  /** See mail_conf_int.c, convert_mail_conf_int() and check_mail_conf_int(); mail_conf_long.c. */
  integer: (name, value) => {
    const number = Number(value);
    const most = LONG_NUMBERS.has(name) ? 2 ** 63 : 2 ** 31;
    if (!/^\s*[-+]?\d+$/.test(value) || number < -most || number >= most) {
      return `bad numerical configuration: ${name} = ${value}`;
    }
    const { least, greatest } = NUMBER_LIMITS[name] ?? {};
    if (least !== undefined && number < least) return `invalid ${name} parameter value ${number} < ${least}`;
    return greatest !== undefined && number > greatest
      ? `invalid ${name} parameter value ${number} > ${greatest}`
      : undefined;
  },
  /** See mail_conf_time.c, convert_mail_conf_time() and check_mail_conf_time(). */
  time: (name, value) => {
    const seconds = secondsOf(value, defaultUnit(name));
    if (seconds === undefined) return `parameter ${name}: bad time value or unit: ${value}`;
    if (seconds < 1 && POSITIVE_TIMES.has(name)) return `invalid ${name}: ${seconds} (min 1)`;
    return seconds > 10 && name === "in_flow_delay" ? `invalid ${name}: ${seconds} (max 10)` : undefined;
  },
  /** See mail_conf_str.c, check_mail_conf_str(); mail_conf_raw.c, check_mail_conf_raw(). */
  string: (name, value) => {
    const length = RAW_PARAMETERS.has(name) ? "(0 < 1)" : "0 < 1";
    return value === "" && NOT_EMPTY.has(name) ? `bad string length ${length}: ${name} = ` : undefined;
  },
};

const SECONDS: Readonly<Partial<Record<string, number>>> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 };

const LONGEST = 2 ** 31 - 1;

/** What a time amounts to; what follows the unit is not read, and a unit alone is no time at all. See conv_time.c, conv_time(). */
function secondsOf(value: string, usualUnit: string): number | undefined {
  const match = /^(\s*[-+]?\d+)?([smhdw]|$)/.exec(value);
  if (!match || value === "") return undefined;
  const number = Number(match[1] ?? 0);
  const unit = SECONDS[match[2] ?? ""] ?? SECONDS[usualUnit] ?? 1;
  const fits = unit === 1 ? number <= LONGEST : number < Math.floor(LONGEST / unit);
  return number >= 0 && fits ? number * unit : undefined;
}

/** The unit of a number alone: that of the default. */
function defaultUnit(name: string): string {
  return PARAMETERS.get(name)?.defaults.at(-1)?.value.at(-1) ?? "s";
}
