import type { Project } from "../config/project.ts";
import type { SourceText } from "../config/sourceText.ts";
import type { Location } from "../text/location.ts";
import { replaceText } from "./replaceText.ts";
import type { Fix } from "./rule.ts";

/** Writes settings into the line above another one of main.cf; undefined elsewhere. */
export function setAbove(at: Location, ...settings: readonly string[]): Fix | undefined {
  if (at.file !== "main.cf") return undefined;
  const { start } = at.span;
  const edits = [{ span: { start, end: start }, newText: settings.map((setting) => `${setting}\n`).join("") }];
  return { title: `Set \`${settings[0] ?? ""}\``, edits: [{ file: at.file, edits }] };
}

/** A parameter and the value that it should have. */
export interface Wanted {
  readonly name: string;
  readonly value: string;
}

/** Changes the value of a parameter where it is set, or sets it above another one; undefined when that stands outside of main.cf. */
export function setParameter(
  project: Project,
  { name, value }: Wanted,
  { written, above }: { readonly written: SourceText | undefined; readonly above: Location },
): Fix | undefined {
  if (!written || above.file !== "main.cf") return setAbove(above, `${name} = ${value}`);
  return replaceText(project, written.locate(0, written.text.length), written.text, { instead: value });
}
