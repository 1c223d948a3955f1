import { resolveFile, type Project } from "../config/project.ts";
import { servicesOf } from "../config/services.ts";
import { groupPlaces } from "./groupReference.ts";
import { assignments } from "../syntax/mainCf.ts";
import type { Location } from "../text/location.ts";
import { unreachable } from "../text/unreachable.ts";
import { clientFilesIn, clientTables } from "../config/clientTables.ts";
import { referencesIn, tablesIn } from "../config/fileReferences.ts";
import { targetsAt, type Target } from "./target.ts";
import { mentionsAt, mentionsOf } from "./uses/uses.ts";

/**
 * Where the name at an offset gets its meaning: a class or `$name` its assignment, `type:name` its file, a transport its
 * line in master.cf. A name that master.cf overrides has several places.
 */
export function definition(project: Project, file: string, offset: number): readonly Location[] {
  const [mention] = mentionsAt(project, file, offset);
  if (mention?.subject.kind === "service") {
    const defined = mentionsOf(project, mention.subject).filter(({ role }) => role === "definition");
    if (defined.length > 0) return defined.map(({ at }) => at);
  }
  for (const target of targetsAt(project, file, offset)) {
    const places = placesOf(project, target);
    if (places.length > 0) return places;
  }
  const group = groupPlaces(project, file, offset)?.group;
  return group ? [group] : [];
}

function placesOf(project: Project, target: Target): readonly Location[] {
  switch (target.kind) {
    case "class":
    case "parameter":
    case "reference":
      return assignmentsOf(project, target.name);
    case "table":
      return filesOf(project, target.reference);
    case "restriction":
    case "action":
      return [];
    default:
      return unreachable(target);
  }
}

/** The last assignment in main.cf counts; each service may have one of its own. */
function assignmentsOf(project: Project, name: string): readonly Location[] {
  const written = project.mainCf ? assignments(project.mainCf).findLast((node) => node.name === name) : undefined;
  const places: Location[] = written ? [{ file: "main.cf", span: written.nameSpan }] : [];
  for (const { entry } of servicesOf(project)) {
    const option = entry?.options.findLast((candidate) => candidate.name === name);
    if (option) places.push({ file: "master.cf", span: option.nameSpan });
  }
  return places;
}

function filesOf(project: Project, reference: string): readonly Location[] {
  const paths = [...referencesIn(reference), ...clientFilesIn(reference)].map(({ path }) => path);
  const files = paths.flatMap((path): Location[] => {
    const found = resolveFile(project, path);
    return found ? [{ file: found.name, span: { start: 0, end: 0 } }] : [];
  });
  return files.length > 0 ? files : clientSettings(project, reference);
}

/** The settings in main.cf of a database table without a file. */
function clientSettings(project: Project, reference: string): readonly Location[] {
  const named = new Set(tablesIn(reference).map(({ type, name }) => `${type}:${name}`));
  const tables = clientTables(project).filter(({ type, name, file }) => !file && named.has(`${type}:${name}`));
  return tables.flatMap(({ settings }) => [...settings.values()].flatMap(({ source }) => source.nameAt ?? []));
}
