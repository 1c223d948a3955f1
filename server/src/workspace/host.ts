import type { FileContent } from "../config/files.ts";

/** Where files come from: the disk, an archive, a browser's storage. */
export interface Host {
  /**
   * Reads a file of a directory. `name` is relative to it, with `/` between its parts, and the host reads nothing that
   * lies outside the directory. Never fails: what cannot be read says why.
   */
  read(directory: string, name: string): Promise<FileContent>;
  /** The names of the files in a directory and in those directly below it. Never fails: what cannot be listed has none. */
  list(directory: string): Promise<readonly string[]>;
  /**
   * Calls `changed` with the name of whatever is written, made or deleted in a directory itself, until what it answers
   * with is called; undefined when it cannot watch this directory. Never fails.
   */
  watch?(directory: string, changed: (name: string) => void): (() => void) | undefined;
}

/** What stands in a directory, by name. */
export interface Listing {
  readonly files: readonly string[];
  readonly directories: readonly string[];
}

/** The files of a directory and of those directly below it; `listing` looks into the directory itself (`.`) or one below. */
export async function filesAndBelow(listing: (name: string) => Promise<Listing>): Promise<readonly string[]> {
  const { files, directories } = await listing(".");
  const below = await Promise.all(
    directories.map(async (name) => (await listing(name)).files.map((file) => `${name}/${file}`)),
  );
  return [...files, ...below.flat()];
}

const MEGABYTE = 1_000_000;
const CONFIGURATION_LIMIT = 8 * MEGABYTE;
const TABLE_LIMIT = 128 * MEGABYTE;

/** Why a file of this size is not read; undefined: it may be. */
export function tooLarge(name: string, size: number): string | undefined {
  const limit = /^(?:main|master)\.cf\b/.test(name) ? CONFIGURATION_LIMIT : TABLE_LIMIT;
  if (size <= limit) return undefined;
  return `it has ${Math.ceil(size / MEGABYTE)} MB, more than the ${limit / MEGABYTE} MB that are read`;
}

/** The content of a file or of an editor's document, if it is text of a reasonable size. */
export function contentOf(name: string, text: string): FileContent {
  const because = tooLarge(name, text.length) ?? (text.includes("\0") ? BINARY : undefined);
  return because === undefined ? { kind: "text", text } : { kind: "unreadable", because };
}

/** The same from the disk. A byte order mark stays: for Postfix it is a part of the first word. */
export function contentOfBytes(name: string, bytes: Uint8Array): FileContent {
  return contentOf(name, new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
}

/** Why a file is not read, where several hosts have the same reason. */
export const WHY_UNREADABLE = {
  directory: "it is a directory",
  permissions: "its permissions do not allow it",
} as const;

const BINARY = "it holds binary data, not text";

/** The name without `.` and empty parts; undefined when it leads out of the directory. */
export function plainName(name: string): string | undefined {
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  return parts.length === 0 || parts.includes("..") ? undefined : parts.join("/");
}
