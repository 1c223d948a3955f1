import type { RestrictionName } from "../postfix/restrictions.ts";
import { formatAddress, parseAddress } from "../syntax/network.ts";
import type { KeyKind } from "./keyKind.ts";
import type { TableUse } from "./tableUses.ts";

/** Why a table is never asked for keys of a kind. */
export interface Never {
  /** The key that was meant; undefined when nobody can tell. */
  readonly instead: (key: string) => string | undefined;
  readonly message: (key: string) => string;
}

/** How a table is asked. */
type Asking = Pick<TableUse, "checks" | "subdomains" | "nullSenderKeys">;

/** Undefined: some restriction asks for such keys. */
export function whyNever(kind: KeyKind, use: Asking): Never | undefined {
  return NEVER[kind](use);
}

/** What a check asks for. */
type Family = "names and addresses" | "addresses" | "HELO" | "mail" | "domain" | "anything";

/** See smtpd_check.c, generic_checks(), and check_server_access() for the servers of a domain. */
function familyOf(check: RestrictionName | undefined): Family {
  if (check === undefined || check === "check_sasl_access" || check === "check_ccert_access") return "anything";
  if (check.endsWith("_a_access")) return "addresses";
  if (/_(?:mx|ns)_access$/.test(check) || check.includes("client")) return "names and addresses";
  if (check === "check_helo_access") return "HELO";
  return check === "check_etrn_access" ? "domain" : "mail";
}

/** Whether all restrictions that ask the table are of these families. */
function only(use: Asking, ...families: readonly Family[]): boolean {
  return [...use.checks].every((check) => families.includes(familyOf(check)));
}

/** A login or a fingerprint may look like anything. */
function isFree(use: Asking): boolean {
  return [...use.checks].some((check) => check !== undefined && familyOf(check) === "anything");
}

function firstCheck({ checks }: Asking): string {
  return [...checks].find((check) => check !== undefined) ?? "Postfix";
}

/** Nobody can tell what was meant. */
const nothing = (): undefined => undefined;

export function never(because: string, instead: Never["instead"] = nothing): Never {
  return says(() => NEVER_LOOKED_UP, because, instead);
}

/** For keys that only an odd session asks for. */
function hardlyEver(use: Asking, because: string, instead: Never["instead"] = nothing): Never {
  return says((key) => whoAsks(use, key), because, instead);
}

/** With the words that tell who asks for a key. */
export function says(who: (key: string) => string, because: string, instead: Never["instead"] = nothing): Never {
  return { instead, message: (key) => `\`${key}\` ${who(key)}: ${because}` };
}

/**
 * A HELO name may be anything but has no `@`: smtpd.c, NEUTER_CHARACTERS. The domain of an address is a valid one, while
 * its user may be `*`, or nothing in quotes: resolve.c, resolve_addr(). The name of a mail exchanger or name server may have
 * a `*`: valid_hostname.c, valid_hostname(); test/conformance/recordedKeys.jsonl has the answers of the real Postfix.
 */
function whoAsks({ checks }: Asking, key: string): string {
  const isMail = [...checks].some((check) => familyOf(check) === "mail");
  if (key.includes("@")) return isMail ? whichAddressAsks(key) : NEVER_LOOKED_UP;
  if (checks.has("check_helo_access")) return `${ONLY} a client that says it in its HELO`;
  const isNamed = key.includes("*") && [...checks].some((check) => check && NAMES_SERVERS.test(check));
  return isNamed ? `${ONLY} a mail exchanger or name server of that very name` : NEVER_LOOKED_UP;
}

const NAMES_SERVERS = /_(?:mx|ns)_access$/;
export const NEVER_LOOKED_UP = "is never looked up";
const ONLY = "is looked up only for";

/** For keys of the form `@domain`, and those with a `*` in the name of the user. */
export function whichAddressAsks(key: string): string {
  return key.startsWith("@") ? `${ONLY} \`""${key}\`` : `${ONLY} an address with that very \`*\``;
}

const NEVER: Readonly<Record<KeyKind, (use: Asking) => Never | undefined>> = {
  name: (use) => (only(use, "addresses") ? never(`${firstCheck(use)} asks for addresses only`) : undefined),
  number: nothing,
  "user name": (use) => {
    if (!only(use, "mail")) return undefined;
    return {
      instead: (key) => `${key}@`,
      message: (key) => `\`${key}\` is looked up as a domain only: the key for a user is \`${key}@\``,
    };
  },
  address: (use) =>
    only(use, "mail", "domain") ? never(`${firstCheck(use)} does not ask for the address of a host`) : undefined,
  "odd IPv6": (use) => {
    if (isFree(use) || use.checks.has(undefined)) return undefined;
    const because = "Postfix asks for the shortest form of an IPv6 address, and for networks without a final `::`";
    return asksServers(use)
      ? says((key) => `${ONLY} an address such as \`user@[ipv6:${key}]\``, because, canonical)
      : hardlyEver(use, because, canonical);
  },
  "mail address": noMailAddresses,
  "user@": noMailAddresses,
  "null sender": (use) => {
    if (isFree(use) || use.checks.has(undefined)) return undefined;
    if (!use.checks.has("check_sender_access")) return never("only check_sender_access asks for the null sender");
    const [key = "<>", ...others] = use.nullSenderKeys;
    if (others.length > 0 || key === "<>") return undefined;
    return never(`smtpd_null_access_lookup_key is \`${key}\``, () => key);
  },
  bracketed: (use) =>
    only(use, "names and addresses", "addresses")
      ? never(`${firstCheck(use)} asks for addresses without brackets`, withoutBrackets)
      : undefined,
  angled: (use) =>
    isFree(use) ? undefined : never("addresses are looked up without `<` and `>`", (key) => key.slice(1, -1)),
  "@domain": (use) =>
    isFree(use) ? undefined : hardlyEver(use, "the key for a domain has no `@`", (key) => key.slice(1)),
  "*": (use) => (isFree(use) ? undefined : hardlyEver(use, "there are no wildcards")),
  wildcard: (use) =>
    isFree(use) ? undefined : hardlyEver(use, "there are no wildcards", (key) => withoutStar(key, use)),
  ".domain": (use) => {
    if (isFree(use) || use.subdomains.has("dotted parents")) return undefined;
    return {
      instead: (key) => key.slice(1),
      message: (key) => `\`${key}\` ${whoAsks(use, key)}: \`${key.slice(1)}\` stands for its subdomains, too`,
    };
  },
  "network/length": (use) => {
    if (isFree(use)) return undefined;
    const asksAddresses = only(use, "names and addresses", "addresses");
    return hardlyEver(use, "only cidr: tables know networks of any length", asksAddresses ? wholeParts : undefined);
  },
  "network.": (use) =>
    only(use, "names and addresses", "addresses")
      ? never("the key of a network ends without a dot", (key) => key.slice(0, -1))
      : undefined,
  "name.": (use) => {
    if (!only(use, "names and addresses", "mail")) return undefined;
    const isExchanger = [...use.checks].some((check) => check?.endsWith("_mx_access"));
    const who = isExchanger ? `${ONLY} a domain that is written with it and is its own server` : NEVER_LOOKED_UP;
    return says(
      () => who,
      "names are looked up without a dot at the end",
      (key) => key.slice(0, -1),
    );
  },
};

/** Whether a check looks at the servers of a domain, which may be an address literal. See smtpd_check.c, check_server_access(). */
function asksServers({ checks }: Asking): boolean {
  return [...checks].some((check) => check && /_(?:mx|ns|a)_access$/.test(check));
}

function noMailAddresses(use: Asking): Never | undefined {
  const isNever = only(use, "names and addresses", "addresses", "domain");
  return isNever ? never(`${firstCheck(use)} does not ask for mail addresses`) : undefined;
}

function canonical(key: string): string | undefined {
  if (key.endsWith("::")) return /^(.*[^:])::$/.exec(key)?.[1];
  const address = parseAddress(key);
  return address && formatAddress(address);
}

function withoutBrackets(key: string): string | undefined {
  const inside = /^\[(?:ipv6:)?(.*)\]$/i.exec(key)?.[1];
  const address = inside === undefined ? undefined : parseAddress(inside);
  return address && formatAddress(address);
}

function withoutStar(key: string, { subdomains }: Asking): string | undefined {
  const domain = /^\*[@.]([^*@]+)$/.exec(key)?.[1];
  if (domain === undefined) return undefined;
  return key.startsWith("*.") && !subdomains.has("parents") ? `.${domain}` : domain;
}

/** A network of whole numbers can be written without its length. */
function wholeParts(key: string): string | undefined {
  const [address = "", length = ""] = key.split("/");
  const parts = address.split(".");
  const count = { "8": 1, "16": 2, "24": 3, "32": 4 }[length];
  if (count === undefined || parts.length !== 4 || parts.slice(count).some((part) => Number(part) !== 0))
    return undefined;
  return parts.slice(0, count).join(".");
}
