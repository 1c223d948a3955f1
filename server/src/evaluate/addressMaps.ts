import { NOT_FOUND, type LookupResult, type Table } from "../config/table.ts";
import { addressesIn } from "./address/envelope.ts";
import { recipientMapKeys, stripExtension, type ExtensionSettings } from "./address/keys.ts";
import { externalize, quoteLocalPart, unquoteLocalPart } from "./address/tokens.ts";

/** Tables that rewrite addresses, such as `canonical_maps`, and what goes with them. */
export interface AddressMaps extends ExtensionSettings {
  readonly tables: readonly Table[];
  /** Whether the extension of an address that was found without it is put behind what was found. */
  readonly propagates: boolean;
  readonly isLocal: (domain: string) => boolean;
  /** Completes an address in external form. */
  readonly rewrite: (address: string) => string;
}

/**
 * The addresses, in internal form, that stand for one; undefined: the tables do not list it. What no file holds is taken
 * not to list it. See mail_addr_map.c, mail_addr_map_opt().
 */
export function mapAddress(address: string, maps: AddressMaps): readonly string[] | "error" | undefined {
  const found = findAddress(address, maps);
  if (!found) return undefined;
  if (found.result.kind !== "found") return "error";
  const { value } = found.result;
  const bare = stripExtension(address, maps);
  const isBare = bare !== undefined && recipientMapKeys(bare, maps).some(({ key }) => key === found.key);
  const isDomain = found.key.startsWith("@");
  const extension = isBare && !isDomain ? extensionOf(address, bare) : "";
  const text = value.startsWith("@") ? quoteLocalPart(withoutDomain(extension === "" ? address : (bare ?? "")) + value) : value;
  const addresses = addressesIn(text === "<>" ? '""' : text).map((tokens) =>
    extended(unquoteLocalPart(maps.rewrite(externalize(tokens))), maps.propagates ? extension : ""),
  );
  return addresses.length > 0 ? addresses : "error";
}

interface Found {
  readonly key: string;
  readonly result: LookupResult;
}

/** What the tables say of an address; an empty value counts as an error. See mail_addr_find.c; maps.c, maps_find(). */
export function findAddress(address: string, maps: AddressMaps): Found | undefined {
  for (const { key, partial } of recipientMapKeys(address, maps)) {
    for (const table of maps.tables) {
      if (key === "" || (partial && table.matchesPatterns)) continue;
      const result = table.lookup(key, () => NOT_FOUND);
      if (result.kind === "found" && result.value === "") return { key, result: EMPTY };
      if (result.kind !== "not found") return { key, result };
    }
  }
  return undefined;
}

const EMPTY: LookupResult = { kind: "error", because: "the value is empty" };

function extensionOf(address: string, bare: string): string {
  return withoutDomain(address).slice(withoutDomain(bare).length);
}

function withoutDomain(address: string): string {
  const at = address.lastIndexOf("@");
  return at < 0 ? address : address.slice(0, at);
}

function extended(address: string, extension: string): string {
  const local = withoutDomain(address);
  return local + extension + address.slice(local.length);
}
