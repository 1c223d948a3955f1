import type { Configuration } from "../config/configuration.ts";
import { mainParameters } from "../config/mainParameters.ts";
import { NOT_FOUND } from "../config/table.ts";
import { splitWords } from "../syntax/words.ts";
import { derived } from "../text/derived.ts";
import { quoteLocalPart, unquoteLocalPart } from "./address/tokens.ts";
import { findAddress, mapAddress, type AddressMaps } from "./addressMaps.ts";
import { hasName } from "./hasName.ts";
import { masqueraded, type Masquerading } from "./masquerade.ts";
import { openMaps } from "./openMaps.ts";
import { listReader } from "./readList.ts";
import { settingsOf } from "./settings.ts";
import type { Run } from "./run.ts";

/** What the cleanup server goes by. It knows main.cf, but not the `-o` of the SMTP server. See cleanup_init.c. */
interface Cleanup {
  /** The maps that rewrite an address of the envelope one to one, in their order. */
  readonly sender: readonly AddressMaps[];
  readonly recipient: readonly AddressMaps[];
  readonly aliases: AddressMaps;
  readonly senderCopies: AddressMaps;
  readonly recipientCopies: AddressMaps;
  readonly rewrite: (address: string) => string;
  readonly masquerading: Masquerading | undefined;
  readonly masquerades: { readonly sender: boolean; readonly recipient: boolean };
  readonly limits: { readonly depth: number; readonly addresses: number; readonly length: number };
}

const cleanupOf = derived((configuration: Configuration): Cleanup => {
  const parameters = mainParameters(configuration.project);
  const has = (name: string, word: string): boolean => hasName(parameters, name, word);
  const delimiter = parameters.value("recipient_delimiter");
  const { isLocalDomain, rewrite } = settingsOf(configuration);
  const isLocal = (domain: string): boolean => isLocalDomain(domain, () => NOT_FOUND) === true;
  const maps = (name: string, kind: "canonical" | "virtual"): AddressMaps => ({
    tables: openMaps(configuration, parameters.value(name)),
    propagates: has("propagate_unmatched_extensions", kind),
    delimiter,
    isLocal,
    rewrite,
  });
  const canonical = (name: string, word: string): readonly AddressMaps[] =>
    has(`${name}_classes`, word) ? [maps(`${name}_maps`, "canonical")] : [];
  const domains = splitWords(parameters.value("masquerade_domains")).map(({ text }) => text);
  const exceptions = listReader(configuration)(parameters, "masquerade_exceptions");
  return {
    rewrite,
    sender: [...canonical("sender_canonical", "envelope_sender"), ...canonical("canonical", "envelope_sender")],
    recipient: [
      ...canonical("recipient_canonical", "envelope_recipient"),
      ...canonical("canonical", "envelope_recipient"),
    ],
    aliases: maps("virtual_alias_maps", "virtual"),
    senderCopies: maps("sender_bcc_maps", "virtual"),
    recipientCopies: maps("recipient_bcc_maps", "virtual"),
    masquerading: domains.length > 0 ? { domains, exceptions } : undefined,
    masquerades: {
      sender: has("masquerade_classes", "envelope_sender"),
      recipient: has("masquerade_classes", "envelope_recipient"),
    },
    limits: {
      depth: Number(parameters.value("virtual_alias_recursion_limit")),
      addresses: Number(parameters.value("virtual_alias_expansion_limit")),
      length: Number(parameters.value("virtual_alias_address_length_limit")),
    },
  };
});

/** Whether anything is looked up when the envelope is rewritten. */
export const rewritesEnvelope = derived((configuration: Configuration): boolean => {
  const { sender, recipient, aliases, senderCopies, recipientCopies, masquerading } = cleanupOf(configuration);
  const maps = [...sender, ...recipient, aliases, senderCopies, recipientCopies];
  return masquerading !== undefined || maps.some(({ tables }) => tables.length > 0);
});

/**
 * The reply to a message whose envelope the cleanup server cannot rewrite; undefined: it can. The first record that does
 * not work decides. See cleanup_addr.c; smtpd.c, common_post_message_handling().
 */
export function envelopeComplaint(run: Run, recipients: readonly string[]): string | undefined {
  if (!run.settings.mapsAddresses || !rewritesEnvelope(run.configuration)) return undefined;
  const cleanup = cleanupOf(run.configuration);
  if (run.sender !== undefined && senderFails(cleanup, run.sender)) return WRITE_ERROR;
  for (const recipient of recipients) {
    const complaint = recipientComplaint(cleanup, recipient);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

const WRITE_ERROR = "451 4.3.0 Error: queue file write error";
const EXPANSION_ERROR = "451 4.6.0 Alias expansion error";

/** See cleanup_addr.c, cleanup_addr_sender(). */
function senderFails(cleanup: Cleanup, sender: string): boolean {
  const { masquerading, masquerades, senderCopies } = cleanup;
  const mapped = rewritten(cleanup, cleanup.sender, sender);
  const address = masquerades.sender ? masqueraded(masquerading, mapped) : mapped;
  return address === undefined || (address !== "" && isBroken(senderCopies, address));
}

/** See cleanup_addr.c, cleanup_addr_recipient(). */
function recipientComplaint(cleanup: Cleanup, recipient: string): string | undefined {
  const { masquerading, masquerades, recipientCopies } = cleanup;
  const mapped = rewritten(cleanup, cleanup.recipient, recipient);
  const address = masquerades.recipient ? masqueraded(masquerading, mapped) : mapped;
  if (address === undefined) return WRITE_ERROR;
  return aliasComplaint(cleanup, address) ?? (isBroken(recipientCopies, address) ? WRITE_ERROR : undefined);
}

function isBroken(maps: AddressMaps, address: string): boolean {
  return findAddress(address, maps)?.result.kind === "error";
}

/** How often an address is rewritten at most. See cleanup_map11.c, MAX_RECURSION. */
const MOST_REWRITES = 10;

/** The address behind the maps that rewrite it; undefined: one of them does not work. See cleanup_map11_external(). */
function rewritten({ rewrite }: Cleanup, stages: readonly AddressMaps[], given: string): string | undefined {
  let address = unquoteLocalPart(rewrite(quoteLocalPart(given)));
  for (const maps of stages) {
    for (let count = 0; count < MOST_REWRITES && maps.tables.length > 0; count++) {
      const mapped = mapAddress(address, maps);
      if (mapped === "error") return undefined;
      const before = address;
      address = mapped?.[0] ?? address;
      if (address.toLowerCase() === before.toLowerCase()) break;
    }
  }
  return address;
}

/** What is wrong with the virtual aliases of a recipient. See cleanup_map1n.c, cleanup_map1n_internal(). */
function aliasComplaint({ aliases: maps, limits }: Cleanup, recipient: string): string | undefined {
  if (maps.tables.length === 0) return undefined;
  const expansion: Expansion = { addresses: [recipient], own: new Set() };
  for (let at = 0; at < expansion.addresses.length; at++) {
    if (expansion.addresses.length > limits.addresses) return EXPANSION_ERROR;
    const complaint = expand(expansion, at, { maps, limits });
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

interface Expansion {
  readonly addresses: string[];
  /** Those that stand for themselves, too: they are not looked up again. */
  readonly own: Set<string>;
}

/** Replaces an address by what it stands for, until nothing lists it. One that comes again has no end: Postfix counts to its limit. */
function expand(
  { addresses, own }: Expansion,
  at: number,
  { maps, limits }: { readonly maps: AddressMaps; readonly limits: Cleanup["limits"] },
): string | undefined {
  // Since the last of `own`: the next round finds what this one found.
  const seen = new Set<string>();
  for (let depth = 0; ; depth++) {
    const address = addresses[at] ?? "";
    if (own.has(address.toLowerCase())) return undefined;
    if (depth >= limits.depth || seen.has(address)) return EXPANSION_ERROR;
    seen.add(address);
    const mapped = mapAddress(address, maps);
    if (mapped === undefined) return undefined;
    if (mapped === "error") return WRITE_ERROR;
    if (mapped.some(({ length }) => length > limits.length)) return EXPANSION_ERROR;
    replaceAt(addresses, at, mapped);
    if (!mapped.some((one) => one.toLowerCase() === address.toLowerCase())) continue;
    own.add(address.toLowerCase());
    seen.clear();
  }
}

/** The first of `mapped` takes the place, the others go to the end. */
function replaceAt(addresses: string[], at: number, [first = "", ...others]: readonly string[]): void {
  addresses[at] = first;
  addresses.push(...others);
}
