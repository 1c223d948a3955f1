import type { Configuration } from "../../config/configuration.ts";
import { configurations } from "../../config/configurations.ts";
import type { FileContent } from "../../config/files.ts";
import { makeProject, type Project } from "../../config/project.ts";
import { PARAMETERS } from "../../postfix/parameters.ts";
import { stageOf } from "../../postfix/stages.ts";
import { applyEdits } from "../../text/edit.ts";
import type { RenameEdits } from "../rename.ts";
import { CLASSES } from "../uses/listMentions.ts";
import { keyOf, sameSubject, type Subject } from "../uses/mention.ts";
import { transportIn } from "../uses/serviceMentions.ts";
import { tableNamed } from "../uses/tableMentions.ts";
import { uses } from "../uses/uses.ts";
import { newPath } from "./tableName.ts";

/** A new name, and what it changes. */
interface Change extends RenameEdits {
  readonly subject: Subject;
  readonly newName: string;
}

/** What a new name would change in the configuration besides the name; undefined: nothing. */
export function otherMeaning(project: Project, change: Change): string | undefined {
  const after = afterRename(project, change);
  const pairs = configurations(project).map((before, index) => [before, configurations(after)[index]] as const);
  for (const [before, now] of pairs) {
    const name = now && [...PARAMETERS.keys()].find((parameter) => differs([before, now], parameter, change));
    if (name !== undefined) return `It would change the value of \`${name}\`, too`;
  }
  return sameMentions(project, after, change) ? undefined : "The configuration would no longer mean the same";
}

/** The project with the changes made. */
export function afterRename(project: Project, { edits, file }: RenameEdits): Project {
  const files = new Map<string, FileContent>(project.files);
  for (const one of edits) {
    const content = files.get(one.file);
    if (content?.kind === "text") files.set(one.file, { kind: "text", text: applyEdits(content.text, one.edits) });
  }
  const moved = file && files.get(file.from);
  if (file && moved) {
    files.delete(file.from);
    files.set(file.to, moved);
  }
  return makeProject({ ...project, files });
}

/** Only a list may have another class name in it, and only what names the table or service another path or name. */
function differs([before, after]: readonly [Configuration, Configuration], parameter: string, change: Change): boolean {
  const { subject, newName } = change;
  const [old, now] = [before.parameters.value(parameter), after.parameters.value(parameter)];
  if (subject.kind === "parameter") return old !== now && !takesClasses(parameter);
  if (subject.kind === "service") return withService(now, change) !== withService(old, change);
  const [oldWords, newWords] = [wordsOf(old), wordsOf(now)];
  return (
    oldWords.length !== newWords.length ||
    oldWords.some((word, index) => {
      const isTable = tableNamed(before.project, word) === subject.name;
      return newWords[index] !== (isTable ? newPath(word, newName) : word);
    })
  );
}

/** proxy_read_maps takes in whole lists, and leaves out of them what is no table. See proxymap.c, authorize_proxied_maps(). */
function takesClasses(parameter: string): boolean {
  return stageOf(parameter) !== undefined || parameter === CLASSES || parameter === "proxy_read_maps";
}

/** The value with another name of a service wherever that stands as a word. */
function withService(value: string, { subject: { name }, newName }: Change): string {
  return value
    .split(/([^\w.-]+)/)
    .map((part) => (part === name ? newName : part))
    .join("");
}

function wordsOf(value: string): readonly string[] {
  return value.split(/[\s,{}!]+/);
}

/** Whether everything else is mentioned as often as before, and the new name as often as the old one. */
function sameMentions(project: Project, after: Project, change: Change): boolean {
  const [before, now] = [uses(project), uses(after)];
  return (
    before.size === now.size &&
    [...before.values()].every((mentions) => {
      const [first] = mentions;
      return first && now.get(keyOf(renamed(first.subject, change)))?.length === mentions.length;
    })
  );
}

/** What a subject is called afterwards: a parameter of a service goes with the service. */
function renamed(one: Subject, { subject, newName }: Change): Subject {
  if (sameSubject(one, subject)) {
    return { ...one, name: subject.kind === "table" ? newPath(subject.name, newName) : newName };
  }
  const isOfService = one.kind === "parameter" && subject.kind === "service" && transportIn(one.name) === subject.name;
  return isOfService ? { ...one, name: newName + one.name.slice(subject.name.length) } : one;
}
