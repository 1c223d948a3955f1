import type { MasterEntry } from "../syntax/masterCf.ts";
import type { Project } from "./project.ts";

/** The services of master.cf, whatever they run; none where there is no master.cf. */
export function masterEntries({ masterCf }: Pick<Project, "masterCf">): readonly MasterEntry[] {
  return masterCf?.nodes.filter((node) => node.kind === "service") ?? [];
}

/**
 * The services that other programs find by their name. A service that listens on the network is found by its port.
 * See master(5); mail_connect.c, mail_connect().
 */
export function namedEntries(project: Pick<Project, "masterCf">): readonly MasterEntry[] {
  return masterEntries(project).filter(({ columns: [name, type] }) => name && type?.text !== "inet");
}
