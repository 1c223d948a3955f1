import { compare } from "../compare/compare.ts";
import { comparisonMarkdown } from "../compare/comparisonMarkdown.ts";
import type { FileContent } from "../config/files.ts";
import { contentOf } from "../workspace/host.ts";
import { loadProject } from "../workspace/loadProject.ts";
import type { Found } from "../workspace/workspace.ts";
import type { CompareResult } from "./protocol.ts";

/** Compares a project as it stands in the editor with another version, whose files the client knows. */
export async function compareVersions(
  { source, project }: Found,
  before: Readonly<Record<string, string | null>>,
): Promise<CompareResult> {
  const wanted: Record<string, string> = {};
  const read = (name: string): Promise<FileContent> => {
    const text = before[name];
    const uri = text === undefined ? source.uriOf(name) : undefined;
    if (uri !== undefined) wanted[name] = uri;
    return Promise.resolve(text == null ? { kind: "missing" } : contentOf(name, text));
  };
  const { release, machine } = project;
  const other = await loadProject(read, { release, machine });
  if (Object.keys(wanted).length > 0) return { wanted };
  if (!other.mainCf) return { missing: "main.cf" };
  return { markdown: comparisonMarkdown(compare(other, project)) };
}
