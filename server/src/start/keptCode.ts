import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cachedDataVersionTag } from "node:v8";
import type { Script } from "node:vm";

/**
 * What V8 has compiled of the parts of a program, kept in a directory so that the next start need not compile it again.
 * Each use of a program (a command) keeps the functions that it called. V8 itself refuses what another version made.
 */
export class KeptCode {
  readonly #directory: string;
  /** The parts that were compiled in this process, by the name of their file. */
  readonly #compiled = new Map<string, Script>();

  constructor(root: string, use: string) {
    this.#directory = path.join(root, `${use}-${cachedDataVersionTag().toString(36)}`);
  }

  find(part: string): Buffer | undefined {
    try {
      return readFileSync(this.#file(part));
    } catch {
      return undefined; // it was not kept yet, or cannot be
    }
  }

  /** Notes a part of which nothing usable was kept. */
  add(part: string, script: Script): void {
    this.#compiled.set(part, script);
  }

  /** Keeps what was compiled so far, where that is allowed. */
  keep(): void {
    try {
      mkdirSync(this.#directory, { recursive: true });
    } catch {
      return; // the program stands where nothing may be written: it compiles each time
    }
    for (const [part, script] of this.#compiled) this.#write(part, script.createCachedData());
    this.#compiled.clear();
  }

  #file(part: string): string {
    return path.join(this.#directory, part);
  }

  /** Other processes may read or write the same file: it is there as a whole, or not at all. */
  #write(part: string, data: Buffer): void {
    const file = this.#file(part);
    const unfinished = `${file}.${process.pid}`;
    try {
      writeFileSync(unfinished, data);
      renameSync(unfinished, file);
    } catch {
      rmSync(unfinished, { force: true });
    }
  }
}
