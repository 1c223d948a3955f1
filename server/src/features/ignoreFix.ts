import type { Project } from "../config/project.ts";
import type { FoundFinding } from "../rules/findings.ts";
import { RULES } from "../rules/index.ts";
import type { Fix } from "../rules/rule.ts";

/**
 * Writes the comment that silences a rule above the line with the finding. Within a continued value that is the physical
 * line, which the indentation of the comment shows.
 */
export function ignoreFix({ files }: Project, { rule, finding }: FoundFinding): Fix | undefined {
  const { file, span } = finding.at;
  const content = files.get(file);
  if (content?.kind !== "text" || !RULES.some(({ code }) => code === rule.code)) return undefined;
  const start = content.text.lastIndexOf("\n", span.start - 1) + 1;
  if (start === 0 && content.text.startsWith("\uFEFF")) return undefined; // nothing may come before a byte order mark
  const indent = /^[ \t]*/.exec(content.text.slice(start, span.start))?.[0] ?? "";
  const newText = `${indent}# mailflow: ignore ${rule.code} — reason\n`;
  return {
    title: `Ignore \`${rule.code}\` here`,
    edits: [{ file, edits: [{ span: { start, end: start }, newText }] }],
  };
}
