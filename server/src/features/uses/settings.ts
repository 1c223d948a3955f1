import { plainConfiguration, serviceConfigurations } from "../../config/configurations.ts";
import type { Configuration } from "../../config/configuration.ts";
import { masterEntries } from "../../config/masterEntries.ts";
import type { Project } from "../../config/project.ts";
import { fileSpan, type LogicalLine } from "../../syntax/logicalLines.ts";
import { assignments } from "../../syntax/mainCf.ts";
import { derived } from "../../text/derived.ts";
import type { Location } from "../../text/location.ts";
import type { Span } from "../../text/span.ts";

/** Where a parameter gets a value: a line of main.cf, or `-o` in master.cf. */
export interface Setting {
  readonly file: "main.cf" | "master.cf";
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: string;
  /** Where the value begins in the text of `line`. */
  readonly valueStart: number;
  readonly line: LogicalLine;
  /** What gives the words of the value their meaning. */
  readonly configuration: Configuration;
  /** Whether a later one of the same name takes its place. */
  readonly superseded: boolean;
}

/** The settings of main.cf, then those of each service of master.cf. */
export const settings = derived((project: Project): readonly Setting[] => {
  const plain = plainConfiguration(project);
  const main = project.mainCf ? assignments(project.mainCf) : [];
  const services = new Map(serviceConfigurations(project).map((one) => [one.service.entry, one]));
  return [
    ...marked(main.map((node) => ({ ...node, file: "main.cf", configuration: plain }))),
    ...masterEntries(project).flatMap((entry) => {
      const configuration = services.get(entry) ?? plain;
      return marked(entry.options.map((option) => ({ ...option, file: "master.cf", configuration })));
    }),
  ];
});

/** Where the characters `start` to `end` of a value stand. */
export function placeIn({ file, line, valueStart }: Setting, start: number, end: number): Location {
  return { file, span: fileSpan(line, valueStart + start, valueStart + end) };
}

function marked(all: readonly Omit<Setting, "superseded">[]): readonly Setting[] {
  const last = new Map(all.map((setting) => [setting.name, setting]));
  return all.map((setting) => ({ ...setting, superseded: last.get(setting.name) !== setting }));
}
