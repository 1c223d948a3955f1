import type { RulePage } from "./rule.ts";

/** The part of package.json that is made from the rules. */
interface Manifest {
  contributes: { configuration: { properties: Record<string, unknown> } };
}

/** package.json with a setting for the severity of each rule. */
export function withRuleSettings(text: string, rules: readonly RulePage[]): string {
  const manifest = JSON.parse(text) as Manifest;
  manifest.contributes.configuration.properties["postfixMailflow.rules"] = ruleSettings(rules);
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

function ruleSettings(rules: readonly RulePage[]): unknown {
  const sorted = [...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
  return {
    type: "object",
    scope: "window",
    default: {},
    additionalProperties: false,
    markdownDescription:
      "How much each rule weighs. A comment `# mailflow: ignore RULE — reason` above a line silences a rule for that line alone.",
    properties: Object.fromEntries(sorted.map((rule) => [rule.code, ruleSetting(rule)])),
  };
}

function ruleSetting({ summary, severity }: RulePage): unknown {
  return {
    type: "string",
    enum: ["error", "warning", "information", "hint", "off"],
    default: severity === "info" ? "information" : severity,
    description: `${summary}.`,
  };
}
