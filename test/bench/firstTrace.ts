import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Case } from "../oracle/case.ts";
import { configurationOf, evaluation } from "./evaluator.ts";
import { medianTime } from "./measure.ts";
import { ORDINARY_CASES } from "./ordinaryCase.ts";
import { firstSession, missingPostfix } from "./reference.ts";
import type { Cell, Table } from "./table.ts";

const ROUNDS = 15;
const PROCESSES = 7;
const CLI = "dist/cli.js";

/** From the texts of the files to the first trace, in a program that runs already and as a program of its own. */
export async function firstTraces(): Promise<Table> {
  const rows: Cell[][] = [["nothing: node -e 0", undefined, undefined, undefined, processTime(["-e", "0"]), undefined]];
  for (const asked of ORDINARY_CASES) {
    const { message } = asked;
    const making = medianTime(ROUNDS, () => configurationOf(asked));
    const all = medianTime(ROUNDS, () => evaluation(asked)());
    const configuration = configurationOf(asked);
    const trace = evaluation({ message }, configuration);
    if (trace().accepted[0] !== true) throw new Error("the message has to be accepted");
    const again = medianTime(ROUNDS, trace);
    rows.push([asked.id, making, all, again, commandTime(asked), await firstSession(asked)]);
  }
  return {
    title: "Milliseconds from the texts of the files to the first trace (the middle one of several)",
    columns: ["", "configuration", "and first trace", "each further trace", CLI, "Postfix, first session"],
    rows,
    notes: missingPostfix(),
  };
}

/** The time of `trace --config DIR` as a process. */
function commandTime({ files, message }: Case): number {
  const directory = mkdtempSync(path.join(tmpdir(), "mailflow-bench-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text);
    const { client_address: address, sender, recipients = [] } = message;
    const offered = ["--client-address", address, "--sender", sender ?? "", "--recipient", recipients[0] ?? ""];
    return processTime([CLI, "trace", "--config", directory, "--helo", message.helo ?? "", ...offered]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function processTime(values: readonly string[]): number {
  return medianTime(PROCESSES, () => {
    const { status, stderr } = spawnSync(process.execPath, values, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  });
}
