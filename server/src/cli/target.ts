import { existsSync, statSync } from "node:fs";
import path from "node:path";

/** What is to be checked: a directory, or one file of it. */
export interface Target {
  readonly directory: string;
  readonly file: string | undefined;
  /** The file of Postfix in whose place it is read, when it has another name. */
  readonly place?: "main.cf" | "master.cf";
}

/** The name on the disk of a file of the project. */
export function nameOnDisk({ file, place }: Target, name: string): string {
  return name === place ? (file ?? name) : name;
}

/** The name in the project of a file on the disk. */
export function nameInProject({ file, place }: Target, name: string): string {
  return name === file ? (place ?? name) : name;
}

/** What a path means: a directory, or a file of the nearest directory above it that has a main.cf. */
export function targetOf(text: string): Target {
  if (statSync(text).isDirectory()) return { directory: text, file: undefined };
  const directory = nearest(path.dirname(text)) ?? path.dirname(text);
  return { directory, file: path.relative(directory, text).split(path.sep).join("/") };
}

function nearest(directory: string): string | undefined {
  if (existsSync(path.join(directory, "main.cf"))) return directory;
  const above = path.join(directory, "..");
  return path.resolve(above) === path.resolve(directory) ? undefined : nearest(above);
}
