import { isRelease, NEWEST, RELEASES } from "../postfix/release.ts";
import type { ProjectSettings } from "../workspace/loadProject.ts";

/** The section of the editor's settings that is ours. */
export const SECTION = "postfixMailflow";

/** Reads the settings, as the editor has them. A string says what is wrong; then the defaults apply. */
export function settingsFrom(value: unknown): ProjectSettings | string {
  const version = isRecord(value) ? (value["postfixVersion"] ?? "newest") : "newest";
  if (version === "newest") return { release: NEWEST };
  if (typeof version === "string" && isRelease(version)) return { release: version };
  return `${SECTION}.postfixVersion: no release \`${JSON.stringify(version)}\` is known; there are: newest, ${RELEASES.join(", ")}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
