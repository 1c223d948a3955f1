import type { Configuration } from "../config/configuration.ts";
import { settingsOf } from "../evaluate/settings.ts";
import type { Message } from "../evaluate/message.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { contains, parseAddress, parseNetwork } from "../syntax/network.ts";
import { isForeign, type Stranger } from "./stranger.ts";

/** A key of a table, who asks for it, and who is known to get this far. */
interface Key {
  readonly check: RestrictionName;
  readonly key: string;
  readonly who: string;
}

interface Forged {
  readonly message: Message;
  readonly who: string;
}

interface From {
  readonly stranger: Stranger;
  readonly message: Message;
}

/** The messages of a stranger for which a check looks up the key. None when he cannot have it. */
export function forge(configuration: Configuration, { check, key, who }: Key, from: From): readonly Forged[] {
  const { message, stranger } = from;
  if (check === "check_client_access") return clients(key, who, from);
  if (check === "check_helo_access") {
    const names = [key, `mail.${bare(key)}`];
    return names.map((helo) => ({ message: { ...message, helo }, who: also(who, `says HELO ${helo}`) }));
  }
  if (check === "check_sender_access") {
    return addresses(key, stranger.domain, settingsOf(configuration).nullSenderKey).map((sender) => ({
      message: { ...message, sender },
      who: also(who, `gives <${sender}> as the sender`),
    }));
  }
  if (check !== "check_recipient_access" || isOwnDomain(configuration, key)) return [];
  return addresses(key, stranger.foreignDomain, undefined)
    .filter((recipient) => isCertainlyForeign(configuration, recipient))
    .map((recipient) => ({
      message: { ...message, recipients: [recipient] },
      who: also(who, `writes to <${recipient}>`),
    }));
}

/** The key of a domain of this server; that it means subdomains too is a small matter. */
function isOwnDomain(configuration: Configuration, key: string): boolean {
  return !key.includes("@") && !isForeign(configuration, bare(key));
}

function also(who: string, what: string): string {
  return who === "anyone" ? `anyone who ${what}` : `${who} and ${what}`;
}

/** `.example.com` means the subdomains. */
function bare(key: string): string {
  return key.replace(/^\./, "");
}

/** Addresses for which a table is asked this key. See access(5), "EMAIL ADDRESS PATTERNS". */
function addresses(key: string, domain: string, nullKey: string | undefined): readonly string[] {
  if (key === nullKey) return [""];
  if (key.endsWith("@")) return [`${key}${domain}`];
  if (key.includes("@")) return [key];
  return key.startsWith(".") ? [`someone@mail${key}`] : [`someone@${key}`, `someone@mail.${key}`];
}

/** A domain that may be listed in a table nobody can read here may be the server's own. */
function isCertainlyForeign(configuration: Configuration, recipient: string): boolean {
  const domain = recipient.slice(recipient.lastIndexOf("@") + 1);
  if (!isForeign(configuration, domain)) return false;
  if (domain.endsWith(".example")) return true;
  let unsure = false;
  const settings = settingsOf(configuration).resolveSettings(() => {
    unsure = true;
    return { kind: "not found" };
  });
  settings.isLocalDomain(domain);
  settings.isVirtualAliasDomain(domain);
  settings.isVirtualMailboxDomain(domain);
  settings.isRelayDomain(domain);
  return !unsure;
}

/** Clients that anyone can be: without a name, with a name of his own below a public suffix, in a huge network. */
function clients(key: string, who: string, { message, stranger }: From): readonly Forged[] {
  if (key.toLowerCase() === "unknown") {
    const nameless = { ...message, client_name: null, reverse_client_name: null };
    return [{ message: nameless, who: also(who, "connects from an address without a name") }];
  }
  if (PUBLIC.test(key)) {
    const name = `mail.${stranger.domain.split(".")[0] ?? ""}.${bare(key)}`;
    const named = { ...message, client_name: name, reverse_client_name: name };
    return [{ message: named, who: also(who, `has a name that ends in .${bare(key)}`) }];
  }
  return isHugeNetwork(key, message.client_address) ? [{ message, who: also(who, `connects from ${key}`) }] : [];
}

/** Top-level domains in which anyone can register a name. */
const PUBLIC = /^\.?(?:com|net|org|info|biz|[a-z]{2})$/i;

/** A network that has the stranger in it, no narrower than /8 or /16. */
function isHugeNetwork(key: string, text: string): boolean {
  if (!/^\d+$|\//.test(key)) return false;
  const address = parseAddress(text);
  if (!address) return false;
  const parsed = /^\d+$/.test(key) ? parseNetwork(`${key}.0.0.0/8`) : parseNetwork(key);
  return (
    "network" in parsed && parsed.network.length <= (address.family === 4 ? 8 : 16) && contains(parsed.network, address)
  );
}
