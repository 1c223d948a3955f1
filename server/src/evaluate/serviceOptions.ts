/** An option of a service in braces. */
export interface ServiceOption {
  readonly name: string;
  readonly value: string;
}

/** Why smtpd ends because of a service in braces, in Postfix's words. */
interface ServiceError {
  readonly fatal: string;
}

/** What stands between the braces of `{ endpoint, name = value, … }`. See extpar.c, extpar(). */
export function serviceInBraces(word: string): string | ServiceError {
  const close = closing(word);
  if (close < 0) return { fatal: `missing '}' in "${word}"` };
  return close === word.length - 1 ? word.slice(1, close) : { fatal: `syntax error after '}' in "${word}"` };
}

/** Reads `name=value`, or `{ name = value }`. See attr_override.c, attr_override(). */
export function readOption(word: string): ServiceOption | ServiceError {
  const option = word.startsWith("{") ? serviceInBraces(word) : word;
  if (typeof option !== "string") return option;
  const match = /^\s*([^\s=]+)\s*=\s*([^]*?)\s*$/.exec(option);
  if (!match) return { fatal: `malformed option: ${formError(option)}: "...${option}..."` };
  const [, name = "", value = ""] = match;
  return { name, value };
}

/** See split_nameval.c, split_nameval(). */
function formError(option: string): string {
  const name = option.trim();
  if (name === "") return "missing attribute name";
  return name.startsWith("=") ? "missing attribute name" : "missing '=' after attribute name";
}

/** Where the brace that opens a text is closed, -1 if it is not. See balpar.c, balpar(). */
export function closing(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "{") depth += 1;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return -1;
}
