/** What header_checks, body_checks and their relatives may answer. */
export interface HeaderActionFact {
  readonly argument: "none" | "text" | "optional-text" | "transport:destination" | "address" | "header";
  /** Whether the SMTP client's own checks (smtp_header_checks …) know it. header_body_checks.c, hbc_action(). */
  readonly inClient: boolean;
  /** The first release that knows it; "2.10" means 2.10 or earlier. */
  readonly since: string;
  /** One sentence. */
  readonly summary: string;
  /** Markdown. */
  readonly details: string;
  /** A right-hand side. */
  readonly example: string;
}

const WHOLE = "It concerns the whole message, all recipients, and ends the inspection of it.";
const ALL_RECIPIENTS = "It concerns all recipients; the next line is inspected.";
const NOT_IN_CLIENT = "Not known to the checks of the SMTP client.";

/** Cites header_checks(5) and cleanup_message.c, cleanup_act(). Case does not matter. */
export const HEADER_ACTIONS = {
  BCC: {
    argument: "address",
    inClient: false,
    since: "3.0",
    summary: "Sends a copy of the message to this address.",
    details: `The next line is inspected. Without an \`@\` it is ignored with a warning. ${NOT_IN_CLIENT}`,
    example: "BCC archive@example.com",
  },
  DISCARD: {
    argument: "optional-text",
    inClient: false,
    since: "2.10",
    summary: "Accepts the message and throws it away.",
    details: `${WHOLE} The text is logged. ${NOT_IN_CLIENT}`,
    example: "DISCARD known mail loop",
  },
  DUNNO: {
    argument: "none",
    inClient: true,
    since: "2.10",
    summary: "Pretends that nothing was found: the line stays, and the next one is inspected.",
    details: "Write it for an exception before a broader pattern. `OK` means the same here; it permits nothing.",
    example: "DUNNO",
  },
  FILTER: {
    argument: "transport:destination",
    inClient: false,
    since: "2.10",
    summary: "Sends the message through this content filter once it is queued.",
    details: `${ALL_RECIPIENTS} Takes the place of \`content_filter\`; the last \`FILTER\` wins. ${NOT_IN_CLIENT}`,
    example: "FILTER smtp:[127.0.0.1]:10025",
  },
  HOLD: {
    argument: "optional-text",
    inClient: false,
    since: "2.10",
    summary: "Puts the message into the hold queue, where it stays until somebody releases or deletes it.",
    details: `${ALL_RECIPIENTS} Release with \`postsuper -r\` or \`-H\`. ${NOT_IN_CLIENT}`,
    example: "HOLD to be looked at",
  },
  IGNORE: {
    argument: "none",
    inClient: true,
    since: "2.10",
    summary: "Removes this line from the message without a word in the log.",
    details: "The next line is inspected. `STRIP` does the same and logs it.",
    example: "IGNORE",
  },
  INFO: {
    argument: "optional-text",
    inClient: true,
    since: "2.10",
    summary: "Logs the line and the text, and changes nothing.",
    details: "The log line begins with `info:`. The next line is inspected.",
    example: "INFO seen before",
  },
  PASS: {
    argument: "optional-text",
    inClient: false,
    since: "3.2",
    summary: "Ends header, body and milter inspection of this message.",
    details: `What it relies on is easy to forge: whoever knows the line gets everything through. ${NOT_IN_CLIENT}`,
    example: "PASS from our own list server",
  },
  PREPEND: {
    argument: "text",
    inClient: true,
    since: "2.10",
    summary: "Puts a line with this text in front of the line.",
    details:
      "In front of a header the text has to begin with a valid header name. The new line is not inspected itself. Not in `milter_header_checks`.",
    example: "PREPEND X-Checked: yes",
  },
  REDIRECT: {
    argument: "address",
    inClient: false,
    since: "2.10",
    summary: "Delivers the message to this address instead of its recipients.",
    details: `${ALL_RECIPIENTS} Overrides \`FILTER\`; the last \`REDIRECT\` wins. ${NOT_IN_CLIENT}`,
    example: "REDIRECT quarantine@example.com",
  },
  REJECT: {
    argument: "optional-text",
    inClient: false,
    since: "2.10",
    summary: "Refuses the whole message.",
    details: `${WHOLE} The reply is the text, with \`5.7.1\` unless a status code stands first. ${NOT_IN_CLIENT}`,
    example: "REJECT 5.7.1 No such attachments here",
  },
  REPLACE: {
    argument: "text",
    inClient: true,
    since: "2.10",
    summary: "Puts a line with this text in the place of the line.",
    details: "In place of a header the text has to begin with a valid header name. The next line is inspected.",
    example: "REPLACE Subject: (removed)",
  },
  STRIP: {
    argument: "optional-text",
    inClient: true,
    since: "3.2",
    summary: "Removes this line from the message and logs that.",
    details: "The log line begins with `strip:`. The next line is inspected. `IGNORE` does the same in silence.",
    example: "STRIP internal header",
  },
  WARN: {
    argument: "optional-text",
    inClient: true,
    since: "2.10",
    summary: "Logs the line and the text as a warning, and changes nothing.",
    details: "The log line begins with `warning:`. Good for trying a pattern before it refuses mail.",
    example: "WARN would be refused",
  },
} satisfies Record<string, HeaderActionFact>;

export type HeaderActionName = keyof typeof HEADER_ACTIONS;

/** The row of an action. */
export function headerAction(name: HeaderActionName): HeaderActionFact {
  return HEADER_ACTIONS[name];
}

/** The action that this word names. */
export function headerActionNamed(word: string): HeaderActionName | undefined {
  const name = word.toUpperCase();
  if (name === "OK") return "DUNNO";
  return isHeaderActionName(name) ? name : undefined;
}

function isHeaderActionName(name: string): name is HeaderActionName {
  return Object.hasOwn(HEADER_ACTIONS, name);
}

/** Whether the values of this parameter's tables are header or body actions. */
export function holdsHeaderActions(parameter: string): boolean {
  return /^(?:(?:smtp|lmtp|milter)_)?(?:mime_|nested_)?(?:header|body)_checks$/.test(parameter);
}
