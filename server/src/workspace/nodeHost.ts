import { watch, type Dirent } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { FileContent } from "../config/files.ts";
import { contentOfBytes, filesAndBelow, plainName, tooLarge, WHY_UNREADABLE, type Host, type Listing } from "./host.ts";

/** Files on the disk of this machine. Directories are paths or `file:` URIs; others have no files. */
export const NODE_HOST: Host = {
  async read(directory, name) {
    const root = rootOf(directory);
    const inside = plainName(name);
    if (root === undefined || inside === undefined) return { kind: "missing" };
    try {
      return await readInside(root, inside);
    } catch (error) {
      return failure(error);
    }
  },

  async list(directory) {
    const root = rootOf(directory);
    return root === undefined ? [] : filesAndBelow((name) => listingOf(path.join(root, name)));
  },

  watch(directory, changed) {
    const root = rootOf(directory);
    if (root === undefined) return undefined;
    try {
      const watcher = watch(root, { persistent: false }, (_, name) => {
        if (name !== null) changed(name);
      });
      watcher.on("error", () => {
        watcher.close(); // the directory is gone
      });
      return () => {
        watcher.close();
      };
    } catch {
      return undefined; // there is no such directory, or the system watches no more of them
    }
  },
};

async function listingOf(directory: string): Promise<Listing> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    const [directories, files] = [true, false].map((is) => entries.filter((entry) => entry.isDirectory() === is));
    return { files: namesOf(files), directories: namesOf(directories) };
  } catch {
    return { files: [], directories: [] }; // it may not be read, or is no longer there
  }
}

function namesOf(entries: readonly Dirent[] = []): readonly string[] {
  return entries.map(({ name }) => name);
}

function rootOf(directory: string): string | undefined {
  return directory.includes("://") ? pathOf(directory) : directory;
}

async function readInside(root: string, name: string): Promise<FileContent> {
  const [realRoot, real] = await Promise.all([realpath(root), realpath(path.join(root, name))]);
  if (!real.startsWith(realRoot.endsWith(path.sep) ? realRoot : realRoot + path.sep)) {
    return { kind: "unreadable", because: "it is a link that leads out of the directory of main.cf" };
  }
  const found = await stat(real);
  if (found.isDirectory()) return { kind: "unreadable", because: WHY_UNREADABLE.directory };
  if (!found.isFile()) return { kind: "unreadable", because: "it is not a regular file" };
  const because = tooLarge(name, found.size);
  if (because !== undefined) return { kind: "unreadable", because };
  return contentOfBytes(name, await readFile(real));
}

function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined; // a host name or an encoded slash: no file of this machine
  }
}

function failure(error: unknown): FileContent {
  const { code = "", message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) };
  if (code === "ENOENT" || code === "ENOTDIR") return { kind: "missing" };
  return { kind: "unreadable", because: SENTENCES[code] ?? message };
}

const SENTENCES: Readonly<Record<string, string>> = {
  EACCES: WHY_UNREADABLE.permissions,
  EPERM: WHY_UNREADABLE.permissions,
  ELOOP: "it is a link that leads back to itself",
  ENAMETOOLONG: "its name is too long",
};
