import { readFileSync } from "node:fs";
import path from "node:path";
import { editorFiles, jsonOfSize } from "./editorFiles.ts";
import { middle } from "./measure.ts";
import { check, jsonCheck, jsonServer, nothing, server, type Files, type Start, type StartFiles } from "./starts.ts";
import type { Cell, Table } from "./table.ts";

interface Program {
  readonly name: string;
  readonly start: (files: StartFiles) => Promise<Start> | Start;
}

/** One of ours, and those that it is compared with. */
interface Comparison {
  readonly ours: Program;
  readonly others: readonly (Program & { readonly ratio: string })[];
}

const NOTHING: Program = { name: "nothing: node -e 0", start: nothing };
const KEPT = "with kept code, as ours";
const USUAL = "one file, the usual way";
const COMPARISONS: readonly Comparison[] = [
  {
    ours: { name: "our language server over stdio", start: server },
    others: [
      { name: `JSON language server: ${KEPT}`, ratio: KEPT, start: jsonServer("jsonServer.js") },
      { name: `JSON language server: ${USUAL}`, ratio: USUAL, start: jsonServer("oneFile/jsonServer.js") },
    ],
  },
  {
    ours: { name: "our command line: check", start: check },
    others: [
      { name: `JSON on the command line: ${KEPT}`, ratio: KEPT, start: jsonCheck("jsonCheck.js") },
      { name: `JSON on the command line: ${USUAL}`, ratio: USUAL, start: jsonCheck("oneFile/jsonCheck.js") },
    ],
  },
];

/** An ordinary directory, a large table, and one that no editor would open. */
const SIZES: readonly { readonly name: string; readonly ours: () => Files; readonly rounds: number }[] = [
  { name: "a small directory", ours: smallDirectory, rounds: 9 },
  { name: "main.cf of 2,000 lines and a table of 100,000 lines", ours: () => largeDirectory(100_000), rounds: 5 },
  { name: "main.cf of 2,000 lines and a table of 1,000,000 lines", ours: () => largeDirectory(1_000_000), rounds: 3 },
];

/** From the start of a process to its findings, beside the JSON language service of VS Code. */
export async function startUp(): Promise<readonly Table[]> {
  // Reading these certificates takes Node longer than everything that is compared here.
  delete process.env["NODE_EXTRA_CA_CERTS"];
  const tables: Table[] = [];
  for (const { name, ours, rounds } of SIZES) {
    const cellsOf = await cellsOfPrograms(withJson(ours()), rounds);
    tables.push({
      title: `From the start of a process to its findings in ${name} (the middle one of ${rounds})`,
      columns: ["", "initialized ms", "first findings ms", "all findings ms", "peak MB"],
      rows: [[NOTHING.name, ...cellsOf(NOTHING)], ...COMPARISONS.flatMap((one) => compared(one, cellsOf))],
    });
  }
  return tables.map((table, at) => (at === tables.length - 1 ? { ...table, notes: NOTES } : table));
}

const NOTES = [
  "JSON: vscode-json-languageservice in the smallest server and command line, for one file of as many bytes as all of ours;",
  "the server gets it from the editor. Ours gets main.cf, reads the tables from the disk, and sends what slow rules find last.",
  `"${KEPT}": bundled and started as ours are, with the code that an earlier start has compiled.`,
  `"${USUAL}": a bundle that Node compiles at each start, as VS Code ships its own.`,
];

/** An example, and something that is wrong in it. */
function smallDirectory(): Files {
  const example = (name: string): string => readFileSync(path.join("examples/restricted-senders", name), "utf8");
  return {
    "main.cf": `${example("main.cf")}smtpd_client_restrictions = nonsense\n`,
    local_domains: example("local_domains"),
    restricted_senders: example("restricted_senders"),
  };
}

function largeDirectory(lines: number): Files {
  const { mainCf, table } = editorFiles(lines);
  return { "main.cf": mainCf, table };
}

function withJson(ours: Files): StartFiles {
  const bytes = Object.values(ours).reduce((sum, text) => sum + text.length, 0);
  return { ours, json: jsonOfSize(bytes).replace('"REJECT"', "nonsense") };
}

type Cells = readonly (number | undefined)[];

/** Starts all programs in turns, so that whatever else the machine has to do meets all of them. */
async function cellsOfPrograms(files: StartFiles, rounds: number): Promise<(program: Program) => Cells> {
  const programs = [NOTHING, ...COMPARISONS.flatMap(({ ours, others }) => [...others, ours])];
  const starts = new Map(programs.map((program) => [program, [] as Start[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [program, done] of starts) done.push(await program.start(files));
  }
  return (program) => cells(starts.get(program) ?? []);
}

function cells(starts: readonly Start[]): Cells {
  return (["initialized", "firstFindings", "findings", "peak"] as const).map((key) => {
    const known = starts.flatMap((start) => start[key] ?? []);
    return known.length === 0 ? undefined : middle(known);
  });
}

function compared({ ours, others }: Comparison, cellsOf: (program: Program) => Cells): readonly (readonly Cell[])[] {
  return [
    ...[...others, ours].map((program) => [program.name, ...cellsOf(program)]),
    ...others.map((other) => [`  of what JSON needs ${other.ratio}`, ...ratios(cellsOf(ours), cellsOf(other))]),
  ];
}

function ratios(ours: Cells, others: Cells): readonly Cell[] {
  return ours.map((cell, at) => {
    const other = others[at];
    return cell === undefined || other === undefined ? undefined : `${(cell / other).toFixed(2)} x`;
  });
}
