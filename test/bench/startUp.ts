import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CHANGED } from "../../server/src/lsp/protocol.ts";
import { Editor } from "../lsp/editor.ts";
import { jsonOfSize } from "./editorFiles.ts";
import { middle } from "./measure.ts";
import { benchProgram } from "./program.ts";
import type { Cell, Table } from "./table.ts";

const ROUNDS = 9;
const EXAMPLE = "examples/restricted-senders";
const EXAMPLE_FILES = ["main.cf", "local_domains", "restricted_senders"];

/** A small file, and something that is wrong in it. */
const MAIN = `smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_client_restrictions = nonsense
`;
const JSON_FILE =
  '{ "smtpd_relay_restrictions": "reject_unauth_destination", "smtpd_client_restrictions": nonsense }\n';

/** Milliseconds, and megabytes at the most. */
interface Start {
  readonly initialized?: number;
  readonly firstFindings?: number;
  readonly findings: number;
  readonly peak?: number | undefined;
}

/** From the start of a process to its first findings, beside the JSON language service of VS Code. */
export async function startUp(): Promise<Table> {
  const starts = {
    nothing: [] as Start[],
    jsonServer: [] as Start[],
    server: [] as Start[],
    jsonCheck: [] as Start[],
    check: [] as Start[],
  };
  // Reading these certificates takes Node longer than everything that is compared here.
  delete process.env["NODE_EXTRA_CA_CERTS"];
  const directory = mkdtempSync(path.join(tmpdir(), "mailflow-bench-"));
  const json = path.join(directory, "main.json");
  const bytes = EXAMPLE_FILES.reduce((sum, name) => sum + statSync(path.join(EXAMPLE, name)).size, 0);
  writeFileSync(json, jsonOfSize(bytes));
  // In turns, so that whatever else the machine has to do meets all of them.
  for (let round = 0; round < ROUNDS; round++) {
    starts.nothing.push(command(["-e", "0"]));
    starts.jsonServer.push(await jsonServer());
    starts.server.push(await server());
    starts.jsonCheck.push(command([benchProgram("jsonCheck.js"), json]));
    starts.check.push(command(["dist/cli.js", "check", EXAMPLE]));
  }
  rmSync(directory, { recursive: true });
  const rows: readonly (readonly Cell[])[] = [
    ["nothing: node -e 0", ...cells(starts.nothing)],
    ["JSON language server over stdio", ...cells(starts.jsonServer)],
    ["our language server over stdio", ...cells(starts.server)],
    ["  of what JSON needs", ...ratios(starts.server, starts.jsonServer)],
    ["JSON on the command line: a file of as many bytes", ...cells(starts.jsonCheck)],
    ["our command line: check of a small directory", ...cells(starts.check)],
    ["  of what JSON needs", ...ratios(starts.check, starts.jsonCheck)],
  ];
  return {
    title: "From the start of a process to its findings in a small file (the middle one of several)",
    columns: ["", "initialized ms", "first findings ms", "all findings ms", "peak MB"],
    rows,
    notes: [
      "JSON: vscode-json-languageservice in the smallest server and command line, bundled and started as ours are:",
      "both have the code that an earlier start has compiled. Our server sends what slow rules find behind the rest.",
    ],
  };
}

function command(args: readonly string[]): Start {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} failed: ${stderr}`);
  return { findings: performance.now() - start };
}

function server(): Promise<Start> {
  return serverStart("dist/server.js", { name: "main.cf", languageId: "postfix-main", text: MAIN });
}

function jsonServer(): Promise<Start> {
  return serverStart(benchProgram("jsonServer.js"), { name: "main.json", languageId: "json", text: JSON_FILE });
}

async function serverStart(
  program: string,
  { name, languageId, text }: { readonly name: string; readonly languageId: string; readonly text: string },
): Promise<Start> {
  const start = performance.now();
  const editor = new Editor({ [name]: text }, "stdio", program);
  // Ours says so; the JSON server has no slow rules.
  const checked = languageId === "json" ? undefined : editor.notified(CHANGED);
  try {
    await editor.start({ notifications: [CHANGED] });
    const initialized = performance.now() - start;
    await editor.open(name, languageId, text);
    await editor.findings(name, (codes) => codes.length > 0);
    const firstFindings = performance.now() - start;
    await checked;
    return { initialized, firstFindings, findings: performance.now() - start, peak: peakOf(editor.process) };
  } finally {
    await editor.stop();
  }
}

/** The most memory that a process has had; only Linux tells. */
function peakOf(id: number): number | undefined {
  const file = `/proc/${id}/status`;
  const kilobytes = existsSync(file) ? /^VmHWM:\s*(\d+)/m.exec(readFileSync(file, "utf8"))?.[1] : undefined;
  return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
}

function cells(starts: readonly Start[]): readonly (number | undefined)[] {
  return (["initialized", "firstFindings", "findings", "peak"] as const).map((key) => {
    const known = starts.flatMap((start) => start[key] ?? []);
    return known.length === 0 ? undefined : middle(known);
  });
}

function ratios(ours: readonly Start[], json: readonly Start[]): readonly Cell[] {
  const others = cells(json);
  return cells(ours).map((cell, at) => {
    const other = others[at];
    return cell === undefined || other === undefined ? undefined : `${(cell / other).toFixed(2)} x`;
  });
}
