/** What is asked of Postfix, and what it answered: the shapes that the command line speaks, as far as a real Postfix fills them. */
export interface Case {
  readonly id: string;
  readonly note?: string;
  readonly files: Readonly<Record<string, string>>;
  readonly service?: string;
  readonly message: Message;
  readonly hosts?: Hosts;
  readonly policy?: readonly PolicyServer[];
  /** Indexed tables whose source stands there without having been compiled. */
  readonly no_postmap?: readonly string[];
  readonly hostname?: string;
  readonly interfaces?: readonly string[];
  readonly tables?: Readonly<Record<string, unknown>>;
  readonly postfixVersion?: string;
}

export interface Message {
  readonly client_address: string;
  readonly client_name?: string | null;
  readonly reverse_client_name?: string | null;
  readonly client_name_status?: "temp";
  readonly helo?: string | null;
  readonly sasl_username?: string | null;
  /** `""` is the null sender, `null` sends no MAIL FROM at all. */
  readonly sender?: string | null;
  readonly recipients?: readonly string[];
  readonly protocol?: "ESMTP" | "SMTP";
  readonly encrypted?: boolean;
  readonly data?: boolean;
  readonly etrn?: string | null;
  readonly vrfy?: readonly string[];
  readonly pipelining?: boolean;
  readonly mail_params?: string;
}

export type Hosts = Readonly<Record<string, Host>>;
export type Failure = "SERVFAIL" | "NXDOMAIN" | "REFUSED" | "TIMEOUT";
/** `rcode` fails every question about the name, a failure in the place of a record list only questions of that type. */
export interface Host {
  readonly rcode?: Failure;
  readonly CNAME?: string;
  readonly A?: readonly string[] | string;
  readonly AAAA?: readonly string[] | string;
  readonly NS?: readonly string[] | string;
  readonly TXT?: readonly string[] | string;
  readonly PTR?: readonly string[] | string;
  readonly MX?: readonly (readonly [number, string])[] | Failure;
}

export interface PolicyServer {
  readonly listen: string;
  /** One answer; one per request, the last repeated; or one per protocol state, `*` for the others. `null` hangs up. */
  readonly action: PolicyAction | readonly PolicyAction[] | Readonly<Record<string, PolicyAction>>;
}
export type PolicyAction = string | null;

export interface Reply {
  readonly code: number;
  readonly enhanced: string | null;
  readonly text: string;
  readonly raw: string;
}
export type Stage = Reply | { readonly closed: true } | { readonly skipped: true } | null;

export interface Stages {
  readonly connect: Stage;
  readonly ehlo: Stage;
  readonly mail: Stage;
  readonly rcpt: readonly Stage[];
  readonly data: Stage;
  readonly eod: Stage;
  readonly etrn: Stage;
  /** Only where the message asks for them. */
  readonly starttls?: Stage;
  readonly auth?: Stage;
  readonly vrfy?: readonly Stage[];
}

export interface Answer {
  readonly id: string;
  readonly stages: Stages;
  /** One for each RCPT TO that was sent. */
  readonly accepted: readonly boolean[];
  readonly fatal: readonly string[] | null;
  /** What smtpd logged about its decisions. */
  readonly log: readonly string[];
  readonly warnings: readonly string[];
  /** `stage:code` of the first refusal on the way of the first recipient, `stage:closed`, `stage:fatal` or `accept`. */
  readonly outcome: string;
  readonly dns_queries: readonly string[];
}

export function isReply(stage: Stage | undefined): stage is Reply {
  return stage !== undefined && stage !== null && "code" in stage;
}
