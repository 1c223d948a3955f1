import type { FileContent } from "../config/files.ts";
import type { Machine } from "../config/machine.ts";
import { makeProject, type Project } from "../config/project.ts";
import { NEWEST, type Release } from "../postfix/release.ts";
import { isValidHostname } from "./address/hostname.ts";
import type { Case } from "./case.ts";
import { knownWorld } from "./knownWorld.ts";

/** The machine of a case that does not say: that of the reference environment in which cases are recorded. */
const CASE_MACHINE: Machine = {
  hostname: "mail.oracle.test",
  interfaces: ["127.0.0.1/8", "::1/128", "198.51.100.25/24"],
};

/** The project that the `files` of a case make: there are no others. */
export function projectOfCase(
  { files = {}, hostname, hosts, interfaces, no_postmap, tables = {} }: Case,
  release: Release = NEWEST,
): Project {
  const users = tables["unix:passwd.byname"];
  const contents = Object.entries(files).map(([name, text]): [string, FileContent] => [name, { kind: "text", text }]);
  return makeProject({
    files: new Map(contents),
    release,
    machine: {
      ...machineOf({ hostname, interfaces }),
      ...(users && { users: Object.keys(users) }),
      ...(hosts && { addressesOf: addressesAmong(hosts) }),
    },
    closed: true,
    unindexed: new Set(no_postmap),
    elsewhere: new Set(Object.keys(tables)),
  });
}

/** What a host name leads to in the DNS of a case. */
function addressesAmong(hosts: NonNullable<Case["hosts"]>): (name: string) => readonly string[] {
  const world = knownWorld({ hosts });
  return (name) => {
    const answers = isValidHostname(name) ? [world.dns(name, "A"), world.dns(name, "AAAA")] : [];
    return answers.flatMap((answer) => (answer?.kind === "records" ? answer.records : []));
  };
}

/** The machine that a case describes. */
export function machineOf({ hostname, interfaces }: Pick<Case, "hostname" | "interfaces">): Machine {
  return {
    hostname: hostname ?? CASE_MACHINE.hostname,
    interfaces: interfaces?.map(withPrefix) ?? CASE_MACHINE.interfaces,
  };
}

/** An interface without a prefix length has the usual one: `mynetworks_style = subnet` goes by it. */
function withPrefix(address: string): string {
  if (address.includes("/")) return address;
  if (address.includes(":")) return `${address}/${address === "::1" ? 128 : 64}`;
  return `${address}/${address.startsWith("127.") ? 8 : 24}`;
}
