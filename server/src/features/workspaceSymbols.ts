import { masterEntries } from "../config/masterEntries.ts";
import { configurations } from "../config/configurations.ts";
import { hasFile, type Project } from "../config/project.ts";
import type { Location } from "../text/location.ts";
import { SYMBOL } from "./symbolKinds.ts";
import { settings } from "./uses/settings.ts";
import { uses } from "./uses/uses.ts";

/** Something of a project that a person may look for by its name. */
export interface NamedPlace {
  readonly name: string;
  readonly kind: (typeof SYMBOL)[keyof typeof SYMBOL];
  /** What it belongs to: the service of master.cf. */
  readonly within: string | undefined;
  readonly at: Location;
}

/** The parameters, classes, services and tables whose names have the letters of `query` in them, in that order. */
export function workspaceSymbols(project: Project, query: string): readonly NamedPlace[] {
  return [...parameters(project), ...services(project), ...tables(project)].filter(({ name }) => matches(name, query));
}

function* parameters(project: Project): Generator<NamedPlace> {
  const classes = new Set(configurations(project).flatMap((configuration) => [...configuration.classes.keys()]));
  for (const { name, nameSpan, file, configuration } of settings(project)) {
    const within = file === "master.cf" ? configuration.service.name : undefined;
    const kind = classes.has(name) ? SYMBOL.class : SYMBOL.property;
    yield { name, kind, within, at: { file, span: nameSpan } };
  }
}

function* services(project: Project): Generator<NamedPlace> {
  for (const { columns } of masterEntries(project)) {
    const [name, type] = columns;
    if (!name || !type) continue;
    const at = { file: "master.cf", span: name.span };
    yield { name: `${name.text}/${type.text}`, kind: SYMBOL.module, within: undefined, at };
  }
}

/** The files of the project that main.cf or master.cf names. */
function* tables(project: Project): Generator<NamedPlace> {
  for (const [mention] of uses(project).values()) {
    const { kind, name = "" } = mention?.subject ?? {};
    if (kind !== "table" || !hasFile(project, name)) continue;
    yield { name, kind: SYMBOL.file, within: undefined, at: { file: name, span: { start: 0, end: 0 } } };
  }
}

/** Whether the letters of `query` stand in `name` in their order, whatever stands between them; their case does not matter. */
function matches(name: string, query: string): boolean {
  const text = name.toLowerCase();
  let at = 0;
  for (const letter of query.toLowerCase().replace(/\s+/g, "")) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
