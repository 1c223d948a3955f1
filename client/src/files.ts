import { Disposable, FileSystemError, FileType, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { FileContent } from "../../server/src/config/files.ts";
import { LIST_DIRECTORY, READ_FILE, type DirectoryParams, type FileParams } from "../../server/src/lsp/protocol.ts";
import {
  contentOfBytes,
  filesAndBelow,
  plainName,
  tooLarge,
  WHY_UNREADABLE,
  type Listing,
} from "../../server/src/workspace/host.ts";
import { messageOf } from "../../server/src/text/messageOf.ts";

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
  return root ? filesAndBelow((name) => listingOf(Uri.joinPath(root, name))) : [];
}

async function listingOf(directory: Uri): Promise<Listing> {
  try {
    const entries = await workspace.fs.readDirectory(directory);
    return {
      files: entries.filter(([, type]) => !(type & FileType.Directory)).map(([name]) => name),
      directories: entries.filter(([, type]) => type === FileType.Directory).map(([name]) => name),
    };
  } catch {
    return { files: [], directories: [] }; // it may not be read, or is no longer there
  }
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
  return { kind: "unreadable", because: messageOf(error) };
}
