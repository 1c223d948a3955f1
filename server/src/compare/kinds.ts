import type { Configuration } from "../config/configuration.ts";
import { NOT_FOUND } from "../config/table.ts";
import { resolveAddress, type AddressClass } from "../evaluate/address/resolve.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { canBeStrangers, isStrangersAddress, namedBy } from "../relay/outsiders.ts";
import type { Part, Parts, Who } from "./parts.ts";

/** Says of what kind a part of a message is, in words; undefined for the HELO name, which says what it likes. */
export type KindOf = (parts: Parts) => Readonly<Record<Exclude<Part, "helo">, string>>;

/** Somebody of whom neither configuration knows anything. */
export const STRANGER = "strangers";

/** Recipients that belong to other servers, on both sides. */
export const OUTSIDE = "other servers' recipients";

/** Kinds go by both configurations: an edit may change them. */
export function kindsFor(before: Configuration, after: Configuration): KindOf {
  const both = (of: (configuration: Configuration) => string): string => {
    const [old, fresh] = [of(before), of(after)];
    return old === fresh ? fresh : `${fresh} (before: ${old})`;
  };
  return ({ who, sender, recipient }) => ({
    who: both((configuration) => whoKind(configuration, who)),
    sender: sender === "" ? "no sender" : both((configuration) => senderKind(configuration, sender)),
    recipient: both((configuration) => RECIPIENTS[classOf(configuration, recipient)]),
  });
}

function whoKind(configuration: Configuration, who: Who): string {
  if (who.sasl_username != null) return "users who are logged in";
  const { client_address: address, client_name: name } = who;
  if (address.startsWith("127.") || address === "::1") return "the server itself";
  const { match } = settingsOf(configuration).matchMynetworks({ name: name ?? "unknown", address }, () => NOT_FOUND);
  if (match) return "clients in mynetworks";
  const named = namedBy(configuration);
  const isFree = isStrangersAddress(address, named) && (name == null || canBeStrangers(name, named));
  return isFree ? STRANGER : "clients that the configuration names";
}

function senderKind(configuration: Configuration, sender: string): string {
  return classOf(configuration, sender) === "default" ? "senders elsewhere" : "senders of this server";
}

const RECIPIENTS: Readonly<Record<AddressClass, string>> = {
  local: "local recipients",
  "virtual-alias": "recipients in virtual alias domains",
  "virtual-mailbox": "recipients in virtual mailbox domains",
  relay: "recipients in relay domains",
  default: OUTSIDE,
};

function classOf(configuration: Configuration, address: string): AddressClass {
  return resolveAddress(
    "",
    address,
    settingsOf(configuration).resolveSettings(() => NOT_FOUND),
  ).addressClass;
}
