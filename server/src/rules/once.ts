import type { Finding } from "./rule.ts";

/** Each finding once: what main.cf says is found for every program that reads it. */
export function* once(findings: Iterable<Finding>): Generator<Finding> {
  const seen = new Set<string>();
  for (const finding of findings) {
    const { file, span } = finding.at;
    const key = `${file}:${span.start}:${finding.message}`;
    if (!seen.has(key)) yield finding;
    seen.add(key);
  }
}
