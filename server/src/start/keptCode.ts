import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cachedDataVersionTag } from "node:v8";
import type { Script } from "node:vm";

/** A part that this process has loaded, and how much of it was kept; 0: nothing that can be used. */
interface Part {
  readonly script: Script;
  readonly kept: number;
}

/** How long what was kept is good enough: keeping takes as long as it saves. */
const COMPLETED_MS = 10 * 60 * 1000;

/**
 * What V8 has compiled of the parts of a program, kept in a directory so that the next start need not compile it again.
 * Each use of a program (a command) keeps the functions that it called: those of the first start, which may have ended
 * early, and now and then those that were called since. V8 itself refuses what another version made.
 */
export class KeptCode {
  readonly #directory: string;
  /** By the name of their file. */
  readonly #loaded = new Map<string, Part>();

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

  /** Notes a part that was loaded, and how much that was kept V8 could use for it. */
  add(part: string, script: Script, kept: number): void {
    this.#loaded.set(part, { script, kept });
  }

  /** Keeps what was compiled so far, where that is allowed. */
  keep(): void {
    try {
      mkdirSync(this.#directory, { recursive: true });
      this.#write(Date.now() - statSync(this.#directory).mtimeMs > COMPLETED_MS);
    } catch {
      // The program stands where nothing may be written: it compiles each time.
    }
    this.#loaded.clear();
  }

  /** What was kept is part of what is compiled now, unless V8 has forgotten some of it: more is better. */
  #write(completes: boolean): void {
    for (const [part, { script, kept }] of this.#loaded) {
      if (kept > 0 && !completes) continue;
      const data = script.createCachedData();
      if (data.length > kept) this.#writeFile(this.#file(part), data);
    }
    if (completes) utimesSync(this.#directory, new Date(), new Date());
  }

  #file(part: string): string {
    return path.join(this.#directory, part);
  }

  /** Other processes may read or write the same file: it is there as a whole, or not at all. */
  #writeFile(file: string, data: Buffer): void {
    const unfinished = `${file}.${process.pid}`;
    try {
      writeFileSync(unfinished, data);
      renameSync(unfinished, file);
    } catch {
      rmSync(unfinished, { force: true });
    }
  }
}
