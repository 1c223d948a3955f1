// A folder for a VS Code without a server: files in the memory of the browser, as they were when the page was made.
/* global require, exports, fetch, URL, atob */
const { EventEmitter, FileChangeType, FileSystemError, FileType, workspace } = require("vscode");

const SCHEME = "memory";

exports.activate = async function activate({ extensionUri, subscriptions }) {
  const files = await (await fetch(new URL("/files.json", extensionUri.toString(true)))).json();
  const folder = memory(new Map(files.map(([path, entry]) => [path, entryOf(entry)])));
  subscriptions.push(
    workspace.registerFileSystemProvider(SCHEME, folder, { isCaseSensitive: true }),
    workspace.registerFileSearchProvider(SCHEME, {
      provideFileSearchResults: (_query, options) => folder.all(options),
    }),
  );
};

function entryOf({ content, isLink }) {
  const type = (content === undefined ? FileType.Directory : FileType.File) | (isLink ? FileType.SymbolicLink : 0);
  return {
    type,
    bytes: Uint8Array.from(atob(content ?? ""), (character) => character.charCodeAt(0)),
    mtime: Date.now(),
  };
}

/** A file system on entries by their paths. */
function memory(entries) {
  const changes = new EventEmitter();
  const tell = (type, uri) => changes.fire([{ type, uri }]);
  const at = (uri) => {
    const entry = entries.get(uri.path.replace(/(?<=.)\/$/, ""));
    if (!entry) throw FileSystemError.FileNotFound(uri);
    return entry;
  };
  const below = (path) => [...entries.keys()].filter((other) => other.startsWith(path === "/" ? path : `${path}/`));
  return {
    onDidChangeFile: changes.event,
    watch: () => ({ dispose() {} }),
    stat(uri) {
      const { type, bytes, mtime } = at(uri);
      return { type, size: bytes.length, ctime: mtime, mtime };
    },
    readDirectory(uri) {
      at(uri);
      const start = uri.path === "/" ? 1 : uri.path.length + 1;
      const children = below(uri.path).filter((path) => path.length > start && !path.includes("/", start));
      return children.map((path) => [path.slice(start), entries.get(path).type]);
    },
    readFile: (uri) => at(uri).bytes,
    createDirectory(uri) {
      entries.set(uri.path, { type: FileType.Directory, bytes: new Uint8Array(), mtime: Date.now() });
      tell(FileChangeType.Created, uri);
    },
    writeFile(uri, bytes) {
      const type = entries.has(uri.path) ? FileChangeType.Changed : FileChangeType.Created;
      entries.set(uri.path, { type: FileType.File, bytes, mtime: Date.now() });
      tell(type, uri);
    },
    delete(uri) {
      for (const path of [uri.path, ...below(uri.path)]) entries.delete(path);
      tell(FileChangeType.Deleted, uri);
    },
    rename() {
      throw FileSystemError.Unavailable("nobody renames here");
    },
    /** Every file of a folder; VS Code itself takes those that were asked for. */
    all: ({ folder }) =>
      below(folder.path)
        .filter((path) => entries.get(path).type === FileType.File)
        .map((path) => folder.with({ path })),
  };
}
