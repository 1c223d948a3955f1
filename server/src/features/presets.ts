import type { Configuration } from "../config/configuration.ts";
import type { Project } from "../config/project.ts";
import type { Message } from "../evaluate/message.ts";
import { contains, formatAddress, parseAddress, parseNetwork, type Network } from "../syntax/network.ts";
import { parseTable } from "../syntax/table.ts";
import { splitWords } from "../syntax/words.ts";
import { mainConfiguration, serviceConfigurations } from "../config/configurations.ts";
import { referencesIn } from "../config/fileReferences.ts";
import { resolveFile } from "../config/project.ts";
import { isYes } from "../config/isYes.ts";

/** A message worth tracing, made for one configuration. */
export interface Preset {
  readonly title: string;
  readonly message: Message;
  /** The service of master.cf that such a client would talk to. */
  readonly service: string;
}

/** Messages that show what a configuration does, with its own domains and networks. */
export function presets(project: Project): readonly [Preset, ...Preset[]] {
  const configuration = mainConfiguration(project);
  const people = peopleOf(configuration);
  const { name } = configuration.service;
  const { me, outsider, recipient, stranger } = people;
  const network = ownNetwork(configuration);
  const outside = { sender: outsider, recipients: [recipient] };
  return [
    { title: "stranger → outside", message: { ...stranger, ...outside }, service: name },
    { title: "stranger → my user", message: { ...stranger, sender: outsider, recipients: [me] }, service: name },
    { title: "localhost → outside", message: { ...LOCALHOST, sender: me, recipients: [recipient] }, service: name },
    loggedIn(project, people, name),
    ...(network === undefined
      ? []
      : [
          {
            title: "my network → outside",
            message: { client_address: network, helo: "client", sender: me, recipients: [recipient] },
            service: name,
          },
        ]),
  ];
}

const LOCALHOST = { client_address: "127.0.0.1", client_name: "localhost", helo: "localhost" } as const;

/** Who takes part. */
interface People {
  readonly me: string;
  readonly outsider: string;
  readonly recipient: string;
  readonly stranger: Pick<Message, "client_address" | "client_name" | "helo">;
}

function peopleOf(configuration: Configuration): People {
  const own = ownDomains(configuration);
  const [from = "example.net", to = "example.org"] = FOREIGN.filter(
    (domain) => !own.some((mine) => domain === mine || domain.endsWith(`.${mine}`)),
  );
  const [domain = configuration.parameters.value("mydomain")] = own;
  return {
    me: knownAddress(configuration, domain) ?? `user@${domain}`,
    outsider: `someone@${from}`,
    recipient: `someone@${to}`,
    stranger: { client_address: foreignAddress(configuration), client_name: `mail.${from}`, helo: `mail.${from}` },
  };
}

/** Reserved for examples by RFC 2606 and RFC 6761. */
const FOREIGN = ["example.net", "example.org", "example.com", "example.edu", "far.example", "away.example"];

/** Reserved for documentation by RFC 5737. */
const ADDRESSES = ["203.0.113.8", "198.51.100.8", "192.0.2.8"];

const DOMAIN_LISTS = ["virtual_mailbox_domains", "mydestination", "virtual_alias_domains", "relay_domains"];

/** The domains that the configuration names as its own, in lists or in tables that can be read; mailboxes first. */
function ownDomains(configuration: Configuration): readonly string[] {
  const words = DOMAIN_LISTS.flatMap((name) => [
    ...splitWords(configuration.parameters.value(name)).map(({ text }) => text),
    ...keysOf(configuration, name).slice(0, MOST_KEYS),
  ]);
  const domains = words.map((word) => word.toLowerCase());
  return domains.filter((domain) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(domain) && !domain.startsWith("localhost."));
}

const MOST_KEYS = 100;

const MAPS = ["virtual_mailbox_maps", "virtual_alias_maps", "relay_recipient_maps"];

/** An address in the domain that a table on disk knows. */
function knownAddress(configuration: Configuration, domain: string): string | undefined {
  const keys = MAPS.flatMap((name) => keysOf(configuration, name));
  return keys.find((key) => /^[^@\s"]+@/.test(key) && key.toLowerCase().endsWith(`@${domain}`));
}

/** The keys of the tables that a parameter names, as far as they are files with fixed keys. */
function keysOf({ project, parameters }: Configuration, name: string): readonly string[] {
  const references = referencesIn(parameters.value(name)).filter(({ type }) => !PATTERNS.has(type));
  return references.flatMap(({ path }) => {
    const content = resolveFile(project, path)?.content;
    return content?.kind === "text" ? [...keysIn(content.text)] : [];
  });
}

function* keysIn(text: string): Generator<string> {
  for (const node of parseTable(text).nodes()) if (node.kind === "entry") yield node.key;
}

const PATTERNS: ReadonlySet<string> = new Set(["regexp", "pcre", "cidr"]);

function foreignAddress(configuration: Configuration): string {
  const networks = networksIn(configuration);
  const isForeign = (text: string): boolean => {
    const address = parseAddress(text);
    return address !== undefined && !networks.some((network) => contains(network, address));
  };
  return ADDRESSES.find(isForeign) ?? "203.0.113.8";
}

/** The networks that mynetworks itself names, without those in its tables and files. */
function networksIn({ parameters }: Configuration): readonly Network[] {
  return splitWords(parameters.value("mynetworks")).flatMap(({ text }) => {
    const parsed = parseNetwork(text);
    return "network" in parsed ? [parsed.network] : [];
  });
}

/** An address in the first network of mynetworks that is more than this machine. */
function ownNetwork(configuration: Configuration): string | undefined {
  const network = networksIn(configuration).find((candidate) => !isLoopback(candidate));
  if (!network) return undefined;
  const { family, words } = network.address;
  const host =
    network.length < (family === 4 ? 31 : 127) ? 10 % 2 ** ((family === 4 ? 32 : 128) - network.length) || 1 : 0;
  const last = words.at(-1) ?? 0;
  return formatAddress({ family, words: [...words.slice(0, -1), last + host] });
}

function isLoopback({ address: { family, words } }: Network): boolean {
  if (family === 4) return (words[0] ?? 0) >>> 24 === 127;
  return words.slice(0, -1).every((word) => word === 0);
}

/** Somebody with a password, at the first service that takes logins. */
function loggedIn(project: Project, { me, recipient, stranger }: People, fallback: string): Preset {
  const takesLogins = ({ parameters }: Configuration): boolean => isYes(parameters, "smtpd_sasl_auth_enable");
  const services = serviceConfigurations(project).filter(takesLogins);
  const service = services.find(({ service: { name } }) => name !== fallback) ?? services[0];
  const message = {
    client_address: stranger.client_address,
    helo: "laptop",
    sasl_username: me,
    encrypted: true,
    sender: me,
    recipients: [recipient],
  };
  return { title: "logged-in user → outside", message, service: service?.service.name ?? fallback };
}
