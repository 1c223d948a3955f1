/**
 * Starts a program: the language server or the command line. It has no code of theirs; it loads their parts, which the
 * bundler has wrapped as functions, with what was kept of them compiled.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Script } from "node:vm";
import { setFlags } from "./flags.ts";
import { KeptCode } from "./keptCode.ts";

/** The file of the first part, beside this one. The bundler knows it. */
declare const FIRST_PART: string;

type Require = (name: string) => unknown;
type Part = (module: Module, require: Require, file: string, directory: string) => void;
interface Module {
  exports: unknown;
}

const DIRECTORY = import.meta.dirname;
/** A program that runs this long has done what it does at every start. */
const STARTED_MS = 10_000;
/** The exit status of a wrong command line; nothing of it is worth keeping. */
const WRONG_USE = 2;

/** How many parts are being loaded, each by the one before. */
let depth = 0;
const builtIn = createRequire(import.meta.filename);
const loaded = new Map<string, Module>();
const kept = new KeptCode(path.join(DIRECTORY, "cache"), useOf(process.argv));

setTimeout(() => {
  keep();
}, STARTED_MS).unref();
process.on("exit", (status) => {
  if (status !== WRONG_USE) keep();
});
load(FIRST_PART);

function load(name: string): unknown {
  return loaded.get(name)?.exports ?? whileLoading(() => loadNew(name));
}

function keep(): void {
  whileLoading(() => {
    kept.keep();
  });
}

/** What is loaded may load more. */
function whileLoading<Result>(work: () => Result): Result {
  if (depth++ === 0) setFlags("loading");
  try {
    return work();
  } finally {
    if (--depth === 0) setFlags("running");
  }
}

function loadNew(name: string): unknown {
  const module: Module = { exports: {} };
  loaded.set(name, module);
  const file = path.join(DIRECTORY, name);
  compiled(file, name)(module, require, file, DIRECTORY);
  return module.exports;
}

function require(name: string): unknown {
  return name.startsWith("./") ? load(path.basename(name)) : builtIn(name);
}

function compiled(filename: string, name: string): Part {
  const cachedData = kept.find(name);
  // The bundler writes ASCII.
  const script = new Script(readFileSync(filename, "latin1"), { filename, ...(cachedData && { cachedData }) });
  kept.add(name, script, script.cachedDataRejected === false ? (cachedData?.length ?? 0) : 0);
  return script.runInThisContext() as Part;
}

/** The name of the command, when there is one. */
function useOf([, program = "", command = ""]: readonly string[]): string {
  return /^[a-z]+$/.test(command) ? command : path.parse(program).name;
}
