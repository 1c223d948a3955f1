import type { Configuration } from "../config/configuration.ts";
import type { FileContent } from "../config/files.ts";
import { resolveFile, type Project, type ResolvedFile } from "../config/project.ts";
import { parseReference } from "../config/tables/reference.ts";
import { mapType, mapTypeNamed, type MapTypeName } from "../postfix/mapTypes.ts";
import { cidrNodes } from "../syntax/cidrTable.ts";
import { logicalLines } from "../syntax/logicalLines.ts";
import { parseTable } from "../syntax/table.ts";
import { derived } from "../text/derived.ts";
import { documentation } from "./documentation.ts";
import { documentationBody, documentationFooter } from "./documentationText.ts";
import { code, paragraphs } from "./markdown.ts";

/** What a map type does, and which file a reference means here. */
export function tableText({ project }: Configuration, reference: string): string | undefined {
  const parsed = parseReference(reference);
  const type = parsed && mapTypeNamed(parsed.type);
  if (!type) return undefined;
  const found = documentation({ kind: "map type", name: type }, project.release);
  return paragraphs(
    `**${code(reference)}** — ${code(type)} table`,
    fileText(project, type, parsed.name),
    ...(found ? [...documentationBody(found), documentationFooter(found)] : []),
  );
}

function fileText(project: Project, type: MapTypeName, path: string): string | undefined {
  const { source } = mapType(type);
  if (source === "config-file") return "What it answers is not known here.";
  if (source !== "file") return undefined;
  const found = resolveFile(project, path);
  if (!found) {
    return project.closed ? "There is no such file." : "There is no such file here: what it answers is not known.";
  }
  return `${fileLine(found)}, ${contentText(type, found)}.`;
}

function fileLine({ name, how }: ResolvedFile): string {
  return how === "as written" ? `File ${code(name)}` : `File ${code(name)}, found by its file name beside main.cf`;
}

function contentText(type: MapTypeName, { content }: ResolvedFile): string {
  if (content.kind === "unreadable") return `cannot be read: ${content.because}`;
  if (content.kind === "missing") return "does not exist";
  const count = entryCount(type)(content);
  return `${count} ${count === 1 ? "entry" : "entries"}`;
}

type TextContent = Extract<FileContent, { readonly kind: "text" }>;

function entryCount(type: MapTypeName): (content: TextContent) => number {
  if (type === "cidr") return networkCount;
  return type === "regexp" || type === "pcre" ? patternCount : plainCount;
}

// A table may have a million lines: they are counted once, and none is kept.
const plainCount = derived(({ text }: TextContent) => count(parseTable(text).nodes(), ({ kind }) => kind === "entry"));
const networkCount = derived(({ text }: TextContent) => count(cidrNodes(text), ({ kind }) => kind === "rule"));
const patternCount = derived(({ text }: TextContent) =>
  count(logicalLines(text), (node) => node.kind === "line" && !/^(?:end)?if\b/i.test(node.text)),
);

function count<Node>(nodes: Iterable<Node>, counts: (node: Node) => boolean): number {
  let sum = 0;
  for (const node of nodes) if (counts(node)) sum += 1;
  return sum;
}
