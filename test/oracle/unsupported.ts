import path from "node:path";
import type { Case } from "./case.ts";
import { findInstallation } from "./installation.ts";
import { serviceOptions } from "./masterCf.ts";
import { SERVER_ADDRESSES } from "./namespace.ts";

export const CONFIG_DIRECTORY = "/etc/postfix";

/** Why the installed Postfix cannot be asked about this case; undefined when it can. */
export function unsupported(asked: Case): string | undefined {
  const { files, service, postfixVersion } = asked;
  if ("config" in asked) return "the text of the files has to be in the case";
  const outside = Object.keys(files).find((name) => !pathOf(name).startsWith("/etc/"));
  if (outside !== undefined) return `${outside} would lie outside /etc`;
  if (asked.tables !== undefined) return "a real Postfix cannot be given the answers of tables";
  if (asked.interfaces !== undefined && !sameSet(asked.interfaces, SERVER_ADDRESSES))
    return `the interfaces are always ${SERVER_ADDRESSES.join(", ")}`;
  if (serviceOptions(files["master.cf"], service) === undefined) return "master.cf has no such smtpd service";
  return postfixVersion === undefined ? undefined : otherVersion(postfixVersion);
}

/** The absolute path of a file of a case. */
export function pathOf(name: string): string {
  return path.resolve(CONFIG_DIRECTORY, name);
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return [...some].sort().join() === [...others].sort().join();
}

function otherVersion(wanted: string): string | undefined {
  const { version } = findInstallation();
  // 3.12 is also 3.12.1 and the snapshot 3.12-20260821, but not 3.1.
  return /^(?:[.-]|$)/.test(version.slice(wanted.length)) && version.startsWith(wanted)
    ? undefined
    : `Postfix ${version} is installed, not ${wanted}`;
}
