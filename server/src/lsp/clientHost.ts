import type { Connection } from "vscode-languageserver";
import type { FileContent } from "../config/files.ts";
import type { Host } from "../workspace/host.ts";
import { LIST_DIRECTORY, READ_FILE, type DirectoryParams, type FileParams } from "./protocol.ts";

/** Files that the editor reads for us: in a browser, and where the folders of its workspace are on no disk. */
export function clientHost(connection: Connection): Host {
  return {
    async read(directory, name) {
      const params: FileParams = { directory, name };
      try {
        return await connection.sendRequest<FileContent>(READ_FILE, params);
      } catch {
        return { kind: "missing" }; // the editor knows no such request
      }
    },

    async list(directory) {
      const params: DirectoryParams = { directory };
      try {
        return await connection.sendRequest<readonly string[]>(LIST_DIRECTORY, params);
      } catch {
        return [];
      }
    },
  };
}
