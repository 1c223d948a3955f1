import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { caseFrom, type Case } from "../../server/src/evaluate/case.ts";

/** A literate test: prose, a configuration, messages, and for each message the text of its trace. */
export interface Scenario {
  readonly file: string;
  readonly text: string;
  readonly title: string;
  readonly messages: readonly ScenarioMessage[];
}

export interface ScenarioMessage {
  readonly heading: string;
  readonly case: Case;
  /** The trace block that follows the message, to be compared or rewritten. */
  readonly expected: string;
  readonly expectedStart: number;
  readonly expectedEnd: number;
}

const DIRECTORY = "test/scenarios";

/**
 * Reads all scenarios. In them, a fenced block is a file of the configuration (its info string is the name), a
 * `json message` (a case without files), or the `trace` of the message before it.
 */
export function readScenarios(): readonly Scenario[] {
  const files = readdirSync(DIRECTORY).filter((file) => file.endsWith(".md"));
  return files.map((file) => readScenario(path.join(DIRECTORY, file)));
}

function readScenario(file: string): Scenario {
  const text = readFileSync(file, "utf8");
  const files: Record<string, string> = {};
  const messages: ScenarioMessage[] = [];
  let pending: Case | undefined;
  for (const match of text.matchAll(/^```(\S[^\n]*)\n([^]*?)^```$/gm)) {
    const [, info = "", body = ""] = match;
    const start = match.index + 4 + info.length;
    if (info === "json message") {
      const given = caseFrom(JSON.parse(body));
      if (typeof given === "string") throw new Error(`${file}: ${given}`);
      pending = { ...given, id: `${path.basename(file, ".md")}-${messages.length + 1}`, files: { ...files } };
    } else if (info === "trace") {
      if (!pending) throw new Error(`${file}: a trace without a message`);
      const heading = headingBefore(text, match.index);
      messages.push({ heading, case: pending, expected: body, expectedStart: start, expectedEnd: start + body.length });
      pending = undefined;
    } else {
      files[info] = body;
    }
  }
  return { file, text, title: /^# (.*)$/m.exec(text)?.[1] ?? file, messages };
}

function headingBefore(text: string, offset: number): string {
  return [...text.slice(0, offset).matchAll(/^##+ (.*)$/gm)].at(-1)?.[1] ?? "";
}
