import type { Message } from "./message.ts";

/** A message together with what is known of the world: the JSON that the command line and the tests exchange. */
export interface Case {
  readonly id?: string;
  readonly title?: string;
  /** The configuration: text by file name; they stand in /etc/postfix. */
  readonly files?: Readonly<Record<string, string>>;
  /** Or a directory that holds it. */
  readonly config?: string;
  readonly service?: string;
  readonly message: Message;
  readonly hosts?: Readonly<Record<string, HostFacts | string>>;
  readonly policy?: readonly PolicyFact[];
  /** Answers of lookup tables that no file holds; null: the table fails. */
  readonly tables?: Readonly<Record<string, Readonly<Record<string, string>> | null>>;
  readonly interfaces?: readonly string[] | undefined;
  readonly hostname?: string | undefined;
  readonly postfixVersion?: string;
  /** Table sources that nobody ran postmap on. */
  readonly no_postmap?: readonly string[];
}

/** The DNS records of a name, by type; `rcode` when the name as a whole fails. */
export type HostFacts = Readonly<Record<string, unknown>>;

export interface PolicyFact {
  readonly listen: string;
  readonly action: string | readonly string[] | Readonly<Record<string, string>>;
}

/** Reads a case from JSON; a string says what is wrong with it. */
export function caseFrom(value: unknown): Case | string {
  if (!isRecord(value)) return "a case has to be a JSON object";
  if (value["files"] !== undefined && !isRecord(value["files"])) return '"files" has to be an object';
  const { message } = value;
  if (!isRecord(message)) return 'a case needs a "message" object';
  return complaintAbout(message) ?? (value as unknown as Case);
}

function complaintAbout(message: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof message["client_address"] !== "string") return 'the message needs a "client_address" string';
  if (message["recipients"] !== undefined && !isTexts(message["recipients"])) {
    return '"recipients" has to be a list of strings';
  }
  const wrong = TEXT_OR_NULL.find((name) => message[name] != null && typeof message[name] !== "string");
  return wrong === undefined ? undefined : `"${wrong}" has to be a string or null`;
}

const TEXT_OR_NULL = ["client_name", "reverse_client_name", "helo", "sasl_username", "sender"];

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}
