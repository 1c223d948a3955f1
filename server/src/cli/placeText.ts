import type { Range } from "../text/lineIndex.ts";

/** A place as a terminal makes a link of it; empty when there is none. */
export function placeText({ file, range }: { readonly file?: string; readonly range?: Range }): string {
  if (file === undefined) return "";
  return range ? `${file}:${range.start.line + 1}:${range.start.character + 1}` : file;
}
