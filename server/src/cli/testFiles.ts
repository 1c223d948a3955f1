import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { TEST_FILE_ENDING } from "../mailflow/testFile.ts";
import { UsageError } from "./usage.ts";

/** The mail-flow test files that the arguments name; a directory stands for all files below it. */
export function findTestFiles(targets: readonly string[]): readonly string[] {
  const files = targets.flatMap((target) => {
    if (!statSync(target).isDirectory()) return [target];
    const found = readdirSync(target, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(TEST_FILE_ENDING) && !name.split(path.sep).includes("node_modules"))
      .map((name) => path.join(target, name));
    if (found.length === 0) throw new UsageError(`${target}: there is no file *${TEST_FILE_ENDING}`);
    return found.sort();
  });
  return [...new Set(files)];
}
