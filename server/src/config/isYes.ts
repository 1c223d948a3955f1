import type { Parameters } from "./parameters.ts";

/** Whether a boolean parameter is on; a value that is neither `yes` nor `no` is not. See mail_conf_bool.c, convert_mail_conf_bool(). */
export function isYes(parameters: Parameters, name: string): boolean {
  return parameters.value(name).toLowerCase() === "yes";
}
