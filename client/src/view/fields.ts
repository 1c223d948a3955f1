import type { Message } from "../../../server/src/evaluate/message.ts";
import { parseAddress } from "../../../server/src/syntax/network.ts";

/** The fields of the form: their labels, and what they say to an empty place. */
export const FIELDS = {
  client_address: { label: "Client address", hint: "IPv4 or IPv6" },
  client_name: { label: "Client name", hint: "not known; “unknown”: it has none" },
  helo: { label: "HELO", hint: "none is said" },
  sasl_username: { label: "Login", hint: "not logged in" },
  sender: { label: "Sender", hint: "<>, the null sender" },
  recipients: { label: "Recipients", hint: "separated by commas" },
} as const;

export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

/** What stands in the form. */
export interface Fields extends Readonly<Record<FieldName, string>> {
  readonly encrypted: boolean;
}

/** A message as it stands in the form. */
export function fieldsOf(message: Message): Fields {
  const { client_address, client_name, helo, sasl_username, sender, recipients = [], encrypted = false } = message;
  return {
    client_address,
    client_name: client_name === null ? NO_NAME : (client_name ?? ""),
    helo: helo ?? "",
    sasl_username: sasl_username ?? "",
    sender: sender === "" ? NULL_SENDER : (sender ?? ""),
    recipients: recipients.join(", "),
    encrypted,
  };
}

const NO_NAME = "unknown";
const NULL_SENDER = "<>";

/** The message with what was changed in the form. What the form does not show, and what nobody touched, stays. */
export function messageWith(fields: Fields, message: Message): Message {
  const before = fieldsOf(message);
  const attributes = attributesOf(fields);
  const names = Object.keys(attributes) as (keyof Fields)[];
  const changed = names.filter((name) => fields[name] !== before[name]);
  const taken = Object.fromEntries(changed.map((name) => [name, attributes[name]]));
  // The reverse name was that of the name before.
  return {
    ...message,
    ...taken,
    ...("client_name" in taken && { reverse_client_name: taken["client_name"] as Message["client_name"] }),
  };
}

function attributesOf(fields: Fields): Readonly<Record<keyof Fields, unknown>> {
  const text = (name: FieldName): string => fields[name].trim();
  const name = text("client_name");
  return {
    client_address: text("client_address"),
    client_name: name === "" ? undefined : name === NO_NAME ? null : name,
    helo: text("helo") || null,
    sasl_username: text("sasl_username") || null,
    sender: text("sender").replace(/^<(.*)>$/, "$1"),
    recipients: (text("recipients").match(RECIPIENT) ?? []).map((recipient) => recipient.replace(/^<(.+)>$/, "$1")),
    encrypted: fields.encrypted,
  };
}

/** Inside of quotes, blanks and commas are part of an address. */
const RECIPIENT = /(?:"(?:[^"\\]|\\.)*"|[^\s,])+/g;

/** What keeps a message from being traced, by field. */
export function complaintAbout({ client_address, recipients = [] }: Message): string | undefined {
  if (!parseAddress(client_address)) {
    return "The client address has to be an IPv4 or IPv6 address, such as 203.0.113.8.";
  }
  return recipients.length === 0 ? "There is no recipient." : undefined;
}
