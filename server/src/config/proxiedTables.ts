import { compareReleases } from "../postfix/release.ts";
import { logicalLines } from "../syntax/logicalLines.ts";
import { insideBraces } from "../syntax/tokens.ts";
import { splitNames, splitWords } from "../syntax/words.ts";
import { mainParameters } from "./mainParameters.ts";
import type { Parameters } from "./parameters.ts";
import type { Project } from "./project.ts";
import type { TableFile } from "./tables/tableContext.ts";

const PROXY = "proxy:";

/** `hash:/etc/postfix/access` for `proxy:hash:/etc/postfix/access`. */
export function withoutProxy(reference: string): string {
  return reference.replace(/^(?:proxy:)+/, "");
}

/**
 * The tables that proxymap serves: those that proxy_read_maps names with `proxy:` in front, and since 3.11 those that
 * the files it names and the restriction classes hold. It knows main.cf, but not the `-o` of the SMTP server.
 * See proxymap.c, authorize_proxied_maps() and authorize_rest_classes().
 */
export function proxiedTables(project: Project, read: (path: string) => TableFile): ReadonlySet<string> {
  const parameters = mainParameters(project);
  const search: Search = { approved: new Set(), files: new Set() };
  collect(search, parameters.value("proxy_read_maps"));
  if (compareReleases(project.release, "3.11") < 0) return search.approved;
  for (const value of classValues(parameters)) collect(search, value);
  // A file may name further files: the set grows while it is walked.
  for (const path of search.files) {
    const file = read(path);
    if (file.kind !== "text") continue;
    for (const line of logicalLines(file.text)) if (line.kind === "line") collect(search, line.text);
  }
  return search.approved;
}

interface Search {
  readonly approved: Set<string>;
  /** Files that are named among the tables. */
  readonly files: Set<string>;
}

function collect(search: Search, value: string): void {
  for (const { text } of splitWords(value)) {
    const word = text.startsWith("{") ? (splitWords(insideBraces(text))[0]?.text ?? "") : text;
    const nested = /^(?:pipemap|unionmap):(\{.*)$/s.exec(word)?.[1];
    if (nested !== undefined) collect(search, insideBraces(nested));
    else if (word.startsWith(PROXY)) search.approved.add(withoutProxy(word));
    else if (word.startsWith("/")) search.files.add(word);
  }
}

function* classValues(parameters: Parameters): Iterable<string> {
  for (const { text } of splitNames(parameters.value("smtpd_restriction_classes"))) yield parameters.value(text);
}
