import type { Release } from "../postfix/release.ts";
import { formatAddress, maskWords, parseAddress, type Address } from "../syntax/network.ts";
import type { Machine } from "./machine.ts";
import { ownInterfaces } from "./ownInterfaces.ts";
import type { Parameters } from "./parameters.ts";
import { stockDefault } from "./stock.ts";

/** What master.cf calls a program: the service, and the command that it runs. */
export interface ProgramNames {
  readonly service: string;
  readonly command: string;
}

/** The parameters with a computed default, and those that it depends on. */
export const COMPUTED: ReadonlyMap<string, readonly string[]> = new Map([
  ["myhostname", ["mydomain"]],
  ["mydomain", ["myhostname"]],
  ["mynetworks", ["mynetworks_style", "inet_interfaces", "inet_protocols"]],
  ["mail_version", []],
  ["mail_release_date", []],
  ["process_name", []],
  ["service_name", []],
  ["inet_protocols", []],
  ["default_database_type", []],
  ["default_cache_db_type", []],
]);

/**
 * The default of a parameter that Postfix works out when it is built or started; undefined for all others.
 * See mail_params.c, mail_params_init().
 */
export function computedDefault(
  name: string,
  parameters: Parameters,
  { machine, program }: { readonly machine: Machine; readonly program: ProgramNames | undefined },
): string | undefined {
  switch (name) {
    case "myhostname":
      return machine.hostname.includes(".") ? machine.hostname : `${machine.hostname}.${mydomain(parameters)}`;
    case "mydomain":
      return domainOf(parameters.written("myhostname") ? parameters.value("myhostname") : machine.hostname);
    case "mynetworks":
      return networks(parameters.value("mynetworks_style"), ownInterfaces(parameters, machine));
    default:
      return nameOfProgram(name, program, parameters.release) ?? builtIn(name, parameters.release);
  }
}

/** See multi_server.c, multi_server_main(); `amnesiac` is what a program is called that master(8) has not started. */
function nameOfProgram(name: string, program: ProgramNames | undefined, release: Release): string | undefined {
  if (name === "process_name") return program?.command ?? "smtpd";
  return name === "service_name" ? (program?.service ?? stockDefault(name, release)?.source.text) : undefined;
}

/** What is the same for every configuration. */
function builtIn(name: string, release: Release): string | undefined {
  switch (name) {
    case "mail_version":
      return PATCH_LEVELS[release]?.version ?? release;
    case "mail_release_date":
      return PATCH_LEVELS[release]?.date;
    case "inet_protocols":
      return "all";
    case "default_database_type":
    case "default_cache_db_type":
      return "hash";
    default:
      return undefined;
  }
}

/** The patch levels that are meant by a release, where the day is known. See mail_version.h. */
const PATCH_LEVELS: Partial<Record<Release, { readonly version: string; readonly date: string }>> = {
  "3.7": { version: "3.7.11", date: "20240304" },
  "3.12": { version: "3.12-20260821", date: "20260821" },
};

/** `mydomain` is `myhostname` without its first label. See mail_params.c, check_mydomainname(). */
function domainOf(hostname: string): string {
  const dot = hostname.indexOf(".");
  return dot < 0 ? "localdomain" : hostname.slice(dot + 1);
}

function mydomain(parameters: Parameters): string {
  return parameters.written("mydomain") ? parameters.value("mydomain") : "localdomain";
}

/** The networks around the machine's own addresses. See mynetworks.c, mynetworks_core(). */
function networks(style: string, interfaces: readonly string[]): string {
  const patterns = interfaces.flatMap((entry) => {
    const [text = "", length] = entry.split("/");
    const address = parseAddress(text);
    if (!address) return [];
    const prefix = prefixOf(address, style, length);
    const network = formatAddress({ ...address, words: maskWords(address, prefix) });
    return [address.family === 4 ? `${network}/${prefix}` : `[${network}]/${prefix}`];
  });
  return [...new Set(patterns)].join(" ");
}

/** An interface whose prefix length nobody told us stands for itself alone. */
function prefixOf(address: Address, style: string, length: string | undefined): number {
  const bits = address.family === 4 ? 32 : 128;
  if (style === "host") return bits;
  if (style === "class" && address.family === 4) return classPrefix((address.words[0] ?? 0) >>> 24);
  return length === undefined ? bits : Number(length);
}

function classPrefix(first: number): number {
  return first < 128 ? 8 : first < 192 ? 16 : 24;
}
