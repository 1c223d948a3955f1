import type { Configuration } from "../config/configuration.ts";
import type { SourceText } from "../config/sourceText.ts";
import type { TextEdit } from "../text/edit.ts";
import type { Fix } from "./rule.ts";

const CLASSES = "smtpd_restriction_classes";

/** Declares a class: behind those that main.cf declares, or in a new line before its definition. */
export function declareClass({ parameters }: Configuration, name: string): Fix | undefined {
  const title = `Declare \`${name}\` in ${CLASSES}`;
  const declared = parameters.written(CLASSES);
  if (declared) {
    const edit = appended(declared, name);
    return edit && { title, edits: [{ file: "main.cf", edits: [edit] }] };
  }
  const definition = parameters.written(name)?.nameAt;
  if (definition?.file !== "main.cf") return undefined;
  const { start } = definition.span;
  const edit = { span: { start, end: start }, newText: `${CLASSES} = ${name}\n` };
  return { title, edits: [{ file: definition.file, edits: [edit] }] };
}

/** The edits of main.cf that declare a new class and define it. */
export function newClass(
  { parameters, project: { mainCf } }: Configuration,
  name: string,
  list: string,
): readonly TextEdit[] | undefined {
  const definition = `${name} = ${list}\n`;
  const declared = parameters.written(CLASSES);
  if (!declared) {
    const text = mainCf?.text ?? "";
    const lead = text === "" || text.endsWith("\n") ? "" : "\n";
    const span = { start: text.length, end: text.length };
    return [{ span, newText: `${lead}${CLASSES} = ${name}\n${definition}` }];
  }
  const edit = appended(declared, name);
  const start = declared.nameAt?.span.start;
  return edit && start !== undefined ? [{ span: { start, end: start }, newText: definition }, edit] : undefined;
}

/** One more name behind the declared ones. */
function appended({ text, locate }: SourceText, name: string): TextEdit | undefined {
  const place = locate(0, text.length);
  if (place?.file !== "main.cf") return undefined;
  const { end } = place.span;
  return { span: { start: end, end }, newText: text === "" ? ` ${name}` : `, ${name}` };
}
