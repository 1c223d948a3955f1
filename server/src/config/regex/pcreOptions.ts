import { failed, peek, take, type PcreOptions, type PcreReader } from "./pcreReader.ts";

const SWITCHES: Readonly<Record<string, keyof PcreOptions>> = {
  i: "ignoreCase",
  J: "duplicateNames",
  m: "multiline",
  n: "plainGroups",
  s: "dotAll",
  U: "ungreedy",
  x: "extended",
};

/** Reads the letters of `(?i-s`; undefined after an error. */
export function readOptions(reader: PcreReader): PcreOptions | undefined {
  const resets = take(reader, "^");
  let options = resets ? { ...reader.options, ...RESET } : reader.options;
  let value = true;
  for (; /[A-Za-z-]/.test(peek(reader)); reader.at++) {
    if (peek(reader) !== "-") {
      const changed = withOption(reader, options, value);
      if (!changed) break;
      options = changed;
    } else if (!value || resets) {
      failed(reader, "invalid hyphen in option setting", reader.at + 1);
      return undefined;
    } else value = false;
  }
  return options;
}

const RESET = {
  ignoreCase: false,
  multiline: false,
  plainGroups: false,
  dotAll: false,
  extended: false,
  extendedMore: false,
};

/** The options with the next letter turned on or off; undefined when it is none. */
function withOption(reader: PcreReader, options: PcreOptions, value: boolean): PcreOptions | undefined {
  const option = SWITCHES[peek(reader)];
  if (!option) return undefined;
  if (option !== "extended") return { ...options, [option]: value };
  const more = value && peek(reader, 1) === "x";
  if (more) reader.at++;
  return { ...options, extended: value, extendedMore: more };
}
