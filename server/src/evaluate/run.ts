import type { Configuration } from "../config/configuration.ts";
import type { AskTable } from "../config/table.ts";
import type { Resolution, ResolveSettings } from "./address/resolve.ts";
import type { Location } from "../text/location.ts";
import type { Facts, TableUse } from "./facts.ts";
import type { Message } from "./message.ts";
import type { MilterVerdict } from "./milters.ts";
import type { SubjectKind } from "./reply.ts";
import type { RestrictionList } from "../config/restrictionList.ts";
import type { ListContext, ListFinding } from "./list.ts";
import type { Settings } from "./settings.ts";

/** Why Postfix refuses. warn_if_reject does not soften "software", "resource" and "data". See mail_error.h. */
export type ErrorClass = "policy" | "protocol" | "bounce" | "software" | "resource" | "data";

/** A refusal that waits for the verdict: defer_if_permit, defer_if_reject. See smtpd_check.c, defer_if(). */
export interface Deferral {
  readonly errorClass: ErrorClass;
  readonly code: number;
  readonly dsn: string;
  readonly text: string;
}

/** What a refusal names, and how. */
export interface Subject {
  readonly name: string;
  readonly kind: SubjectKind;
}

/** A line of the log around the text of the client, whose name may become known later in the session. */
export interface LogLine {
  readonly before: string;
  readonly behind: string;
}

/** The client as smtpd sees it. `unknown` stands for a name that is not there. See smtpd_peer.c. */
export interface Client {
  readonly address: string;
  readonly name: string;
  readonly reverseName: string;
  readonly nameStatus: "ok" | "none" | "temporary" | "forged";
  readonly reverseNameStatus: "ok" | "none" | "temporary";
  /** `name[address]`, as in replies. */
  readonly text: string;
  /** The same for the log and for explanations: `unknown` as long as nobody has asked for a name that is not told. */
  readonly textInLog: string;
}

/** A filter that an access map has named, and where. */
export interface NextFilter {
  readonly destination: string;
  readonly at: Location | undefined;
}

/**
 * The state of one SMTP session while it is evaluated: what smtpd keeps in SMTPD_STATE. Created by evaluate(), seen by
 * the checks of that one evaluation and by nobody else.
 */
export interface Run {
  readonly configuration: Configuration;
  readonly settings: Settings;
  readonly facts: Facts;
  /** The tables of `facts`, by what they are asked for. */
  readonly ask: Readonly<Record<TableUse, AskTable>>;
  readonly message: Message;
  readonly client: Client;
  /** Nobody reads the log: its lines are not put together. */
  readonly quiet: boolean;
  /** Asks the restrictions that stand on the right-hand side of a table: evaluateList(), or who looks at them himself. */
  readonly askList: (run: Run, list: RestrictionList, context: ListContext) => ListFinding;
  encrypted: boolean;
  readonly log: LogLine[];
  readonly warnings: string[];

  readonly resolveSettings: ResolveSettings;
  /** Resolved addresses, by who asked: smtpd keeps them too. */
  readonly resolved: Map<string, Resolution>;
  /** What was written into each string buffer, in order. */
  readonly written: Map<string, string[]>;

  helo: string | undefined;
  login: string | undefined;
  /** The AUTH option of MAIL FROM. */
  saslSender: string | undefined;
  sender: string | undefined;
  recipient: string | undefined;
  etrn: string | undefined;
  protocol: "SMTP" | "ESMTP";
  /** The command that is being answered, as in the log: `RCPT`, `END-OF-MESSAGE`. */
  where: string;
  illegalPipelining: boolean;
  smtputf8: boolean;
  queueId: string;
  recipients: number;
  /** How many RCPT commands counted for smtpd_client_recipient_rate_limit. */
  countedRecipients: number;
  /** The recipients that were accepted. */
  readonly accepted: string[];

  recursion: number;
  /** How many restriction classes one command has asked. */
  classesAsked: number;
  /** The depth of recursion at which warn_if_reject was said; 0: it was not. */
  warnIfReject: number;
  deferIfPermit: Deferral | undefined;
  deferIfReject: Deferral | undefined;
  deferIfPermitClient: Deferral | undefined;
  deferIfPermitHelo: Deferral | undefined;
  deferIfPermitSender: Deferral | undefined;
  discard: boolean;
  hold: boolean;
  /** Where the action FILTER sends the message; the last one counts. */
  filter: NextFilter | undefined;
  hangUp: boolean;
  /** What the mail filters say to every command; undefined: nothing. */
  milter: MilterVerdict | undefined;
  recipientMapsChecked: boolean;
  senderMapsChecked: boolean;
  /** The text of the last refusal: the reply when the refusal stands. */
  refusal: string;
}
