import { textAt, type Project } from "../config/project.ts";
import { parseNetwork } from "../syntax/network.ts";
import type { Location } from "../text/location.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Fix } from "./rule.ts";

/** A line of a table that Postfix skips, or reads as something else, and what can be done about it. */
export function tableLine(project: Project, at: Location, message: string): Finding {
  const fix = fixFor(project, at);
  return { at, message, severity: "warning", ...(fix && { fix }) };
}

/** A network with host bits set, a key with a colon as in a table of aliases. */
function fixFor(project: Project, at: Location): Fix | undefined {
  const written = textAt(project, at) ?? "";
  if (/^[^\s:]+:$/.test(written)) {
    return replaceText(project, at, written, { instead: written.slice(0, -1), title: "Remove the colon" });
  }
  if (!/^[0-9a-f.:[\]]+\/[0-9]+$/i.test(written)) return undefined;
  const parsed = parseNetwork(written);
  const instead = "error" in parsed ? parsed.instead : undefined;
  return instead === undefined ? undefined : replaceText(project, at, written, { instead });
}
