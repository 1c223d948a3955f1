import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CHANGED } from "../../server/src/lsp/protocol.ts";
import { Editor } from "../lsp/editor.ts";
import { benchProgram } from "./program.ts";

/** What a program is started with: our files, and a JSON file of as many bytes. Something is wrong in both. */
export interface StartFiles {
  readonly ours: Files;
  readonly json: string;
}

export type Files = Readonly<Record<string, string>>;

/** Milliseconds, and megabytes at the most. */
export interface Start {
  readonly initialized?: number;
  readonly firstFindings?: number;
  readonly findings: number;
  readonly peak?: number | undefined;
}

/** Node that does nothing. */
export function nothing(): Start {
  return command(["-e", "0"]);
}

/** Our command line checks the directory. */
export function check({ ours }: StartFiles): Start {
  return inDirectory(ours, (directory) => command(["dist/cli.js", "check", directory]));
}

/** A command line of test/bench/programs checks the JSON file. */
export function jsonCheck(program: string): (files: StartFiles) => Start {
  return ({ json }) =>
    inDirectory({ [JSON_NAME]: json }, (directory) =>
      command([benchProgram(program), path.join(directory, JSON_NAME)]),
    );
}

/** Our server, with main.cf open and the rest on the disk. */
export function server({ ours }: StartFiles): Promise<Start> {
  const editor = new Editor(ours);
  const checked = editor.notified(CHANGED);
  return serverStart(editor, { name: "main.cf", languageId: "postfix-main", text: ours["main.cf"] ?? "" }, checked);
}

/** A server of test/bench/programs, with the JSON file open. */
export function jsonServer(program: string): (files: StartFiles) => Promise<Start> {
  return ({ json }) => {
    const editor = new Editor({}, "stdio", benchProgram(program));
    return serverStart(editor, { name: JSON_NAME, languageId: "json", text: json });
  };
}

const JSON_NAME = "files.json";

interface Document {
  readonly name: string;
  readonly languageId: string;
  readonly text: string;
}

/** Only a server with slow rules says by itself when it has checked all. */
async function serverStart(
  editor: Editor,
  { name, languageId, text }: Document,
  checked?: Promise<unknown>,
): Promise<Start> {
  const elapsed = (): number => performance.now() - editor.started;
  try {
    await editor.start({ notifications: [CHANGED] });
    const initialized = elapsed();
    await editor.open(name, languageId, text);
    await editor.findings(name, (codes) => codes.length > 0);
    const firstFindings = elapsed();
    await checked;
    return { initialized, firstFindings, findings: elapsed(), peak: peakOf(editor.process) };
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

/** A command that has found something, or nothing. */
function command(args: readonly string[]): Start {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0 && status !== 1) throw new Error(`node ${args.join(" ")} failed: ${stderr}`);
  return { findings: performance.now() - start };
}

function inDirectory<Result>(files: Files, work: (directory: string) => Result): Result {
  const directory = mkdtempSync(path.join(tmpdir(), "mailflow-bench-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(directory, name), text);
    return work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
