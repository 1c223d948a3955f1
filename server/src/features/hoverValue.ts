import { defaultOf, PARAMETERS } from "../postfix/parameters.ts";
import type { Release } from "../postfix/release.ts";
import { transportParameter } from "../postfix/transportParameters.ts";
import type { Span } from "../text/span.ts";
import { wordAtCursor, type ValueCursor } from "./completion/valueCursor.ts";
import { wordText } from "./hoverWord.ts";
import { code } from "./markdown.ts";
import { networkText } from "./networkText.ts";
import { sizeText, timeText, type TimeUnit } from "./units.ts";

/** What there is to say about a stretch of a file. */
export interface Note {
  readonly span: Span;
  /** Markdown. */
  readonly text: string;
}

/** A time or size in human units, or the range of a network, at a cursor in a value. */
export function valueNote(cursor: ValueCursor | undefined): Note | undefined {
  if (!cursor) return undefined;
  const { start, end, text: word } = wordAtCursor(cursor);
  const text = quantityText(cursor, word) ?? networkText(word.replace(/^!+/, "")) ?? wordText(cursor, word);
  return text === undefined ? undefined : { span: cursor.spanOf(start, end), text };
}

function quantityText({ configuration, parameter }: ValueCursor, word: string): string | undefined {
  const name = PARAMETERS.has(parameter) ? parameter : transportParameter(parameter)?.fallback;
  const fact = PARAMETERS.get(name ?? "");
  if (!fact) return undefined;
  if (fact.type !== "time") return SIZES.test(fact.name) ? sizeText(word) : undefined;
  const time = timeText(word, unitOf(fact.name, configuration.project.release));
  return time && `${code(word)} is ${time}.`;
}

/** A time without a unit has the one in which the default is given. mail_conf_time.c, get_def_time_unit(). */
function unitOf(name: string, release: Release): TimeUnit {
  const byDefault = defaultOf(name, release)?.value ?? "";
  const other = /^\$(\w+)$/.exec(byDefault)?.[1];
  if (other !== undefined) return unitOf(other, release);
  return (/[smhdw]$/.exec(byDefault)?.[0] ?? "s") as TimeUnit;
}

/** Parameters that count bytes. */
const SIZES = /_size(?:_limit)?$|^(?:virtual_)?mailbox_limit$|^queue_minfree$|_buffer_size$|^line_length_limit$/;
