import { readdirSync, readFileSync, realpathSync, statSync, watch } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { FileContent } from "../config/files.ts";
import { contentOfBytes, plainName, tooLarge, WHY_UNREADABLE, type Host } from "./host.ts";

/**
 * Files on the disk of this machine. Directories are paths or `file:` URIs; others have no files. There is no answer
 * without them, and for such small files it takes longer to have another thread ask the system than to ask it.
 */
export const NODE_HOST: Host = {
  read: (directory, name) => Promise.resolve(contentOf(directory, name)),
  list: (directory) => Promise.resolve(filesIn(directory)),

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

function contentOf(directory: string, name: string): FileContent {
  const root = rootOf(directory);
  const inside = plainName(name);
  if (root === undefined || inside === undefined) return { kind: "missing" };
  try {
    return readInside(root, inside);
  } catch (error) {
    return failure(error);
  }
}

function filesIn(directory: string): readonly string[] {
  const root = rootOf(directory);
  try {
    const entries = root === undefined ? [] : readdirSync(root, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  } catch {
    return []; // it may not be read, or is no longer there
  }
}

function rootOf(directory: string): string | undefined {
  return directory.includes("://") ? pathOf(directory) : directory;
}

function readInside(root: string, name: string): FileContent {
  const [realRoot, real] = [realpathSync.native(root), realpathSync.native(path.join(root, name))];
  if (!real.startsWith(realRoot.endsWith(path.sep) ? realRoot : realRoot + path.sep)) {
    return { kind: "unreadable", because: "it is a link that leads out of the directory of main.cf" };
  }
  const found = statSync(real);
  if (found.isDirectory()) return { kind: "unreadable", because: WHY_UNREADABLE.directory };
  if (!found.isFile()) return { kind: "unreadable", because: "it is not a regular file" };
  const because = tooLarge(name, found.size);
  if (because !== undefined) return { kind: "unreadable", because };
  return contentOfBytes(name, readFileSync(real));
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
