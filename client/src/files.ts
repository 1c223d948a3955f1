import { Disposable, FileSystemError, FileType, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { FileContent } from "../../server/src/config/files.ts";
import { LIST_DIRECTORY, READ_FILE, type DirectoryParams, type FileParams } from "../../server/src/lsp/protocol.ts";
import { contentOfBytes, plainName, tooLarge, WHY_UNREADABLE } from "../../server/src/workspace/host.ts";

/** Reads files for a server that cannot: those of the folders of the workspace, and no others. */
export function answerFileRequests(client: BaseLanguageClient): Disposable {
  return Disposable.from(client.onRequest(READ_FILE, readFile), client.onRequest(LIST_DIRECTORY, listDirectory));
}

export async function readFile({ directory, name }: FileParams): Promise<FileContent> {
  const parts = plainName(name)?.split("/");
  const root = within(directory);
  if (!parts || !root) return { kind: "missing" };
  try {
    const because = await whyNot(root, parts);
    if (because !== undefined) return { kind: "unreadable", because };
    return contentOfBytes(name, await workspace.fs.readFile(Uri.joinPath(root, ...parts)));
  } catch (error) {
    return failure(error);
  }
}

export async function listDirectory({ directory }: DirectoryParams): Promise<readonly string[]> {
  const root = within(directory);
  if (!root) return [];
  const entries = await entriesOf(root);
  const below = entries.filter(([, type]) => type === FileType.Directory).map(([name]) => name);
  const there = await Promise.all(
    below.map(async (name) => filesAmong(await entriesOf(Uri.joinPath(root, name))).map((file) => `${name}/${file}`)),
  );
  return [...filesAmong(entries), ...there.flat()];
}

async function entriesOf(directory: Uri): Promise<readonly (readonly [name: string, type: FileType])[]> {
  try {
    return await workspace.fs.readDirectory(directory);
  } catch {
    return []; // it may not be read, or is no longer there
  }
}

function filesAmong(entries: readonly (readonly [name: string, type: FileType])[]): readonly string[] {
  return entries.filter(([, type]) => !(type & FileType.Directory)).map(([name]) => name);
}

/** The directory, if it is in a folder of the workspace. */
function within(directory: string): Uri | undefined {
  const uri = Uri.joinPath(Uri.parse(directory), "."); // no `..` is left in it
  return workspace.getWorkspaceFolder(uri) ? uri : undefined;
}

/** Why the file is not read. The editor does not say where a link leads, so none is followed. */
async function whyNot(root: Uri, parts: readonly string[]): Promise<string | undefined> {
  for (const length of parts.keys()) {
    const { type } = await workspace.fs.stat(Uri.joinPath(root, ...parts.slice(0, length + 1)));
    if (type & FileType.SymbolicLink) return "it is a link, and the editor does not say where to";
  }
  const { type, size } = await workspace.fs.stat(Uri.joinPath(root, ...parts));
  if (type & FileType.Directory) return WHY_UNREADABLE.directory;
  return tooLarge(parts.join("/"), size);
}

function failure(error: unknown): FileContent {
  const code = error instanceof FileSystemError ? error.code : "";
  if (code === "FileNotFound" || code === "FileNotADirectory") return { kind: "missing" };
  if (code === "NoPermissions") return { kind: "unreadable", because: WHY_UNREADABLE.permissions };
  return { kind: "unreadable", because: error instanceof Error ? error.message : String(error) };
}
