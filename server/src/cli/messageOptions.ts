import type { Message } from "../evaluate/message.ts";
import { UsageError } from "./usage.ts";

/** The attributes of a message as options. */
export const MESSAGE_OPTIONS = {
  "client-address": { type: "string" },
  "client-name": { type: "string" },
  "reverse-client-name": { type: "string" },
  helo: { type: "string" },
  "sasl-username": { type: "string" },
  sender: { type: "string" },
  recipient: { type: "string", multiple: true },
  encrypted: { type: "boolean" },
} as const;

type Values = { readonly [Name in keyof typeof MESSAGE_OPTIONS]?: string | string[] | boolean | undefined };

/** Makes a message from the options. `unknown` as a name means that the client has none. */
export function messageFrom(values: Values): Message {
  const address = text(values["client-address"]);
  if (address === undefined) throw new UsageError("the message needs --client-address (or --case, or --batch)");
  const recipients = Array.isArray(values.recipient) ? values.recipient : [];
  if (recipients.length === 0) throw new UsageError("the message needs at least one --recipient");
  return {
    client_address: address,
    client_name: name(values["client-name"]),
    reverse_client_name: name(values["reverse-client-name"] ?? values["client-name"]),
    helo: text(values.helo) ?? "client.example",
    sasl_username: text(values["sasl-username"]) ?? null,
    sender: text(values.sender) ?? "",
    recipients,
    encrypted: values.encrypted === true,
  };
}

function name(value: string | string[] | boolean | undefined): string | null {
  const given = text(value);
  return given === undefined || given === "unknown" ? null : given;
}

function text(value: string | string[] | boolean | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
