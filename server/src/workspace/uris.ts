import { URI, Utils } from "vscode-uri";

/** A URI in the one spelling that all of its spellings share. */
export function canonicalUri(uri: string): string {
  try {
    return URI.parse(uri).toString();
  } catch {
    return uri;
  }
}

/** The directory that a document stands in; of the root, the root. */
export function directoryOf(uri: string): string {
  return Utils.dirname(URI.parse(uri)).toString();
}

export function fileName(uri: string): string {
  return Utils.basename(URI.parse(uri));
}

/** The URI of a file of a directory. */
export function fileUri(directory: string, name: string): string {
  return Utils.joinPath(URI.parse(directory), name).toString();
}

/** The name of a file relative to a directory; undefined when it is not below it. */
export function nameWithin(directory: string, uri: string): string | undefined {
  const [base, file] = [URI.parse(directory), URI.parse(uri)];
  const prefix = base.path === "" || base.path.endsWith("/") ? base.path : `${base.path}/`;
  if (base.scheme !== file.scheme || base.authority !== file.authority) return undefined;
  return file.path.startsWith(prefix) && file.path.length > prefix.length ? file.path.slice(prefix.length) : undefined;
}

/** A directory and those above it, up to the root or to `top`, if it is one of them. */
export function directoriesUp(directory: string, top: string | undefined): readonly string[] {
  const all = [directory];
  for (let at = directory; at !== top;) {
    const above = directoryOf(at);
    if (above === at) break;
    all.push(above);
    at = above;
  }
  return all;
}

/** The main.cf in a directory that a file names relative to itself. */
export function mainCfBeside(uri: string, directory: string): string {
  return Utils.joinPath(URI.parse(directoryOf(uri)), directory, "main.cf").toString();
}
