import { formatAddress, parseAddress } from "../../syntax/network.ts";

/** A line of the mail log, as far as it tells about an SMTP session. */
export interface LogLine {
  readonly line: string;
  /** The name in front of the program: `postfix`, `postfix/submission`, `postfix-out`. */
  readonly logName: string | undefined;
  /** `smtpd`, `postscreen`, `cleanup` … */
  readonly program: string | undefined;
  readonly pid: string | undefined;
  readonly event: LogEvent;
}

/** `name[address]`; undefined: Postfix itself does not know the address, or (postscreen) has not asked for the name. */
export interface LoggedClient {
  readonly name: string | undefined;
  readonly address: string | undefined;
}

export type LogEvent =
  | Decision
  | { readonly kind: "connect" | "encrypted"; readonly client: LoggedClient }
  | { readonly kind: "disconnect"; readonly client: LoggedClient; readonly encrypted: boolean }
  | {
      readonly kind: "queued";
      readonly client: LoggedClient;
      readonly queueId: string;
      readonly login: string | undefined;
    }
  | Forged
  | { readonly kind: "sender" | "recipient"; readonly queueId: string; readonly address: string }
  | { readonly kind: "other" };

/** `NOQUEUE: reject: RCPT from name[address]: 554 …; from=<…> …` */
export interface Decision {
  readonly kind: "decision";
  readonly queueId: string;
  readonly action: string;
  /** `CONNECT`, `EHLO`, `MAIL`, `RCPT`, `DATA`, `END-OF-MESSAGE` … */
  readonly stage: string;
  readonly client: LoggedClient;
  readonly text: string;
  readonly attributes: Attributes;
}

/** The reverse name of a client that did not verify. */
export interface Forged {
  readonly kind: "forged";
  readonly reverseName: string;
  readonly address: string;
  /** The name could not be looked up for a moment. */
  readonly temporary: boolean;
}

/** What stands at the end of the line: `from=<…> to=<…> proto=ESMTP helo=<…>`. */
export type Attributes = Readonly<Partial<Record<AttributeName, string>>>;

/** What the log says about the fate of a message. */
export interface Logged {
  readonly line: string;
  /** Who wrote the line: `smtpd`, `postscreen`, `cleanup`; undefined when only the text is given. */
  readonly program: string | undefined;
  /** `reject`, `hold` …; `accept` stands for `client=…`. */
  readonly action: string;
  readonly stage: string;
  /** The reply of a refusal, or the text of another action. */
  readonly text: string;
}

/** Reads a line of the mail log, with or without what syslog puts in front. */
export function parseLogLine(line: string): LogLine {
  const tag = TAG.exec(line);
  const event = eventOf(bodyOf(line, tag));
  const { logName, program, pid, procid } = tag?.groups ?? {};
  return { line: line.trim(), logName, program, pid: pid ?? procid, event };
}

/** The program in the traditional form, `postfix/smtpd[123]: `, and in that of RFC 5424, `postfix/smtpd 123 - - `. */
const TAG =
  /(?:^|\s)(?<logName>[\w.-]+(?:\/[\w.-]+)*)\/(?<program>[\w.-]+)(?:(?:\[(?<pid>\d+)\])?:\s+|\s+(?<procid>\d+|-)\s+\S+\s+(?:-|\[[^\]]*\])\s+)/;

/** Solaris puts `[ID 197553 mail.info]` in front of the text. */
const MESSAGE_ID = /^\[ID \d+ \S+\]\s+/;

/** Where the text begins when the program has a name that we do not know as one. */
const BODY = /(?:^|\s)(?=connect from \S|[0-9A-Za-z]+: (?:client=|[a-z][a-z_-]*: [A-Z-]+ from \S))/;

function bodyOf(line: string, tag: RegExpExecArray | null): string {
  if (tag) return line.slice(tag.index + tag[0].length).replace(MESSAGE_ID, "");
  const start = BODY.exec(line);
  return start ? line.slice(start.index).trimStart() : line.trim();
}

/** Reads the text of a line: what smtpd and its neighbours write behind `postfix/smtpd[123]: `. */
export function eventOf(text: string): LogEvent {
  const body = text.trim();
  for (const read of [decision, queued, connection, forged, envelope]) {
    const event = read(body);
    if (event) return event;
  }
  return { kind: "other" };
}

const CLIENT = String.raw`(?<name>[^\s[\]]*)\[(?<address>[^\s\]]*)\](?::\d+)?`;
const DECISION = new RegExp(
  String.raw`^(?<id>[0-9A-Za-z]+): (?<action>[a-z][a-z_-]*): (?<stage>[A-Z][A-Z-]*) from ${CLIENT}: (?<rest>.*)$`,
);

/** See smtpd_check.c, log_whatsup(), and smtpd.c, check_milter_reply(). */
function decision(body: string): Decision | undefined {
  const match = DECISION.exec(body);
  if (!match?.groups) return undefined;
  const { id = "", action = "", stage = "", rest = "" } = match.groups;
  const { text, attributes } = takeAttributes(rest);
  return { kind: "decision", queueId: id, action, stage, client: clientOf(match), text, attributes };
}

const QUEUED = new RegExp(String.raw`^(?<id>[0-9A-Za-z]+): client=${CLIENT}(?<rest>(?:, .*)?)$`);
const LOGIN = /, sasl_username=(.*?)(?:, (?:sasl_sender|orig_queue_id|orig_client)=.*)?$/;

/** See smtpd.c, smtpd_open_file(). */
function queued(body: string): LogEvent | undefined {
  const match = QUEUED.exec(body);
  if (!match?.groups) return undefined;
  const { id = "", rest = "" } = match.groups;
  return { kind: "queued", queueId: id, client: clientOf(match), login: LOGIN.exec(rest)?.[1] };
}

const CONNECTION = new RegExp(
  String.raw`^(?<what>connect from|disconnect from|CONNECT from|\w+ TLS connection established from) ${CLIENT}(?<rest>.*)$`,
);

/** See smtpd.c, smtpd_service(), and tls_misc.c, tls_log_summary(). */
function connection(body: string): LogEvent | undefined {
  const match = CONNECTION.exec(body);
  if (!match?.groups) return undefined;
  const { what = "", rest = "" } = match.groups;
  const client = clientOf(match);
  if (what === "disconnect from") return { kind: "disconnect", client, encrypted: / starttls=[1-9]/.test(rest) };
  return { kind: what.includes("TLS") ? "encrypted" : "connect", client };
}

/** A reverse name that did not verify. See smtpd_peer.c, smtpd_peer_sockaddr_to_hostname(). */
function forged(body: string): LogEvent | undefined {
  const match = /^warning: hostname (\S+) does not resolve to address (\S+?)(?:: (.*))?$/.exec(body);
  if (!match) return undefined;
  const [, reverseName = "", address = "", because = ""] = match;
  return {
    kind: "forged",
    reverseName,
    address: plainAddress(address),
    temporary: /^Temporary|try again/i.test(because),
  };
}

/** What the queue manager and the delivery agents say about a message in the queue. */
function envelope(body: string): LogEvent | undefined {
  const match = /^([0-9A-Za-z]+): (from|to)=<([^>]*)>(?:, orig_to=<([^>]*)>)?, /.exec(body);
  if (!match) return undefined;
  const [, queueId = "", which, address = "", original] = match;
  return { kind: which === "from" ? "sender" : "recipient", queueId, address: original ?? address };
}

function clientOf({ groups = {} }: RegExpExecArray): LoggedClient {
  const { name = "", address = "" } = groups;
  return { name: name === "" ? undefined : name, address: address === "unknown" ? undefined : plainAddress(address) };
}

/** An address as Postfix knows it: others write `IPv6:` in front, capital letters, zeros, or the name of an interface behind. */
function plainAddress(written: string): string {
  const address = written.replace(/^IPv6:/i, "").replace(/%.*$/, "");
  const parsed = parseAddress(address);
  return parsed ? formatAddress(parsed) : address;
}

const ATTRIBUTE_NAMES = ["from", "to", "proto", "helo", "sasl_method", "sasl_username", "sasl_sender"] as const;
type AttributeName = (typeof ATTRIBUTE_NAMES)[number];

/** The attributes behind a semicolon; those of postscreen have commas between. */
function attributesPattern(address: string): RegExp {
  const envelope = String.raw`(?: from=<(?<from>${address})>,?)?(?: to=<(?<to>${address})>,?)?`;
  const session = String.raw`(?: proto=(?<proto>[^\s,]+),?)?(?: helo=<(?<helo>[^<>]*)>)?`;
  const login = String.raw`(?: sasl_method=(?<sasl_method>\S+))?(?: sasl_username=(?<sasl_username>.*?))?(?: sasl_sender=(?<sasl_sender>\S+))?`;
  return new RegExp(`^${envelope}${session}${login}$`);
}

/** Brackets in an address are in quotes, unless the server writes addresses as they are (info_log_address_format). */
const ATTRIBUTES = [String.raw`(?:"(?:[^"\\]|\\.)*"|[^"<>])*`, ".*?"].map(attributesPattern);

/** Cuts the attributes off the end. The text, and the addresses, may hold semicolons too. */
function takeAttributes(rest: string): { readonly text: string; readonly attributes: Attributes } {
  const line = rest.trimEnd();
  const ends = [...line.matchAll(/;(?= )/g)].map(({ index }) => index);
  for (const pattern of ATTRIBUTES) {
    for (const end of ends) {
      const groups = pattern.exec(line.slice(end + 1))?.groups;
      if (groups) return { text: line.slice(0, end), attributes: attributesIn(groups) };
    }
  }
  return { text: line.replace(/;$/, ""), attributes: {} };
}

function attributesIn(groups: Readonly<Partial<Record<string, string>>>): Attributes {
  const found = ATTRIBUTE_NAMES.map((name) => [name, groups[name]] as const);
  return {
    ...Object.fromEntries(found.filter(([, value]) => value !== undefined)),
    // A milter's line has the login in brackets.
    ...(groups["sasl_username"] !== undefined && { sasl_username: groups["sasl_username"].replace(/^<(.*)>$/, "$1") }),
  };
}
