import { balancedLength } from "../syntax/tokens.ts";

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
  const length = balancedLength(word);
  if (length === 0) return { fatal: `missing '}' in "${word}"` };
  return length === word.length ? word.slice(1, -1) : { fatal: `syntax error after '}' in "${word}"` };
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

/** What programs connect by. See auto_clnt.c, auto_clnt_create(); milter8.c, milter8_connect(). */
const TRANSPORTS = ["inet", "local", "unix"];

/** What is wrong with `transport:endpoint`; undefined: nothing. */
export function badEndpoint(
  service: string,
): { readonly kind: "form" | "transport"; readonly transport: string } | undefined {
  const colon = service.indexOf(":");
  const transport = service.slice(0, Math.max(colon, 0));
  if (colon < 1 || colon === service.length - 1) return { kind: "form", transport };
  return TRANSPORTS.includes(transport) ? undefined : { kind: "transport", transport };
}
