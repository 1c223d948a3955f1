import type { Connection } from "vscode-languageserver";
import type { FileContent } from "../config/files.ts";
import type { Host } from "../workspace/host.ts";
import { LIST_DIRECTORY, READ_FILE, type DirectoryParams, type FileParams } from "./protocol.ts";

/**
 * Files that the editor reads for us: in a browser, and where the folders of its workspace are on no disk. Some editors
 * answer requests that they do not know with null.
 */
export function clientHost(connection: Connection): Host {
  return {
    async read(directory, name) {
      const params: FileParams = { directory, name };
      try {
        const content = await connection.sendRequest<FileContent | null>(READ_FILE, params);
        return content ?? { kind: "missing" };
      } catch {
        return { kind: "missing" }; // the editor knows no such request
      }
    },

    async list(directory) {
      const params: DirectoryParams = { directory };
      try {
        return (await connection.sendRequest<readonly string[] | null>(LIST_DIRECTORY, params)) ?? [];
      } catch {
        return [];
      }
    },
  };
}
