/**
 * npm run conformance: how often our answers are those of the real Postfix.
 *
 *     npm run conformance                           the recorded cases
 *     npm run conformance -- --live 1000 --seed 7   fresh random cases, asked of the installed Postfix
 *     npm run conformance -- --patterns 5000        random regexp and pcre tables, asked of postmap
 *     npm run conformance -- --relay 20000          random configurations: is what is said of their relaying true?
 *
 * Another release is asked when its postconf comes first in PATH: see test/oracle/main.ts.
 *
 * `--no-patterns` leaves regexp and pcre tables out of the random cases; `--show N` limits the differences that are made
 * small and printed, `--large` leaves them as they are; `--keep FILE` appends the cases with their answers to a file that
 * `--recording FILE` replays later.
 */
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { postfixAvailable } from "../oracle/installation.ts";
import { relayConformance } from "../relay/relayConformance.ts";
import { ASPECTS, differencesOf, type Difference } from "./differences.ts";
import { generateCase } from "./generate.ts";
import { patternConformance } from "./patterns/patternConformance.ts";
import { minimise } from "./minimise.ts";
import { recordCases } from "./recordCases.ts";
import { caseToRecord, NEWER_RECORDING, readRecording, RECORDING, type RecordedCase } from "./recording.ts";

const { values: options } = parseArgs({
  allowPositionals: false,
  options: {
    live: { type: "string" },
    relay: { type: "string" },
    patterns: { type: "string" },
    seed: { type: "string", default: "1" },
    "no-patterns": { type: "boolean", default: false },
    show: { type: "string", default: "20" },
    large: { type: "boolean", default: false },
    keep: { type: "string" },
    recording: { type: "string", multiple: true, default: [RECORDING, NEWER_RECORDING] },
  },
});
process.exitCode = await run();

async function run(): Promise<number> {
  const seed = Number(options.seed);
  if (options.relay !== undefined) return relayConformance(Number(options.relay), seed, print);
  if (options.patterns !== undefined) return patternConformance(Number(options.patterns), seed, print);
  return options.live === undefined ? replay() : live(Number(options.live), seed);
}

function replay(): number {
  const { differing } = compare(options.recording.flatMap((file) => readRecording(file)));
  for (const recorded of differing.slice(0, Number(options.show))) show(recorded);
  return differing.length > 0 ? 1 : 0;
}

async function live(count: number, seed: number): Promise<number> {
  const reason = postfixAvailable();
  if (reason !== undefined) {
    print(`The installed Postfix cannot be asked: ${reason}`);
    return 2;
  }
  const start = performance.now();
  const patterns = !options["no-patterns"];
  const cases = Array.from({ length: count }, (_, at) => generateCase(seed * 1_000_000 + at, { patterns }));
  const recorded = await recordCases(cases, (done, total) => {
    if (process.stderr.isTTY && done % 50 === 0) process.stderr.write(`\r${done} of ${total}`);
  });
  const seconds = (performance.now() - start) / 1000;
  print(`${count} random cases from seed ${seed} in ${seconds.toFixed(0)} s`);
  if (options.keep !== undefined) for (const one of recorded) appendFileSync(options.keep, `${JSON.stringify(one)}\n`);
  const { differing } = compare(recorded);
  for (const one of differing.slice(0, Number(options.show))) {
    show(options.large ? one : await minimise(one));
  }
  return differing.length > 0 ? 1 : 0;
}

/** Prints in how many cases we agree, aspect by aspect, and gives the others, the worst first. */
function compare(recorded: readonly RecordedCase[]): { readonly differing: readonly RecordedCase[] } {
  const start = performance.now();
  const found = recorded.map((one) => ({ one, differences: differencesOf(one) }));
  const milliseconds = performance.now() - start;
  const width = Math.max(...ASPECTS.map((aspect) => aspect.length));
  for (const aspect of ASPECTS) {
    const count = found.filter(({ differences }) =>
      differences.every((difference) => difference.aspect !== aspect),
    ).length;
    const share = ((100 * count) / Math.max(1, recorded.length)).toFixed(2);
    print(`${aspect.padEnd(width)}  ${count} of ${recorded.length} agree (${share} %)`);
  }
  print(`evaluated in ${milliseconds.toFixed(0)} ms`);
  const rank = (differences: readonly Difference[]): number => ASPECTS.indexOf(differences[0]?.aspect ?? "log");
  const differing = found.filter(({ differences }) => differences.length > 0);
  return { differing: differing.sort((a, b) => rank(a.differences) - rank(b.differences)).map(({ one }) => one) };
}

function show(recorded: RecordedCase): void {
  print(`\n${recorded.id}${recorded.note === undefined ? "" : `: ${recorded.note}`}`);
  for (const [name, text] of Object.entries(recorded.files)) print(indent(`${name}:\n${indent(text.trimEnd())}`));
  print(indent(JSON.stringify(recorded.message)));
  const differences = differencesOf(recorded);
  // A server that does not start says nothing further.
  const shown = differences[0]?.aspect === "start" ? differences.slice(0, 1) : differences;
  for (const { aspect, real, ours } of shown) {
    print(`  ${aspect}`);
    for (const key of differingKeys(real, ours)) {
      print(`    ${key}\n      real ${JSON.stringify(real[key])}\n      ours ${JSON.stringify(ours[key])}`);
    }
  }
  print(`  case ${JSON.stringify(caseToRecord(recorded))}`);
}

function differingKeys(one: Difference["real"], other: Difference["real"]): readonly string[] {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].filter((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]));
}

function indent(lines: string): string {
  return lines.replace(/^/gm, "  ");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
