import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";

const HOUR = 3_600_000;

/**
 * Writes a file as if it had been there for an hour: Postfix programs wait for a main.cf or table that has just changed to cool
 * down, up to two seconds each (util/dict_open.c and dict.c, "hot" files).
 */
export function writeOld(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  const then = new Date(Date.now() - HOUR);
  utimesSync(file, then, then);
}
