import type { Parameters } from "../config/parameters.ts";
import { splitNames } from "../syntax/words.ts";

/** Whether the value of a parameter that lists names has this one, case included. See name_mask.c, name_mask_delim_opt(). */
export function hasName(parameters: Parameters, parameter: string, name: string): boolean {
  return splitNames(parameters.value(parameter)).some(({ text }) => text === name);
}
