import type { Configuration } from "../config/configuration.ts";
import type { Fix } from "./rule.ts";

const CLASSES = "smtpd_restriction_classes";

/** Declares a class: behind those that main.cf declares, or in a new line before its definition. */
export function declareClass({ parameters }: Configuration, name: string): Fix | undefined {
  const title = `Declare \`${name}\` in ${CLASSES}`;
  const declared = parameters.written(CLASSES);
  if (declared) {
    const { text } = declared;
    const place = declared.locate(0, text.length);
    if (place?.file !== "main.cf") return undefined;
    const edit = {
      span: { start: place.span.end, end: place.span.end },
      newText: text === "" ? ` ${name}` : `, ${name}`,
    };
    return { title, edits: [{ file: place.file, edits: [edit] }] };
  }
  const definition = parameters.written(name)?.nameAt;
  if (definition?.file !== "main.cf") return undefined;
  const { start } = definition.span;
  const edit = { span: { start, end: start }, newText: `${CLASSES} = ${name}\n` };
  return { title, edits: [{ file: definition.file, edits: [edit] }] };
}
