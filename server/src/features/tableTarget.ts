import type { Configuration } from "../config/configuration.ts";
import { actionNamed, type ActionName } from "../postfix/actions.ts";
import { fileSpan, lineAround } from "../syntax/logicalLines.ts";
import { splitEntry } from "../syntax/table.ts";
import { skipSpace, trimmed } from "../syntax/tokens.ts";
import { splitWords } from "../syntax/words.ts";
import type { Span } from "../text/span.ts";
import { listTarget, type ListTarget } from "./listTarget.ts";
import { logicalOffset } from "./logicalOffset.ts";
import { isAccessTable, tableFiles } from "./tableFiles.ts";

/** The action of an access map. */
export interface ActionTarget {
  readonly kind: "action";
  readonly name: ActionName;
}

/** A target, and where it stands in a value. */
type Placed<Target> = Target & { readonly span: Span };

/** What stands at an offset on the right-hand side of an access table. */
export function tableTargetAt(
  configuration: Configuration,
  file: string,
  offset: number,
): Placed<ActionTarget | ListTarget> | undefined {
  const { project } = configuration;
  const content = project.files.get(file);
  if (content?.kind !== "text" || !isAccessTable(project, file)) return undefined;
  const line = lineAround(content.text, offset);
  const value = line && valueOf(line.text, tableFiles(project).get(file)?.type ?? "hash");
  if (!value) return undefined;
  const at = logicalOffset(line, offset) ?? -1;
  const target = inValue(configuration, line.text.slice(value.start, value.end), at - value.start);
  return target && { ...target, span: fileSpan(line, value.start + target.span.start, value.start + target.span.end) };
}

/** The action, when the offset is in its word; without an action, the word of the restriction list. */
function inValue(
  configuration: Configuration,
  value: string,
  at: number,
): Placed<ActionTarget | ListTarget> | undefined {
  const action = actionOf(value);
  if (action) {
    const end = /^[^ \t]*/.exec(value)?.[0].length ?? 0;
    return 0 <= at && at <= end ? { kind: "action", name: action, span: { start: 0, end } } : undefined;
  }
  const word = splitWords(value).find(({ start, end }) => start <= at && at <= end);
  const target = word && listTarget(word.text, configuration);
  return target && { ...target, span: { start: word.start, end: word.end } };
}

/** The action that a right-hand side is; undefined: it is a restriction list. See smtpd_check.c, check_table_result(). */
function actionOf(value: string): ActionName | undefined {
  const [command = "", ...rest] = value.split(/[ \t]+/);
  const named = actionNamed(command);
  if (named) return named;
  if (/^\d+$/.test(value)) return "all-digits";
  if (rest.length === 0) return undefined;
  if (/^4\d\d$/.test(command)) return "4NN";
  return /^5\d\d$/.test(command) ? "5NN" : undefined;
}

/** Where the right-hand side stands in the text of a line. */
function valueOf(text: string, type: string): Span | undefined {
  if (type === "regexp" || type === "pcre") return patternValue(text);
  const parts = splitEntry(text);
  return typeof parts === "string" ? undefined : parts.value;
}

/** `/pattern/flags value`, with any delimiter. See regexp_table(5). */
function patternValue(text: string): Span | undefined {
  const start = skipSpace(text, /^!*/.exec(text)?.[0].length ?? 0);
  const delimiter = text.charAt(start);
  let end = start + 1;
  while (end < text.length && text[end] !== delimiter) end += text[end] === "\\" ? 2 : 1;
  const behind = text.slice(end + 1).search(/\s/);
  return behind < 0 ? undefined : trimmed(text, end + 1 + behind, text.length);
}
