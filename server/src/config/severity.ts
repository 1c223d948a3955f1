/** How much a finding weighs. */
export type Severity = (typeof SEVERITIES)[number];

/** From the lightest to the heaviest. */
export const SEVERITIES = ["hint", "info", "warning", "error"] as const;

/** How much the findings of each rule weigh for whoever asks, by the name of the rule; the rules know the rest. */
export type Severities = ReadonlyMap<string, Severity | "off">;

/** Reads a severity as settings and options write it. */
export function severityFrom(text: string): Severity | "off" | undefined {
  const name = text === "information" ? "info" : text;
  return name === "off" ? name : SEVERITIES.find((severity) => severity === name);
}
