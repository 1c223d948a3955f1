import { parseAddress } from "../syntax/network.ts";
import { isRecord } from "../text/isRecord.ts";

/** What a field of a case has to be, in words and as a test. */
interface Shape {
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
}

type Shapes = Readonly<Record<string, Shape>>;

const TEXT: Shape = { what: "a string", fits: (value) => typeof value === "string" };
const FLAG: Shape = { what: "true or false", fits: (value) => typeof value === "boolean" };
const TEXTS = listOf(TEXT, "strings");

const CERTIFICATE: Shape = {
  what: "an object with a `fingerprint`",
  fits: (value) => isRecord(value) && TEXT.fits(value["fingerprint"]),
};

/** What a policy service answers: always, one after the other, or by the stage. */
const ACTION = either(either(TEXT, TEXTS), recordOf(TEXT, "actions by stage"));

/** The records of one type: one, several, or the way in which they fail. An MX may be `[10, "mx.example.com"]`. */
const RECORDS: Shape = { what: "records", fits: isRecords };

const CASE: Shapes = {
  id: { what: "a string or a number", fits: isScalar },
  title: TEXT,
  files: recordOf(TEXT, "texts by name"),
  config: TEXT,
  service: TEXT,
  hosts: recordOf(either(recordOf(RECORDS, "records by type"), TEXT), "records by type, by name"),
  policy: listOf({ what: "an object", fits: isPolicy }, "objects with `listen` and `action`"),
  milters: recordOf(oneOf("accepts", "not running", "refuses"), "`accepts`, `not running` or `refuses`, by endpoint"),
  tables: recordOf(orNull(recordOf(TEXT, "texts by key")), "texts by key or null, by table"),
  interfaces: TEXTS,
  hostname: TEXT,
  postfixVersion: TEXT,
  no_postmap: TEXTS,
};

const MESSAGE: Shapes = {
  client_address: {
    what: "an IPv4 or IPv6 address",
    fits: (value) => TEXT.fits(value) && parseAddress(String(value)) !== undefined,
  },
  client_name: TEXT,
  reverse_client_name: TEXT,
  client_name_status: oneOf("temp"),
  helo: TEXT,
  sasl_username: TEXT,
  sender: TEXT,
  recipients: TEXTS,
  protocol: oneOf("ESMTP", "SMTP"),
  encrypted: FLAG,
  client_certificate: CERTIFICATE,
  data: FLAG,
  etrn: TEXT,
  pipelining: FLAG,
  mail_params: TEXT,
};

/**
 * What is wrong with the shape of a case in JSON; undefined when nothing is. Null stands for what is not there. Fields that
 * a case does not know are no fault: `unknownFields` tells them.
 */
export function complaintAbout(value: unknown): string | undefined {
  if (!isRecord(value)) return "a case has to be a JSON object";
  const { message } = value;
  if (!isRecord(message)) return 'a case needs a "message" object';
  if (!TEXT.fits(message["client_address"])) return 'the message needs a "client_address" string';
  return misfit(value, CASE) ?? misfit(message, MESSAGE);
}

/** The names of the attributes of a message. */
export const MESSAGE_ATTRIBUTES: readonly string[] = Object.keys(MESSAGE);

/** The fields of a case, and of its message, that mean nothing. */
export function unknownFields(given: { readonly message: object }): readonly string[] {
  const beyond = (value: object, known: Shapes): readonly string[] =>
    Object.keys(value).filter((name) => !Object.hasOwn(known, name));
  return [
    ...beyond(given, CASE).filter((name) => name !== "message"),
    ...beyond(given.message, MESSAGE).map((name) => `message.${name}`),
  ];
}

function misfit(record: Readonly<Record<string, unknown>>, shapes: Shapes): string | undefined {
  const wrong = Object.entries(shapes).find(([name, { fits }]) => record[name] != null && !fits(record[name]));
  return wrong && `"${wrong[0]}" has to be ${wrong[1].what}`;
}

function isRecords(value: unknown): boolean {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.every((one) => isScalar(one) || (Array.isArray(one) && one.every(isScalar)));
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}

function isPolicy(value: unknown): boolean {
  return isRecord(value) && TEXT.fits(value["listen"]) && ACTION.fits(value["action"]);
}

function oneOf(...words: readonly string[]): Shape {
  return { what: words.join(" or "), fits: (value) => words.some((word) => word === value) };
}

function listOf({ fits }: Shape, what: string): Shape {
  return { what: `a list of ${what}`, fits: (value) => Array.isArray(value) && value.every(fits) };
}

function recordOf({ fits }: Shape, what: string): Shape {
  return { what: `an object: ${what}`, fits: (value) => isRecord(value) && Object.values(value).every(fits) };
}

function either(one: Shape, other: Shape): Shape {
  return { what: `${one.what} or ${other.what}`, fits: (value) => one.fits(value) || other.fits(value) };
}

function orNull({ what, fits }: Shape): Shape {
  return { what: `${what} or null`, fits: (value) => value === null || fits(value) };
}
