import { settingsOf } from "../evaluate/settings.ts";
import { addressCandidate, heloCandidate, strangersClient } from "./candidates.ts";
import { addCandidate, oneOfEachKind } from "./pool.ts";
import { doubt, type Making } from "./representatives.ts";

/** A table may name the local part, the domain, or a parent of the domain: all of these go together. */
export function combine(making: Making): void {
  for (const attribute of ["sender", "recipient"] as const) combineAddresses(making, attribute);
  const { pool } = making;
  for (const { given } of oneOfEachKind(pool, "helo")) {
    if (given !== null && /^[\w.-]+$/.test(given)) addCandidate(pool, "helo", heloCandidate(`x.${given}`));
  }
}

/** More would take too long; no table has so many kinds of local parts. */
const MOST_COMBINED = 200;

function combineAddresses(making: Making, attribute: "sender" | "recipient"): void {
  const { pool, run } = making;
  const kinds = oneOfEachKind(pool, attribute).map(({ given }) => given);
  const domains = new Set<string>();
  const locals = new Set<string>();
  for (const given of kinds) {
    const at = given.lastIndexOf("@");
    if (at <= 0 || given.startsWith("@")) continue;
    domains.add(given.slice(at + 1));
    locals.add(given.slice(0, at));
  }
  for (const local of extended(making, locals)) locals.add(local);
  if (locals.size > MOST_COMBINED)
    doubt(making, "", {
      because: `the ${attribute} addresses have too many kinds of local parts to try them all`,
      permits: true,
    });
  for (const domain of domains) {
    if (!domain.startsWith("[")) addCandidate(pool, attribute, addressCandidate(run, `someone@x.${domain}`, attribute));
    for (const local of [...locals].slice(0, MOST_COMBINED)) {
      addCandidate(pool, attribute, addressCandidate(run, `${local}@${domain}`, attribute));
    }
  }
}

/** Each address with each name. */
export function addClients({ pool, configuration, names }: Making): void {
  const kinds = oneOfEachKind(pool, "client").map(({ given }) => given);
  const addresses = new Set(kinds.map(({ client_address: address }) => address));
  for (const address of addresses) {
    for (const { client_name: name, reverse_client_name: reverse, client_name_status: status } of kinds) {
      const unnamed = status === "temp" ? "temporary" : reverse == null ? "none" : "unverified";
      const kind = name == null ? unnamed : { name };
      addCandidate(pool, "client", strangersClient(configuration, address, kind, names));
    }
  }
}

/** With an extension, which tables of keys overlook and patterns do not. See access(5), "ADDRESS EXTENSION". */
function extended({ configuration }: Making, locals: ReadonlySet<string>): readonly string[] {
  const [delimiter] = settingsOf(configuration).delimiter;
  return delimiter === undefined ? [] : [...locals].map((local) => `${local}${delimiter}x`);
}
