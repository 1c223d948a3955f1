import type { Configuration } from "../config/configuration.ts";
import type { TextEdit } from "../text/edit.ts";
import { addWord } from "./addWord.ts";
import type { Fix } from "./rule.ts";

const CLASSES = "smtpd_restriction_classes";

/** Declares a class: behind those that main.cf declares, or in a new line before its definition. */
export function declareClass({ parameters, project }: Configuration, name: string): Fix | undefined {
  const title = `Declare \`${name}\` in ${CLASSES}`;
  const declared = parameters.written(CLASSES);
  if (declared) {
    const added = addWord(project, declared, name);
    return added?.file === "main.cf" ? { title, edits: [added] } : undefined;
  }
  const definition = parameters.written(name)?.nameAt;
  if (definition?.file !== "main.cf") return undefined;
  const { start } = definition.span;
  const edit = { span: { start, end: start }, newText: `${CLASSES} = ${name}\n` };
  return { title, edits: [{ file: definition.file, edits: [edit] }] };
}

/** The edits of main.cf that declare a new class and define it. */
export function newClass(
  { parameters, project }: Configuration,
  name: string,
  list: string,
): readonly TextEdit[] | undefined {
  const definition = `${name} = ${list}\n`;
  const declared = parameters.written(CLASSES);
  if (!declared) {
    const text = project.mainCf?.text ?? "";
    const lead = text === "" || text.endsWith("\n") ? "" : "\n";
    const span = { start: text.length, end: text.length };
    return [{ span, newText: `${lead}${CLASSES} = ${name}\n${definition}` }];
  }
  const added = addWord(project, declared, name);
  const start = declared.nameAt?.span.start;
  if (added?.file !== "main.cf" || start === undefined) return undefined;
  return [{ span: { start, end: start }, newText: definition }, ...added.edits];
}
