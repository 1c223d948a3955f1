import type { Project } from "../config/project.ts";
import type { TextEdit } from "../text/edit.ts";
import type { Location } from "../text/location.ts";
import type { Span } from "../text/span.ts";
import { badParameterName, fixedParameterName } from "./rename/parameterName.ts";
import { badServiceName, fixedServiceName } from "./rename/serviceName.ts";
import { otherMeaning } from "./rename/otherMeaning.ts";
import { badTableName, newPath } from "./rename/tableName.ts";
import type { Mention, Subject } from "./uses/mention.ts";
import { mentionsAt, mentionsOf } from "./uses/uses.ts";

/** Why something cannot be renamed, or not so. A sentence without a final period. */
export interface Refusal {
  readonly refused: string;
}

/** What is renamed: the name at the cursor. */
export interface Renamed {
  readonly at: Location;
  readonly name: string;
}

/** The changes that a new name makes. */
export interface RenameEdits {
  readonly edits: readonly FileEdits[];
  /** The file of a table that gets another name. */
  readonly file: { readonly from: string; readonly to: string } | undefined;
}

interface FileEdits {
  readonly file: string;
  readonly edits: readonly TextEdit[];
}

/** What a new name would be given to at an offset; undefined: there is nothing that has a name. */
export function prepareRename(project: Project, file: string, offset: number): Renamed | Refusal | undefined {
  const [mention] = mentionsAt(project, file, offset);
  if (!mention) return undefined;
  const refused = unchangeable(project, mention.subject);
  if (refused !== undefined) return { refused };
  const { subject, name } = mention;
  return name ? { at: { file, span: name }, name: lastPart(subject.name) } : { refused: PUT_TOGETHER };
}

/** The changes that give what is named at an offset the name `newName` everywhere. */
export function rename(
  project: Project,
  { file, offset }: { readonly file: string; readonly offset: number },
  newName: string,
): RenameEdits | Refusal | undefined {
  const target = prepareRename(project, file, offset);
  const subject = mentionsAt(project, file, offset)[0]?.subject;
  if (!target || !subject) return undefined;
  if ("refused" in target) return target;
  if (newName === target.name) return { edits: [], file: undefined };
  const bad = badName(project, subject, newName);
  if (bad !== undefined) return { refused: bad };
  const mentions = mentionsOf(project, subject);
  const made = {
    edits: editsOf(mentions, newName),
    file: subject.kind === "table" ? fileRename(project, subject.name, newName) : undefined,
  };
  const changed = otherMeaning(project, { ...made, subject, newName });
  return changed === undefined ? made : { refused: changed };
}

const PUT_TOGETHER = "The name is put together from several values here: it cannot be changed in one place";

/** Why nothing can get another name in place of this one. */
function unchangeable(project: Project, subject: Subject): string | undefined {
  const mentions = mentionsOf(project, subject);
  if (mentions.some(({ name }) => !name)) return PUT_TOGETHER;
  switch (subject.kind) {
    case "service":
      return fixedServiceName(subject.name, mentions);
    case "table":
      return undefined;
    case "parameter":
      return fixedParameterName(project, subject.name, mentions);
  }
}

/** Why it cannot get this name. */
function badName(project: Project, { kind, name }: Subject, newName: string): string | undefined {
  switch (kind) {
    case "service":
      return badServiceName(project, newName);
    case "table":
      return badTableName(project, name, newName);
    case "parameter":
      return badParameterName(project, newName);
  }
}

function editsOf(mentions: readonly Mention[], newText: string): readonly FileEdits[] {
  const files = new Map<string, Map<number, TextEdit>>();
  for (const { at, name } of mentions) {
    if (!name) continue;
    const edits = files.get(at.file) ?? new Map<number, TextEdit>();
    files.set(at.file, edits.set(name.start, { span: name, newText }));
  }
  return [...files].map(([file, edits]) => ({ file, edits: [...edits.values()].sort(byPlace) }));
}

function byPlace(a: { readonly span: Span }, b: { readonly span: Span }): number {
  return a.span.start - b.span.start;
}

function fileRename(project: Project, name: string, newName: string): RenameEdits["file"] {
  const content = project.files.get(name);
  return content?.kind === "text" || content?.kind === "unreadable"
    ? { from: name, to: newPath(name, newName) }
    : undefined;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
