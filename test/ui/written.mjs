import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";

/** The content of a file, as soon as the editor has written it. The time limit of the test ends a wait in vain. */
export async function written(file) {
  for (;;) {
    const content = await readFile(file).catch(() => Buffer.alloc(0));
    if (content.length > 0) return content;
    await setTimeout(50);
  }
}
