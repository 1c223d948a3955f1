import { settings } from "../uses/settings.ts";
import { mentionsOf, uses } from "../uses/uses.ts";
import { keyOf, type Subject } from "../uses/mention.ts";
import type { Project } from "../../config/project.ts";
import type { Location } from "../../text/location.ts";
import { callersOf } from "./callers.ts";
import type { LensProvider } from "./lensProvider.ts";

/** At the top of a table: which lists, classes and other parameters use it. */
export const tableLens: LensProvider = {
  name: "table",
  *lenses(project, file) {
    if (uses(project).has(keyOf(subjectOf(file)))) yield { span: { start: 0, end: 0 }, about: file };
  },
  text(project, about) {
    const places = mentionsOf(project, subjectOf(about)).map(({ at }) => at);
    if (places.length === 0) return undefined;
    const lists = callersOf(project, subjectOf(about)).words;
    const names = new Set([...lists, ...places.flatMap((at) => parameterAround(project, at))]);
    return { title: `Used by ${[...names].join(", ")}`, command: "postfixMailflow.showReferences", places };
  },
};

function subjectOf(name: string): Subject {
  return { kind: "table", name };
}

/** The parameter in whose value a place lies. */
function parameterAround(project: Project, { file, span }: Location): readonly string[] {
  const around = settings(project).findLast(({ file: own, nameSpan, line }) => {
    return own === file && nameSpan.start <= span.start && span.end <= line.span.end;
  });
  return around ? [around.name] : [];
}
