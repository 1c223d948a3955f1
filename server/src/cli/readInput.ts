import { isUtf8 } from "node:buffer";
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { UsageError } from "./usage.ts";

/** What is in a file, or in the standard input for `-`. What the system complains about names the file. */
export function readInput(file: string): Uint8Array {
  try {
    return readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    throw naming(file, error);
  }
}

/** The lines of a file, or of the standard input for `-`, one after the other. */
export async function* readLines(file: string): AsyncGenerator<Uint8Array> {
  const input = file === "-" ? process.stdin : createReadStream(file);
  // Each byte is a character here, so that readline sees no end of a line inside a text.
  input.setEncoding("latin1");
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) yield Buffer.from(line, "latin1");
  } catch (error) {
    throw naming(file, error);
  }
}

/** The text of bytes that have to be UTF-8: others in their place would be other names and keys. A mark in front is left out. */
export function utf8Text(bytes: Uint8Array, where: string): string {
  if (!isUtf8(bytes)) throw new UsageError(`${where}: not UTF-8`);
  return new TextDecoder().decode(bytes);
}

/** Reading a directory fails only when it is open, and then the system names no path. */
function naming(file: string, error: unknown): unknown {
  return error instanceof Error && "code" in error ? Object.assign(error, { path: file }) : error;
}
