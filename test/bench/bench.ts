/**
 * npm run bench: how fast we are, beside a real Postfix in the same run where there is one. Nothing here is asserted.
 *
 *     npm run bench [-- --json] [--seconds 3] [--only traces,reference,tables,lists,classes,first,relay,editor,start]
 *
 * With --worker it is the program that talks to Postfix inside the namespaces.
 */
import { parseArgs } from "node:util";
import type { WorkerSetup } from "../oracle/worker.ts";
import { editorSpeed } from "./editor.ts";
import { firstTraces } from "./firstTrace.ts";
import { classGrowth, listGrowth, tableGrowth } from "./growth.ts";
import { calibrate } from "./measure.ts";
import { referenceTraces } from "./reference.ts";
import { relayGrowth } from "./relay.ts";
import { runSessions } from "./sessions.ts";
import { tableText, type Cell, type Table } from "./table.ts";
import { startUp } from "./startUp.ts";
import { recordedTraces } from "./traces.ts";

const { values: options } = parseArgs({
  allowPositionals: false,
  options: {
    json: { type: "boolean", default: false },
    seconds: { type: "string", default: "5" },
    only: { type: "string" },
    worker: { type: "string" },
  },
});
if (options.worker !== undefined) await runSessions(JSON.parse(options.worker) as WorkerSetup);
else await runBench(Number(options.seconds));

async function runBench(seconds: number): Promise<void> {
  const parts: Readonly<Record<string, () => Table | readonly Table[] | Promise<Table | readonly Table[]>>> = {
    traces: () => recordedTraces(seconds),
    reference: () => referenceTraces(seconds),
    tables: tableGrowth,
    lists: listGrowth,
    classes: classGrowth,
    first: firstTraces,
    relay: relayGrowth,
    editor: editorSpeed,
    start: startUp,
  };
  const wanted = options.only?.split(",") ?? Object.keys(parts);
  const calibration: Cell[][] = [];
  const tables: Table[] = [];
  const show = (table: Table): void => {
    tables.push(table);
    if (!options.json) process.stdout.write(tableText(table));
  };
  const note = (when: string): void => {
    const { perSecond, perProcessorSecond } = calibrate();
    calibration.push([when, perSecond / 1e6, perProcessorSecond / 1e6]);
  };
  for (const name of wanted) {
    const part = parts[name];
    if (!part) throw new Error(`there is no part "${name}"; the parts are ${Object.keys(parts).join(", ")}`);
    note(`before ${name}`);
    [await part()].flat().forEach(show);
  }
  note("at the end");
  show({
    title: `Calibration: a fixed loop, in millions of rounds; Node ${process.version}`,
    columns: ["", "per second", "per processor second"],
    rows: calibration,
    notes: ["Where the two differ, other programs had a share of the processor."],
  });
  if (options.json) process.stdout.write(`${JSON.stringify(tables, undefined, 2)}\n`);
}
