import type { Position, TextDocument } from "vscode-languageserver-textdocument";
import { middle } from "./measure.ts";

/** Where a person types: the directory with main.cf and its table, and which of the two is edited. */
export interface EditorQuestion {
  readonly directory: string;
  readonly edited: "main.cf" | "table";
  /** A table that is not open is read from the disk. */
  readonly open: boolean;
}

/** Milliseconds and megabytes. */
export interface EditorAnswer {
  readonly first: number;
  readonly edit: number;
  /** Of an edit, by the clock of the processor: other programs do not count there, what V8 compiles beside the work does. */
  readonly processor: number;
  readonly hover: number;
  readonly resident: number;
  readonly peak: number;
}

/** What an editor asks for: the findings of the opened files, those after an edit, and what a hover says. */
export interface EditorWork {
  first(): Promise<void>;
  edit(round: number): Promise<void>;
  hover(): Promise<void>;
}

const ROUNDS = 15;
const ENOUGH_MILLISECONDS = 3000;

/** Does the work of an editor, one typed character after the other, and prints how long it took. */
export async function printAnswer(work: EditorWork): Promise<void> {
  const first = await timed(() => work.first());
  const edits = await repeated((round) => work.edit(round));
  const hovers = await repeated(() => work.hover());
  globalThis.gc?.();
  const resident = process.memoryUsage().rss / 1e6;
  const peak = process.resourceUsage().maxRSS / 1e3;
  process.stdout.write(
    JSON.stringify({
      first: first.elapsed,
      edit: middle(edits.map(({ elapsed }) => elapsed)),
      processor: middle(edits.map(({ processor }) => processor)),
      hover: middle(hovers.map(({ elapsed }) => elapsed)),
      resident,
      peak,
    } satisfies EditorAnswer),
  );
}

/** Types a character into the middle of the text, and deletes it the next time. */
export function typed(document: TextDocument, round: number): Parameters<typeof TextDocument.update>[1] {
  const line = Math.floor(document.lineCount / 2);
  const [start, behind] = [3, 4].map((character) => ({ line, character })) as [Position, Position];
  return round % 2 === 0
    ? [{ range: { start, end: start }, text: "x" }]
    : [{ range: { start, end: behind }, text: "" }];
}

interface Time {
  readonly elapsed: number;
  readonly processor: number;
}

async function timed(work: () => Promise<void>): Promise<Time> {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { elapsed, processor: (user + system) / 1e3 };
}

/** Several times, fewer when they take long. */
async function repeated(work: (round: number) => Promise<void>): Promise<readonly Time[]> {
  const times: Time[] = [];
  let sum = 0;
  for (let round = 0; round < ROUNDS && (round < 3 || sum < ENOUGH_MILLISECONDS); round++) {
    const time = await timed(() => work(round));
    times.push(time);
    sum += time.elapsed;
  }
  return times;
}
