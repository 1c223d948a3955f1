import type { Severity } from "../config/severity.ts";
import { RULE_PAGES } from "../rules/index.ts";
import type { FindingReport } from "./check.ts";

/** A finding as a workflow command of GitHub Actions, which shows it beside the line of a pull request. */
export function githubCommand({
  severity,
  file,
  range,
  message,
  rule,
}: Omit<FindingReport, "related" | "fixable">): string {
  const { start, end } = range;
  const level = severity === "error" || severity === "warning" ? severity : "notice";
  const place = [
    `file=${escapeProperty(file)}`,
    `line=${start.line + 1}`,
    `col=${start.character + 1}`,
    `endLine=${end.line + 1}`,
    `endColumn=${end.character + 1}`,
    `title=${escapeProperty(rule)}`,
  ];
  return `::${level} ${place.join(",")}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

const SARIF_LEVEL: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
  hint: "note",
};

/** Findings as SARIF 2.1.0. Lines and columns count from 1 there, columns in UTF-16 units. */
export function sarif(reports: readonly FindingReport[]): unknown {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Postfix Mailflow",
            rules: RULE_PAGES.map(({ code, severity, summary, why }) => ({
              id: code,
              shortDescription: { text: summary },
              fullDescription: { text: why },
              defaultConfiguration: { level: SARIF_LEVEL[severity] },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: reports.map(({ rule, severity, message, related, ...place }) => ({
          ruleId: rule,
          level: SARIF_LEVEL[severity],
          message: { text: message },
          locations: [sarifLocation(place)],
          relatedLocations: related.map((other) => ({ ...sarifLocation(other), message: { text: other.message } })),
        })),
      },
    ],
  };
}

function sarifLocation({ file, range }: Pick<FindingReport, "file" | "range">): object {
  const { start, end } = range;
  const region = {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
  return { physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region } };
}
