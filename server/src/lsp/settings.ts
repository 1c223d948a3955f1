import { isRelease, RELEASES, type Release } from "../postfix/release.ts";
import type { ProjectSettings } from "../workspace/loadProject.ts";

/** The section of the editor's settings that is ours. */
export const SECTION = "postfixMailflow";

/** Reads the settings, as the editor has them; `standard` is meant where they name no release. A string says what is wrong. */
export function settingsFrom(value: unknown, standard: Release): ProjectSettings | string {
  const version = isRecord(value) ? (value["postfixVersion"] ?? "newest") : "newest";
  if (version === "newest") return { release: standard };
  if (typeof version === "string" && isRelease(version)) return { release: version };
  return `${SECTION}.postfixVersion: no release \`${JSON.stringify(version)}\` is known; there are: newest, ${RELEASES.join(", ")}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
