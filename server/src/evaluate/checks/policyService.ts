import { balancedLength } from "../../syntax/tokens.ts";
import { splitNames, splitWords } from "../../syntax/words.ts";
import { badEndpoint, readOption, type ServiceOption } from "../serviceOptions.ts";

/** The argument of check_policy_service. */
export interface PolicyService {
  /** `inet:127.0.0.1:10031`, `unix:private/policy` */
  readonly endpoint: string;
  /** Undefined: smtpd_policy_service_default_action. */
  readonly defaultAction: string | undefined;
  readonly context: string | undefined;
}

/** Why smtpd does not start because of the argument, in Postfix's words. */
export interface PolicyServiceError {
  readonly fatal: string;
}

/**
 * Reads `inet:host:port`, or `{ inet:host:port, name = value, … }`. smtpd reads it when it starts.
 * See smtpd_check.c, policy_client_register().
 */
export function parsePolicyService(argument: string): PolicyService | PolicyServiceError {
  if (!argument.startsWith("{")) return transportError(argument) ?? { endpoint: argument, ...NO_OPTIONS };
  const length = balancedLength(argument);
  const inside = argument.slice(1, length === 0 ? undefined : length - 1);
  if (length !== argument.length) return { fatal: `policy service syntax error: ${inside}` };
  const [first] = splitNames(inside);
  if (!first) return { fatal: `empty policy service: "${argument}"` };
  const options = readOptions(inside.slice(first.end));
  return "fatal" in options ? options : (transportError(first.text) ?? { endpoint: first.text, ...options });
}

type Options = Omit<PolicyService, "endpoint">;

const NO_OPTIONS: Options = { defaultAction: undefined, context: undefined };

/** See attr_override.c, attr_override(). */
function readOptions(text: string): Options | PolicyServiceError {
  let options = NO_OPTIONS;
  for (const word of splitWords(text)) {
    const option = readPolicyOption(word.text);
    if ("fatal" in option) return option;
    const { name, value } = option;
    if (name === "default_action") options = { ...options, defaultAction: value };
    if (name === "policy_context") options = { ...options, context: value };
  }
  return options;
}

function readPolicyOption(word: string): ServiceOption | PolicyServiceError {
  const option = readOption(word);
  const problem = "fatal" in option ? undefined : optionError(option.name, option.value);
  return problem === undefined ? option : { fatal: problem };
}

const TIMES = ["timeout", "max_idle", "max_ttl", "retry_delay"];
const LEAST: Readonly<Partial<Record<string, number>>> = { request_limit: 0, try_limit: 1 };

function optionError(name: string, value: string): string | undefined {
  if (name === "default_action" || name === "policy_context") {
    return value === "" ? `bad string length 0 < 1: ${name} = ` : undefined;
  }
  if (TIMES.includes(name)) {
    if (!/^\d+(?:[smhdw].*)?$/.test(value)) return `${name}: bad time value or unit: ${value}`;
    return Number.parseInt(value, 10) < 1 ? `invalid ${name}: 0 (min 1)` : undefined;
  }
  const least = LEAST[name];
  if (least === undefined) return `unknown option: "${name} = ${value}"`;
  if (!/^[+-]?\d+$/.test(value)) return `bad numerical configuration: ${name} = ${value}`;
  return Number(value) < least ? `invalid ${name} parameter value ${Number(value)} < ${least}` : undefined;
}

/** See auto_clnt.c, auto_clnt_create(). */
function transportError(service: string): PolicyServiceError | undefined {
  const bad = badEndpoint(service);
  if (!bad) return undefined;
  return bad.kind === "form"
    ? { fatal: `need service transport:endpoint instead of "${service}"` }
    : { fatal: `invalid transport name: ${bad.transport} in service: ${service}` };
}
