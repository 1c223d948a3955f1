import { compareReleases } from "../postfix/release.ts";
import { logicalLines } from "../syntax/logicalLines.ts";
import { unbrace } from "../syntax/tokens.ts";
import { splitNames, splitWords } from "../syntax/words.ts";
import { parametersFrom, type Parameters } from "./parameters.ts";
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
  const parameters = parametersFrom({
    mainCf: project.mainCf && { file: "main.cf", syntax: project.mainCf },
    overrides: [],
    release: project.release,
    machine: project.machine,
  });
  const approved = new Set<string>();
  const readsFurther = compareReleases(project.release, "3.11") >= 0;
  const files = new Set<string>();
  const collect = (value: string): void => {
    for (const { text } of splitWords(value)) {
      const word = text.startsWith("{") ? (splitWords(inside(text))[0]?.text ?? "") : text;
      const nested = /^(?:pipemap|unionmap):(\{.*)$/s.exec(word)?.[1];
      if (nested !== undefined) collect(inside(nested));
      else if (word.startsWith(PROXY)) approved.add(withoutProxy(word));
      else if (readsFurther && word.startsWith("/") && !files.has(word)) collectFile(word);
    }
  };
  const collectFile = (path: string): void => {
    files.add(path);
    const file = read(path);
    if (file.kind !== "text") return;
    for (const line of logicalLines(file.text)) if (line.kind === "line") collect(line.text);
  };
  collect(parameters.value("proxy_read_maps"));
  if (readsFurther) for (const value of classValues(parameters)) collect(value);
  return approved;
}

function* classValues(parameters: Parameters): Iterable<string> {
  for (const { text } of splitNames(parameters.value("smtpd_restriction_classes"))) yield parameters.value(text);
}

function inside(braced: string): string {
  const result = unbrace(braced);
  return result.kind === "text" ? braced.slice(result.span.start, result.span.end) : "";
}
