import { mainParameters, programParameters } from "../config/mainParameters.ts";
import { assignedTexts, type Parameters } from "../config/parameters.ts";
import { masterEntries } from "../config/masterEntries.ts";
import type { Project } from "../config/project.ts";
import { overrideText } from "../config/services.ts";
import type { SourceText } from "../config/sourceText.ts";
import type { MasterEntry } from "../syntax/masterCf.ts";
import { derived } from "../text/derived.ts";
import type { Location } from "../text/location.ts";

/** `name = value` in main.cf, or what a `-o` of any service in master.cf says. */
export interface WrittenSetting {
  readonly name: string;
  readonly nameAt: Location;
  readonly source: SourceText;
  /** The service whose `-o` it is; undefined: main.cf. */
  readonly entry: MasterEntry | undefined;
  /** What the program that reads it knows: main.cf, and the `-o` of its service. */
  readonly parameters: Parameters;
  /** The later setting of the same name in the same place, which counts in its stead. */
  readonly replacedBy: WrittenSetting | undefined;
  /** The whole logical line, in main.cf. */
  readonly line: Location | undefined;
}

/** All settings of main.cf and master.cf, in the order of the files. */
export const writtenSettings = derived((project: Project): readonly WrittenSetting[] => {
  return [...inMainCf(project), ...masterEntries(project).flatMap((entry) => inEntry(project, entry))];
});

/** Those that count: a later setting of the same name replaces an earlier one. */
export const settingsInForce = derived((project: Project): readonly WrittenSetting[] =>
  writtenSettings(project).filter(({ replacedBy }) => !replacedBy),
);

function inMainCf(project: Project): readonly WrittenSetting[] {
  const { mainCf } = project;
  if (!mainCf) return [];
  const parameters = mainParameters(project);
  const settings = [...assignedTexts(mainCf)].map(([{ span }, source]) => ({
    source,
    line: { file: "main.cf", span },
  }));
  return linked(settings, { entry: undefined, parameters });
}

function inEntry(project: Project, entry: MasterEntry): readonly WrittenSetting[] {
  if (entry.options.length === 0) return [];
  const overrides = entry.options.map(overrideText);
  const settings = overrides.map((source) => ({ source, line: undefined }));
  return linked(settings, { entry, parameters: programParameters(project, overrides) });
}

/** Tells each setting the one that replaces it. */
function linked(
  settings: readonly Pick<WrittenSetting, "source" | "line">[],
  { entry, parameters }: Pick<WrittenSetting, "entry" | "parameters">,
): readonly WrittenSetting[] {
  const last = new Map<string, WrittenSetting>();
  const found: WrittenSetting[] = [];
  for (const { source, line } of [...settings].reverse()) {
    const { parameter: name, nameAt } = source;
    if (!nameAt) continue;
    const written = { source, line, entry, parameters, name, nameAt, replacedBy: last.get(name) };
    last.set(name, written);
    found.push(written);
  }
  return found.reverse();
}
