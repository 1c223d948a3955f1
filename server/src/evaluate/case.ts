import { complaintAbout } from "./caseShape.ts";
import type { MilterAnswer } from "./facts.ts";
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
  /** What the mail filters of smtpd_milters and smtpd_proxy_filter do, and a proxy in front, by endpoint. */
  readonly milters?: Readonly<Record<string, MilterAnswer>>;
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
  return complaintAbout(value) ?? (value as Case);
}
