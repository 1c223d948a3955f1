import { hexDigits } from "../../oracle/dnsZone.ts";
import type { Message } from "../../oracle/case.ts";
import type { Draft } from "./draft.ts";

/** `8.113.0.203`, as a DNS list is asked. */
export function reverseLabels(address: string): string {
  if (!address.includes(":")) return address.split(".").reverse().join(".");
  return Array.from(hexDigits(address)).reverse().join(".");
}

/** What a table may be asked for. */
export type KeyKind = "client" | "reverse-client" | "helo" | "sender" | "recipient" | "etrn" | "sasl" | "server";

/** Keys for a table of a kind: what Postfix will ask for, what it nearly asks for, and what it does not. */
export function keysFor({ message }: Draft, kind: KeyKind): readonly string[] {
  return KEYS[kind](message);
}

const KEYS: Readonly<Record<KeyKind, (message: Message) => readonly string[]>> = {
  client: ({ client_name: name, client_address: address }) => [...nameKeys(name ?? "unknown"), ...addressKeys(address)],
  "reverse-client": ({ reverse_client_name: name, client_address: address }) => [
    ...nameKeys(name ?? "unknown"),
    ...addressKeys(address),
  ],
  helo: ({ helo }) => nameKeys(helo ?? "none"),
  sender: ({ sender }) => mailKeys(sender ?? ""),
  recipient: ({ recipients = [] }) => recipients.flatMap(mailKeys),
  etrn: ({ etrn }) => nameKeys((etrn ?? "example.com").replace(/^[@#]/, "")),
  sasl: ({ sasl_username: login }) => [login ?? "joe", "joe", "alice"],
  server: () => SERVER_KEYS,
};

const SERVER_KEYS = [
  "mail.remote.test",
  "mx.other.test",
  ...["remote.test", ".remote.test", "other.test", "test", "ns.remote.test", "mx.example.com", "com"],
  ...["203.0.113.8", "203.0.113.7", "203.0.113", "198.51.100", "192.0.2.99", "203.0.113.53", "2001:db8"],
];

function nameKeys(name: string): string[] {
  const bare = name.replace(/\.$/, "");
  const labels = bare.split(".");
  const parents = labels.slice(1).map((_, at) => labels.slice(at + 1).join("."));
  return [name, bare, ...parents, ...parents.map((parent) => `.${parent}`)].filter((key) => key !== "");
}

function addressKeys(address: string): string[] {
  const separator = address.includes(":") ? ":" : ".";
  const parts = address.split(separator);
  return parts.map((_, at) => parts.slice(0, at + 1).join(separator)).filter((key) => key !== "");
}

function mailKeys(address: string): string[] {
  if (address === "") return ["<>", "null@sender"];
  const bare = address.replace(/^@[^:]*:/, "");
  const at = bare.lastIndexOf("@");
  const [local, domain] = at < 0 ? [bare, "mx.example.com"] : [bare.slice(0, at), bare.slice(at + 1)];
  const plain = local.replace(/[+-].*$/, "");
  return [bare, `${plain}@${domain}`, `${local}@`, `${plain}@`, ...nameKeys(domain), `@${domain}`];
}

/** The domain of an address, for lists of domains. */
export function domainsOf({ sender, recipients = [] }: Message): string[] {
  return [sender ?? "", ...recipients].flatMap((address) => /@([\w.-]+)\.?$/.exec(address)?.[1] ?? []);
}
