import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { FileContent } from "../config/files.ts";
import { contentOf } from "../workspace/host.ts";
import type { ReadFile } from "../workspace/loadProject.ts";
import { UsageError } from "./usage.ts";

/** A directory as it was at a revision of its git repository. */
export interface Revision {
  /** What git calls a tree: `HEAD:./`, `HEAD~1:mail/postfix`. */
  readonly tree: string;
  /** Where git is run. */
  readonly directory: string;
}

/** `HEAD` means this directory at that revision; `HEAD:path` names the directory from the top of the repository. */
export function revisionFrom(text: string, directory: string): Revision {
  const colon = text.indexOf(":");
  if (colon < 0) return { tree: `${text}:./`, directory };
  return { tree: text, directory };
}

/** Reads files of a revision. Runs git, because the person asked for it, and without a shell. */
export async function revisionReader({ tree, directory }: Revision): Promise<ReadFile> {
  const listing = await git(directory, ["ls-tree", "-r", "-z", "--full-tree", tree]);
  const blobs = new Map<string, string>();
  for (const entry of listing.split("\0")) {
    const [, hash, name] = /^100\d{3} blob (\w+)\t(.*)$/s.exec(entry) ?? [];
    if (hash !== undefined && name !== undefined) blobs.set(name, hash);
  }
  return async (name): Promise<FileContent> => {
    const hash = blobs.get(name);
    if (hash === undefined) return { kind: "missing" };
    return contentOf(name, await git(directory, ["cat-file", "blob", hash]));
  };
}

const MOST_BYTES = 256_000_000;

/** What git prints; when it refuses, its complaint in one line. */
export async function git(directory: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("git", ["-C", directory, ...args], { maxBuffer: MOST_BYTES });
    return stdout;
  } catch (error) {
    throw new UsageError(complaint(error));
  }
}

function complaint(error: unknown): string {
  const { code, stderr = "" } = error as { readonly code?: unknown; readonly stderr?: string };
  if (code === "ENOENT") return "git is not installed, so there are no revisions to compare with";
  const [line = ""] = stderr.split("\n");
  return line === "" ? String(error) : `git says: ${line.replace(/^fatal: /, "")}`;
}
