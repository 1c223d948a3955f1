import type { Example, RulePage } from "./rule.ts";

/** The page about a rule, Markdown. */
function ruleDocument(rule: RulePage): string {
  const { code, severity, summary, why, manual, bad, good } = rule;
  return [
    `# ${code}`,
    `${summary}. Severity: ${severity}.`,
    why,
    `See also <${manual}>.`,
    "## What it finds",
    "A comment with `^` or `<` shows what is found in the line above it.",
    ...codeBlocks(bad),
    "## What it leaves alone",
    ...codeBlocks(good),
  ].join("\n\n");
}

/** All rules as a table. `directory` is where their pages are, seen from the page that holds the table. */
function ruleTable(rules: readonly RulePage[], directory: string): string {
  const rows = [...rules]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, severity, summary }) => [`[\`${code}\`](${directory}${code}.md)`, severity, summary] as const);
  const heads = ["Rule", "Severity", "What is wrong"] as const;
  const widths = [0, 1, 2].map((column) => Math.max(...[heads, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(heads), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** The files that are made from the rules: text by path. */
export function generatedDocuments(rules: readonly RulePage[]): ReadonlyMap<string, string> {
  const documents = new Map(rules.map((rule) => [`docs/rules/${rule.code}.md`, `${ruleDocument(rule)}\n`]));
  return documents.set("docs/rules/README.md", `# Rules\n\n${ruleTable(rules, "")}\n`);
}

/** Puts the table between the markers `<!-- rules -->` and `<!-- /rules -->`, where a text has them. */
export function withRuleTable(text: string, rules: readonly RulePage[]): string {
  return text.replace(
    /(<!-- rules -->\n)[^]*?(<!-- \/rules -->)/,
    (_, open: string, close: string) => `${open}\n${ruleTable(rules, "docs/rules/")}\n\n${close}`,
  );
}

function codeBlocks(example: Example): readonly string[] {
  const [main = "", ...others] = example.replace(/^\n/, "").split(/^#- /m);
  return [`main.cf:`, block(main), ...others.flatMap((part) => otherFile(part))];
}

function otherFile(part: string): readonly string[] {
  const end = part.indexOf("\n");
  return [`${part.slice(0, end)}:`, block(part.slice(end + 1))];
}

function block(text: string): string {
  return `\`\`\`\n${text.replace(/\n$/, "")}\n\`\`\``;
}
