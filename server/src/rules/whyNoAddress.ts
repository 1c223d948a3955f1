import type { AddressAsking, AddressTable } from "./addressTables.ts";
import type { KeyKind } from "./keyKind.ts";
import { never, NEVER_LOOKED_UP, says, whichAddressAsks, type Never } from "./whyNever.ts";

/** Why tables of addresses and domains are never asked for keys of a kind; undefined: they may be. */
export function whyNoAddress(kind: KeyKind, asking: AddressTable["asking"]): Never | undefined {
  const reasons = [...asking].map(([way, parameter]) => REASONS[way][kind]?.(parameter));
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

/** A reason in the words for one parameter. */
type Because = (parameter: string) => Never;

const noWildcards: Because = () =>
  says(
    (key) => (key.includes("@") ? whichAddressAsks(key) : userOfThatName()),
    "there are no wildcards",
    (key) => /^\*(@[^*@]+)$/.exec(key)?.[1],
  );
const noBrackets: Because = () => never("addresses are looked up without `<` and `>`", (key) => key.slice(1, -1));

/** The domain of an address is a valid one: resolve.c, resolve_addr(). */
const DOMAINS_ONLY: Readonly<Partial<Record<KeyKind, Because>>> = {
  angled: noBrackets,
  "network/length": (parameter) => never(`${parameter} knows no networks`),
  "network.": (parameter) => never(`${parameter} knows no networks`),
};

/** Anything may be the name of a user in a domain of this host. */
function userOfThatName(): string {
  return "is looked up only for a user of that name on this host";
}

const noNetworks: Because = (parameter) => says(userOfThatName, `${parameter} knows no networks`);

const noAtSign: Because = (parameter) =>
  never(`the key for a domain has no \`@\` in ${parameter}`, (key) => key.slice(1));

const domainOfWildcard: Because = (parameter) =>
  never(`there are no wildcards in ${parameter}`, (key) => /^\*[@.]([^*@]+)$/.exec(key)?.[1]);

/** `*@example.com` may be an address, `*.example.com` is no domain. */
const addressOrDomain: Because = (parameter) =>
  says(
    (key) => (key.includes("@") ? whichAddressAsks(key) : NEVER_LOOKED_UP),
    `there are no wildcards in ${parameter}`,
    (key) => /^\*[@.]([^*@]+)$/.exec(key)?.[1],
  );

const TRANSPORTS: Readonly<Partial<Record<KeyKind, Because>>> = {
  ...DOMAINS_ONLY,
  "@domain": (parameter) =>
    says(whichAddressAsks, `the key for a domain has no \`@\` in ${parameter}`, (key) => key.slice(1)),
  "user@": (parameter) => never(`${parameter} asks for whole addresses and for domains`),
};

/** By who asks. See mail_addr_find.c, mail_addr_find_opt(); transport.c, transport_lookup(). */
const REASONS: Readonly<Record<AddressAsking, Readonly<Partial<Record<KeyKind, Because>>>>> = {
  addresses: {
    angled: noBrackets,
    wildcard: noWildcards,
    "*": noWildcards,
    "network/length": noNetworks,
    "network.": noNetworks,
    "user@": (parameter) => ({
      instead: (key) => key.slice(0, -1),
      message: (key) => `\`${key}\` is never looked up: the key for a user is \`${key.slice(0, -1)}\` in ${parameter}`,
    }),
    ".domain": (parameter) =>
      says(userOfThatName, `${parameter} knows no subdomains, and the key for a domain is \`@domain\``),
  },
  "transports with .domain": {
    ...TRANSPORTS,
    wildcard: (parameter) => ({
      ...addressOrDomain(parameter),
      instead: (key) => /^\*(\.[^*@]+)$/.exec(key)?.[1] ?? /^\*@([^*@]+)$/.exec(key)?.[1],
    }),
  },
  "transports with parents": {
    ...TRANSPORTS,
    wildcard: addressOrDomain,
    ".domain": (parameter) =>
      never(`\`domain\` stands for its subdomains, too, in ${parameter}`, (key) => key.slice(1)),
  },
  domains: {
    ...DOMAINS_ONLY,
    "*": domainOfWildcard,
    wildcard: domainOfWildcard,
    "@domain": noAtSign,
    "mail address": (parameter) => never(`${parameter} asks for domains only`),
    "user@": (parameter) => never(`${parameter} asks for domains only`),
    ".domain": (parameter) => never(`${parameter} knows no subdomains`),
  },
};
