import type { SourceText } from "../config/sourceText.ts";
import type { Related } from "./rule.ts";

/** Where a parameter is set that a finding elsewhere is about; nothing for a default. */
export function setHere(setting: SourceText | undefined): readonly Related[] {
  return setting?.nameAt ? [{ at: setting.nameAt, message: "set here" }] : [];
}
