import { masterEntries } from "../../config/masterEntries.ts";
import type { Project } from "../../config/project.ts";
import type { Offer } from "./offer.ts";

/** The delivery agents of master.cf, as `name:`. */
export function transportOffers(project: Project): readonly Offer[] {
  return transportsOf(project).map(({ name, command }) => ({
    label: `${name}:`,
    kind: "service",
    detail: command,
    rank: 1,
  }));
}

/** The services that deliver mail, by what they run. */
export function transportsOf(project: Project): readonly { readonly name: string; readonly command: string }[] {
  return masterEntries(project).flatMap(({ columns }) => {
    const [name, type, command] = [columns[0]?.text, columns[1]?.text, columns[7]?.text];
    return name !== undefined && type === "unix" && command !== undefined && AGENTS.has(command)
      ? [{ name, command }]
      : [];
  });
}

const AGENTS: ReadonlySet<string> = new Set(["smtp", "lmtp", "pipe", "local", "virtual", "error", "discard"]);
