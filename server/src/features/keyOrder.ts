import { addressKeys, domainKeys, mailAddressKeys, type LookupKey } from "../evaluate/address/keys.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { restriction, type RestrictionName } from "../postfix/restrictions.ts";
import { code } from "./markdown.ts";
import type { TableAsker } from "../config/tableAskers.ts";

/** The keys that a restriction tries for a subject, in its order. */
interface TriedKeys {
  /** Markdown: the subject that was made up to fit the key. */
  readonly subject: string;
  readonly keys: readonly string[];
}

/** What a restriction tries for a subject that this key could be meant for; undefined when it depends on its caller. */
export function triedKeys({ configuration, check }: TableAsker, key: string): TriedKeys | undefined {
  if (check === undefined) return undefined;
  const { subdomains: domains, delimiter, nullSenderKey } = settingsOf(configuration);
  const kind = kindOf(check);
  if (kind === "mail") {
    if (key === nullSenderKey && check === "check_sender_access") {
      return { subject: "the null sender", keys: [nullSenderKey] };
    }
    const address = addressFor(key);
    return tried(`the address ${code(address)}`, mailAddressKeys(address, { delimiter, domains }));
  }
  if (kind === "whole") return { subject: `the value ${code(key)}`, keys: [key] };
  const [name, address] = [nameFor(key), addressOf(key)];
  const names = kind === "address" ? [] : domainKeys(name, domains);
  const addresses = kind === "name" ? [] : addressKeys(address);
  const subject = [...(names.length > 0 ? [code(name)] : []), ...(addresses.length > 0 ? [code(`[${address}]`)] : [])];
  return tried(subject.join(" "), [...names, ...addresses]);
}

function tried(subject: string, keys: readonly LookupKey[]): TriedKeys {
  return { subject, keys: keys.map(({ key }) => key) };
}

/** What a check looks up. smtpd_check.c: check_mail_access(), check_namadr_access(), check_domain_access() … */
function kindOf(check: RestrictionName): "mail" | "name" | "address" | "name and address" | "whole" {
  if (check.endsWith("_a_access")) return "address";
  if (/_(?:mx|ns)_access$/.test(check)) return "name and address";
  const { attribute } = restriction(check);
  if (attribute === "sender" || attribute === "recipient") return "mail";
  if (attribute === "client" || attribute === "reverse-client") return "name and address";
  return attribute === "helo" || attribute === "etrn" ? "name" : "whole";
}

/** `user@` and `@domain` are completed; a domain gets a user. */
function addressFor(key: string): string {
  if (key.includes("@")) return key.startsWith("@") ? `user${key}` : key.replace(/@$/, "@example.com");
  return `user@${nameFor(key)}`;
}

/** `.example.com` and `*.example.com` are about the names below; of a mail address the domain can be a name. */
function nameFor(key: string): string {
  if (ADDRESS.test(key)) return "mail.example.com";
  if (key.includes("@")) return key.slice(key.lastIndexOf("@") + 1) || "mail.example.com";
  return key.replace(/^\*?\./, "mail.");
}

/** An address in the network that is written as `192.0.2`. */
function addressOf(key: string): string {
  if (!ADDRESS.test(key)) return "192.0.2.1";
  const parts = key.split(".").filter((part) => part !== "");
  return key.includes(":") ? key : [...parts, ...["0", "0", "1"].slice(parts.length - 1)].join(".");
}

const ADDRESS = /^[0-9.]+$|:/;
