import type { Location } from "../text/location.ts";
import type { Fix } from "./rule.ts";

/** Writes settings into the line above another one of main.cf; undefined elsewhere. */
export function setAbove(at: Location, ...settings: readonly string[]): Fix | undefined {
  if (at.file !== "main.cf") return undefined;
  const { start } = at.span;
  const edits = [{ span: { start, end: start }, newText: settings.map((setting) => `${setting}\n`).join("") }];
  return { title: `Set \`${settings[0] ?? ""}\``, edits: [{ file: at.file, edits }] };
}
