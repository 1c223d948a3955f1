import assert from "node:assert/strict";
import { hover } from "../../server/src/features/hover.ts";
import { fixtureWithCursor } from "./fixture.ts";

/** What the hover at the cursor says; empty where there is none. */
export function hoverText(source: string): string {
  const { project, file, offset } = fixtureWithCursor(source);
  const shown = hover(project, file, offset);
  return typeof shown?.contents === "object" && "value" in shown.contents ? shown.contents.value : "";
}

/** Each text has to be in the hover at the cursor; without any, there is no hover. */
export function checkHover(source: string, ...expected: readonly string[]): void {
  const text = hoverText(source);
  for (const part of expected) assert.ok(text.includes(part), `${JSON.stringify(part)} is in ${JSON.stringify(text)}`);
  if (expected.length > 0) return;
  const { project, file, offset } = fixtureWithCursor(source);
  assert.equal(hover(project, file, offset), undefined);
}

/** The text that the hover at the cursor is about. */
export function hoveredText(source: string): string {
  const { project, file, offset } = fixtureWithCursor(source);
  const content = project.files.get(file);
  const range = hover(project, file, offset)?.range;
  assert.ok(content?.kind === "text" && range, "there is a hover");
  assert.equal(range.end.line, range.start.line);
  const line = content.text.split("\n")[range.start.line] ?? "";
  return line.slice(range.start.character, range.end.character);
}
