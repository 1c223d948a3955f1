import type { Project } from "../config/project.ts";
import type { Message } from "../evaluate/message.ts";
import { appendTest } from "../mailflow/appendTest.ts";
import { readTestFile } from "../mailflow/readTestFile.ts";
import { recordTest } from "../mailflow/recordTest.ts";
import { runTest } from "../mailflow/runTest.ts";
import { traceDocument } from "./traceDocument.ts";

/** A trace that is to become a test. */
interface TestDraft {
  readonly name: string;
  /** What the file holds already. */
  readonly text: string;
  readonly message?: Message | undefined;
  readonly service?: string | undefined;
  readonly answers?: Readonly<Record<string, string>> | undefined;
}

/** Adds what happens to a message to a test file, and says whether the test passes there. */
export function newTest(
  project: Project,
  draft: TestDraft,
): { readonly text: string | null; readonly passes: boolean } {
  const { name, message } = draft;
  if (!message) return { text: null, passes: false };
  const { json, view } = traceDocument(project, { ...draft, message });
  if (!json || !view) return { text: null, passes: false };
  const { service, fates, questions } = view;
  const answers = Object.fromEntries(questions.map(({ ask, answer }) => [ask, answer]));
  const text = appendTest(draft.text, recordTest({ name, service, message, answers, answer: json, fates }));
  if (text === undefined) return { text: null, passes: false };
  const added = readTestFile(text).tests.at(-1);
  return { text, passes: added !== undefined && runTest(project, added).kind === "passed" };
}
