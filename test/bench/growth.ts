import { NOT_FOUND, type AskTable } from "../../server/src/config/table.ts";
import { BIG_TABLE_TYPES, bigTable, type BigTableType } from "./bigTable.ts";
import { configurationOf, evaluation } from "./evaluator.ts";
import { speedOf } from "./measure.ts";
import { postmapSpeed } from "./postmap.ts";
import { missingPostfix } from "./reference.ts";
import { REFERENCE_CASES } from "./referenceCase.ts";
import { growth, type Cell, type Table } from "./table.ts";

const TABLE_SIZES = [100, 1_000, 10_000, 100_000];
const LIST_LENGTHS = [1, 10, 100, 1_000];
const CLASS_DEPTHS = [1, 10, 100, 200];
const EFFORT = { seconds: 0.4, warmUp: 0.3 };

/** Look-ups per second by the size of the table. */
export function tableGrowth(): Table {
  const rows: Cell[][] = [];
  for (const type of BIG_TABLE_TYPES) {
    const found = TABLE_SIZES.map((lines) => ({ lines, ...lookUps(type, lines) }));
    const factors = growth(found.map(({ nanoseconds }) => nanoseconds));
    found.forEach(({ lines, opening, nanoseconds, real }, at) => {
      const ratio = real === undefined ? undefined : `${(1e9 / nanoseconds / real).toFixed(1)} x`;
      rows.push([type, lines, opening, 1e9 / nanoseconds, nanoseconds / 1000, factors[at], real, ratio]);
    });
  }
  return {
    title: "Look-ups by the lines of the table; every second key is found",
    columns: ["type", "lines", "opening ms", "per second", "µs each", "growth", "postmap -q per second", "we are"],
    rows,
    notes: missingPostfix(),
  };
}

function lookUps(
  type: BigTableType,
  lines: number,
): { opening: number; nanoseconds: number; real: number | undefined } {
  const big = bigTable(type, lines);
  const { message } = REFERENCE_CASES[0];
  const configuration = configurationOf({ files: { "main.cf": "", table: big.text }, message });
  const nobody: AskTable = () => NOT_FOUND;
  const start = performance.now();
  const table = configuration.table(`${type}:/etc/postfix/table`);
  table.lookup(big.keys[0] ?? "", nobody);
  const opening = performance.now() - start;
  const found = big.keys.filter((key) => table.lookup(key, nobody).kind === "found").length;
  if (found !== big.keys.length / 2) throw new Error(`${type}: ${found} of ${big.keys.length} keys found`);
  let next = 0;
  const work = (): void => {
    table.lookup(big.keys[(next += 7) % big.keys.length] ?? "", nobody);
  };
  const { perProcessorSecond } = speedOf(work, EFFORT);
  return { opening, nanoseconds: 1e9 / perProcessorSecond, real: postmapSpeed(big) };
}

/** Time per trace by the length of one list. */
export function listGrowth(): Table {
  const cycle = [
    "permit_mynetworks",
    "check_client_access hash:/etc/postfix/client_access",
    "check_sender_access hash:/etc/postfix/sender_access",
    "reject_non_fqdn_recipient",
  ];
  const rows = traceGrowth(LIST_LENGTHS, (length) => {
    const items = Array.from({ length: length - 1 }, (_, at) => cycle[at % cycle.length]);
    return `smtpd_recipient_restrictions = ${[...items, "reject_unauth_destination"].join("\n    ")}\n`;
  });
  return { title: "Traces by the length of the list", columns: ["restrictions", ...GROWTH_COLUMNS], rows };
}

/** Time per trace by how deep restriction classes call each other. */
export function classGrowth(): Table {
  const rows = traceGrowth(CLASS_DEPTHS, (depth) => {
    const names = Array.from({ length: depth }, (_, at) => `class${at}`);
    const definitions = names.map((name, at) => `${name} = ${names[at + 1] ?? "reject_unauth_destination"}\n`);
    return `smtpd_restriction_classes = ${names.join(" ")}
${definitions.join("")}smtpd_recipient_restrictions = class0\n`;
  });
  return { title: "Traces by the depth of classes", columns: ["depth", ...GROWTH_COLUMNS], rows };
}

const GROWTH_COLUMNS = ["per second", "µs each", "growth", "µs per step"];

function traceGrowth(sizes: readonly number[], lines: (size: number) => string): readonly (readonly Cell[])[] {
  const [{ files, message }] = REFERENCE_CASES;
  const head = files["main.cf"].slice(0, files["main.cf"].indexOf("smtpd_recipient_restrictions"));
  const times = sizes.map((size) => {
    const trace = evaluation({ files: { ...files, "main.cf": head + lines(size) }, message });
    if (trace().accepted[0] !== true) throw new Error("every restriction has to be asked");
    const work = (): void => {
      trace();
    };
    return 1e6 / speedOf(work, EFFORT).perProcessorSecond;
  });
  const factors = growth(times);
  return times.map((time, at) => {
    const size = sizes[at] ?? 0;
    return [size, 1e6 / time, time, factors[at], time / size];
  });
}
