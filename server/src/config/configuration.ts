import { compareReleases } from "../postfix/release.ts";
import { STAGES, type Stage } from "../postfix/stages.ts";
import type { ProgramNames } from "./computedDefaults.ts";
import { splitNames } from "../syntax/words.ts";
import { listWords, placeOf, type ListWord } from "./listWord.ts";
import { programParameters } from "./mainParameters.ts";
import type { Parameters } from "./parameters.ts";
import { proxiedTables, withoutProxy } from "./proxiedTables.ts";
import { resolveFile, type Project } from "./project.ts";
import { restrictionList, type RestrictionList } from "./restrictionList.ts";
import type { Service } from "./services.ts";
import type { Table } from "./table.ts";
import { withoutDebug } from "./tables/reference.ts";
import { openTable } from "./tables/openTable.ts";
import type { TableFile } from "./tables/tableContext.ts";

/** What one smtpd service is told: parameters, restriction lists, classes and tables. */
export interface Configuration {
  readonly project: Project;
  readonly service: Service;
  readonly parameters: Parameters;
  readonly lists: Readonly<Record<Stage, RestrictionList>>;
  /** The restriction classes by name: those that smtpd_restriction_classes declares. */
  readonly classes: ReadonlyMap<string, RestrictionClass>;
  /** Opens a table once and keeps it. */
  table(reference: string): Table;
  /** Whether proxymap serves a table, when `reference` asks it. */
  readonly isServed: (reference: string) => boolean;
  /** What the table `reference` finds at the path it names. */
  source(path: string, reference: string): TableFile;
}

/** A restriction class as it is declared, and the list that its definition gives. */
export interface RestrictionClass {
  readonly name: string;
  /** Where smtpd_restriction_classes names it. */
  readonly declared: ListWord;
  /** Undefined: no parameter of that name, or an empty one; smtpd does not start. */
  readonly list: RestrictionList | undefined;
}

/** Makes the configuration of one service. Cheap: lists and tables are read when they are asked for. */
export function makeConfiguration(project: Project, service: Service): Configuration {
  const parameters = programParameters(project, service.overrides, programOf(service));
  const declared = declaredClasses(parameters);
  const isClass = (name: string): boolean => declared.has(name);
  const listOf = (parameter: string): RestrictionList =>
    restrictionList(parameter, listWords(parameters.expanded(parameter)), isClass);
  const classes = new Map<string, RestrictionClass>();
  for (const [name, word] of declared) {
    const defined = parameters.value(name) !== "";
    classes.set(name, { name, declared: word, list: defined ? listOf(name) : undefined });
  }
  const isNew = compareReleases(project.release, "3.11") >= 0;
  const given = { proxyFolds: isNew, knowsDebug: isNew };
  const tables = new Map<string, Table>();
  let served: ReadonlySet<string> | undefined;
  const isServed = (reference: string): boolean => {
    const inner = withoutDebug(reference, project.release);
    if (!inner.startsWith("proxy:")) return true;
    served ??= proxiedTables(project, (path) => tableSource(project, path, path));
    return served.has(withoutProxy(inner));
  };
  return {
    project,
    service,
    parameters,
    lists: Object.fromEntries(STAGES.map(({ stage, parameter }) => [stage, listOf(parameter)])) as Record<
      Stage,
      RestrictionList
    >,
    classes,
    table: (reference) => {
      let table = tables.get(reference);
      if (!table) {
        table = openTable(reference, { read: (path) => tableSource(project, path, reference), isServed, ...given });
        tables.set(reference, table);
      }
      return table;
    },
    isServed,
    source: (path, reference) => tableSource(project, path, reference),
  };
}

/** Without master.cf, no name of a service is known. */
function programOf({ name, entry }: Service): ProgramNames | undefined {
  return entry && { service: name, command: entry.columns[7]?.text ?? "" };
}

/** The names in smtpd_restriction_classes; a name that stands there twice counts once. */
function declaredClasses(parameters: Parameters): ReadonlyMap<string, ListWord> {
  const expansion = parameters.expanded("smtpd_restriction_classes");
  const declared = new Map<string, ListWord>();
  for (const { text, start, end } of splitNames(expansion.text)) {
    if (!declared.has(text)) declared.set(text, { text, ...placeOf(expansion, start, end) });
  }
  return declared;
}

/** Tables that postmap makes from a source file: without its work there is nothing to open. */
const INDEXED = /^(?:proxy:)*(?:hash|btree|dbm|sdbm|cdb|lmdb):/;

/** What a table finds at the path it names. Only a closed project can say that nothing is there. */
function tableSource(project: Project, path: string, reference: string): TableFile {
  const found = resolveFile(project, path);
  if (!found || (INDEXED.test(reference) && project.unindexed.has(found.name))) {
    return isMissing(project, path, reference)
      ? { kind: "missing", because: "No such file or directory" }
      : { kind: "unknown" };
  }
  const { content, name } = found;
  if (content.kind === "text") return { kind: "text", text: content.text, file: name, source: content };
  return { kind: "unreadable", because: content.kind === "unreadable" ? content.because : "No such file or directory" };
}

/** The alias database belongs to the machine, not to the Postfix directory: a case does not say that there is none. */
function isMissing({ closed, elsewhere }: Project, path: string, reference: string): boolean {
  return closed && path !== "/etc/aliases" && !elsewhere.has(withoutProxy(reference));
}
