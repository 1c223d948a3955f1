import assert from "node:assert/strict";
import type { CompletionItem, CompletionList } from "vscode-languageserver-types";
import { makeProject } from "../../server/src/config/project.ts";
import { completion, type CompletionAbilities } from "../../server/src/features/completion/completion.ts";
import type { Release } from "../../server/src/postfix/release.ts";
import { fixtureWithCursor } from "./fixture.ts";
import { offsetOf } from "./offsetOf.ts";

const SNIPPETS: CompletionAbilities = { snippets: true };
export const PLAIN: CompletionAbilities = { snippets: false };

interface Options {
  readonly names?: readonly string[];
  readonly release?: Release;
  readonly abilities?: CompletionAbilities;
}

/** The only function of the tests that knows the API of completion(). */
export function itemsAt(source: string, options?: Options): CompletionItem[] {
  return listAt(source, options).items;
}

export function listAt(
  source: string,
  { names = [], release = "3.12", abilities = SNIPPETS }: Options = {},
): CompletionList {
  const { project, file, offset } = fixtureWithCursor(source);
  return completion({ project: makeProject({ ...project, release }), file, offset, names }, abilities);
}

/** What is offered, in the order in which an editor shows it. */
export function labels(source: string, options?: Options): readonly string[] {
  return itemsAt(source, options)
    .sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1))
    .map(({ label }) => label);
}

export function offers(source: string, expected: readonly string[], options?: Options): void {
  const found = labels(source, options);
  for (const label of expected) assert.ok(found.includes(label), `${label} is among ${found.join(", ")}`);
}

export function doesNotOffer(source: string, unexpected: readonly string[], options?: Options): void {
  const found = labels(source, options);
  assert.ok(found.length > 0, "something is offered");
  for (const label of unexpected) assert.ok(!found.includes(label), `${label} is not offered`);
}

/** The file after a completion was chosen. */
export function chosen(source: string, label: string, options?: Options): string {
  const { project, file } = fixtureWithCursor(source);
  const item = itemsAt(source, options).find((one) => one.label === label);
  const content = project.files.get(file);
  assert.ok(item?.textEdit && "range" in item.textEdit && content?.kind === "text", `${label} is offered`);
  const { range, newText } = item.textEdit;
  assert.equal(range.start.line, range.end.line, "an edit stays on its line");
  const [start, end] = [offsetOf(content.text, range.start), offsetOf(content.text, range.end)];
  return content.text.slice(0, start) + newText + content.text.slice(end);
}

export function itemNamed(source: string, label: string, options?: Options): CompletionItem {
  const item = itemsAt(source, options).find((one) => one.label === label);
  assert.ok(item, `${label} is offered`);
  return item;
}
