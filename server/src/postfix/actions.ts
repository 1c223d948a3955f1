import type { Answer } from "./restrictions.ts";

/** What stands behind the word. */
type ActionArgument = "none" | "text" | "optional-text" | "transport:destination" | "address" | "header";

/** What an access map or a policy service may answer. Cites access(5) and smtpd_check.c: check_table_result(). */
export interface ActionFact {
  readonly argument: ActionArgument;
  /** What the list gets. DISCARD: all further lists are skipped, too. HANGUP: the connection is gone. */
  readonly outcome: Answer | "DISCARD" | "HANGUP";
  /** The first release that knows it; "2.10" means 2.10 or earlier. */
  readonly since: string;
  /** One sentence. */
  readonly summary: string;
  /** Markdown. */
  readonly details: string;
  /** A right-hand side. */
  readonly example: string;
}

const DELIVERY =
  "Evaluation goes on, and a later reject still refuses the message. It concerns the whole message, all recipients. " +
  "Ignored, with a warning, in ETRN lists, with `smtpd_proxy_filter`, and in client and HELO lists with `smtpd_delay_reject = no`.";
const STATUS_CODE =
  "A status code such as `5.7.1` may stand first in the text; its first digit is made to fit the reply code.";

/**
 * In the order in which Postfix tests them. The word is what stands before the first blank; case does not matter.
 * What none of them matches must not hold a `:` and is taken as a restriction list: restrictions without
 * table, and restriction classes. `all-digits`, `4NN` and `5NN` stand for numbers, not for words.
 *
 * DELAY is not among them: the code exists, but no release is built with it.
 */
export const ACTIONS = {
  DUNNO: {
    argument: "none",
    outcome: "DUNNO",
    since: "2.10",
    summary: "Pretends that nothing was found, and ends the search in this table.",
    details:
      "The next restriction of the list is asked, and no less exact key of this table: write `DUNNO` for an exception to a broader rule. Text behind it is ignored.",
    example: "DUNNO",
  },
  REJECT: {
    argument: "optional-text",
    outcome: "REJECT",
    since: "2.10",
    summary: "Refuses the request.",
    details: `Replies with \`access_map_reject_code\` (554), \`5.7.1\` and the text, or \`Access denied\`. ${STATUS_CODE}`,
    example: "REJECT 5.7.1 Please use another server",
  },
  DEFER: {
    argument: "optional-text",
    outcome: "DEFER",
    since: "2.10",
    summary: "Tells the client to try again later.",
    details: `Replies with \`access_map_defer_code\` (450), \`4.7.1\` and the text, or \`Access denied\`. ${STATUS_CODE}`,
    example: "DEFER 4.7.1 Too busy right now",
  },
  HANGUP: {
    argument: "optional-text",
    outcome: "HANGUP",
    since: "2.10",
    summary: "Closes the connection without any reply.",
    details:
      "Undocumented: made for tests, and may change. The client will try again. To refuse for good and hang up, answer `521 text`.",
    example: "HANGUP",
  },
  INFO: {
    argument: "optional-text",
    outcome: "DUNNO",
    since: "3.0",
    summary: "Logs the text with what is known about client, sender and recipient.",
    details: "Evaluation goes on with the next restriction. The log line begins with `info:`.",
    example: "INFO seen before",
  },
  WARN: {
    argument: "optional-text",
    outcome: "DUNNO",
    since: "2.10",
    summary: "Logs the text as a warning with what is known about client, sender and recipient.",
    details: "Evaluation goes on with the next restriction. The log line begins with `warn:`.",
    example: "WARN would be refused next month",
  },
  FILTER: {
    argument: "transport:destination",
    outcome: "DUNNO",
    since: "2.10",
    summary: "Sends the message through this content filter once it is queued.",
    details: `${DELIVERY} Takes the place of \`content_filter\`; the last \`FILTER\` wins. Without a \`:\` it is ignored with a warning. An empty destination (\`smtp:\`) keeps the destination of each recipient.`,
    example: "FILTER smtp:[127.0.0.1]:10025",
  },
  HOLD: {
    argument: "optional-text",
    outcome: "DUNNO",
    since: "2.10",
    summary: "Puts the message into the hold queue, where it stays until somebody releases or deletes it.",
    details: `${DELIVERY} The text is logged. Release with \`postsuper -r\` or \`-H\`.`,
    example: "HOLD to be looked at",
  },
  DISCARD: {
    argument: "optional-text",
    outcome: "DISCARD",
    since: "2.10",
    summary: "Accepts the message and throws it away.",
    details:
      "For **all** recipients: the rest of the list, all further lists, the relay check and the check for unknown users are skipped for this recipient and for the following ones. The text is logged. " +
      "Ignored, with a warning, in the same places as `FILTER`.",
    example: "DISCARD known mail loop",
  },
  REDIRECT: {
    argument: "address",
    outcome: "DUNNO",
    since: "2.10",
    summary: "Delivers the message to this address instead of its recipients.",
    details: `${DELIVERY} Overrides \`FILTER\`; the last \`REDIRECT\` wins. Without an \`@\` it is ignored with a warning.`,
    example: "REDIRECT quarantine@example.com",
  },
  BCC: {
    argument: "address",
    outcome: "DUNNO",
    since: "3.0",
    summary: "Sends a copy of the message to this address.",
    details: `${DELIVERY} Without an \`@\` it is ignored with a warning.`,
    example: "BCC archive@example.com",
  },
  DEFER_IF_PERMIT: {
    argument: "optional-text",
    outcome: "DUNNO",
    since: "2.10",
    summary: "Turns a later permit, stated or implied, into a temporary refusal.",
    details: `If nothing rejects, the reply is \`access_map_defer_code\` (450), \`4.7.1\` and the text, or \`Service unavailable\`. A later reject wins. The first one is kept, also from one list to the next. ${STATUS_CODE}`,
    example: "DEFER_IF_PERMIT 4.7.1 Greylisted",
  },
  DEFER_IF_REJECT: {
    argument: "optional-text",
    outcome: "DUNNO",
    since: "2.10",
    summary: "Turns a later 5xx refusal of the same stage into a temporary one.",
    details: `The reply is then \`access_map_defer_code\` (450), \`4.7.1\` and the text, or \`Service unavailable\`. The relay and the recipient list are one stage in this respect. ${STATUS_CODE}`,
    example: "DEFER_IF_REJECT 4.7.1 Not sure yet",
  },
  PREPEND: {
    argument: "header",
    outcome: "DUNNO",
    since: "2.10",
    summary: "Puts this header line in front of the message.",
    details:
      "Evaluation goes on. Text that is not `name: value` is ignored with a warning; so is the action in `smtpd_end_of_data_restrictions` (too late), and in client and HELO lists with `smtpd_delay_reject = no`.",
    example: "PREPEND X-Checked: sender",
  },
  "all-digits": {
    argument: "none",
    outcome: "OK",
    since: "2.10",
    summary: "A number and nothing else means OK.",
    details:
      "Some login schemes store a time stamp. A trap: `550` alone **permits**; write `550 text` or `REJECT` to refuse.",
    example: "1700000000",
  },
  "4NN": {
    argument: "text",
    outcome: "DEFER",
    since: "2.10",
    summary: "Refuses for now, with this reply code and text.",
    details: `Three digits and a text; without a text it is a number and means OK. \`421\` also closes the connection. ${STATUS_CODE}`,
    example: "450 4.7.1 Try again later",
  },
  "5NN": {
    argument: "text",
    outcome: "REJECT",
    since: "2.10",
    summary: "Refuses, with this reply code and text.",
    details: `Three digits and a text; without a text it is a number and means OK. \`521\` also closes the connection. ${STATUS_CODE}`,
    example: "550 5.7.1 Not welcome here",
  },
  OK: {
    argument: "none",
    outcome: "OK",
    since: "2.10",
    summary: "Permits, and ends this restriction list.",
    details:
      "Text behind it is ignored, but `OK, reject` is a restriction list with an unknown member (451). The lists of the other stages are still asked. " +
      "Not allowed from `check_*_mx_access`, `check_*_ns_access`, `check_*_a_access` and `check_reverse_client_hostname_access` (451).",
    example: "OK",
  },
  RELAY: {
    argument: "none",
    outcome: "OK",
    since: "2.10",
    summary: "Another word for OK.",
    details: "Undocumented, for tables that come from Sendmail.",
    example: "RELAY",
  },
} satisfies Record<string, ActionFact>;

export type ActionName = keyof typeof ACTIONS;

/** The row of an action. */
export function action(name: ActionName): ActionFact {
  return ACTIONS[name];
}

/** The action that this word names. For numbers: undefined. */
export function actionNamed(word: string): ActionName | undefined {
  const name = word.toUpperCase();
  return isActionName(name) && /^[A-Z_]+$/.test(name) ? name : undefined;
}

function isActionName(name: string): name is ActionName {
  return Object.hasOwn(ACTIONS, name);
}
