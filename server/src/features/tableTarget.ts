import type { Configuration } from "../config/configuration.ts";
import { actionNamed, type ActionName } from "../postfix/actions.ts";
import { fileSpan, lineAround } from "../syntax/logicalLines.ts";
import { splitWords } from "../syntax/words.ts";
import type { Span } from "../text/span.ts";
import { listTarget, type ListTarget } from "./listTarget.ts";
import { logicalOffset } from "../syntax/logicalOffset.ts";
import { isAccessTable, tableFiles } from "../config/tableFiles.ts";
import { tableLine } from "./tableLine.ts";

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
  const value = line && tableLine(line, tableFiles(project).get(file)?.type ?? "hash").value;
  if (!value) return undefined;
  const at = logicalOffset(line, offset) ?? -1;
  const target = valueTarget(configuration, line.text.slice(value.start, value.end), at - value.start);
  return target && { ...target, span: fileSpan(line, value.start + target.span.start, value.start + target.span.end) };
}

/**
 * What stands at an offset of a right-hand side: the action, when that is in its word; without an action, the word of the
 * restriction list.
 */
export function valueTarget(
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
