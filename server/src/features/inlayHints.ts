import type { InlayHint } from "vscode-languageserver-types";
import type { Configuration } from "../config/configuration.ts";
import { entryConfiguration, plainConfiguration } from "../config/configurations.ts";
import { masterEntries } from "../config/masterEntries.ts";
import type { Project } from "../config/project.ts";
import { defaultOf, PARAMETERS } from "../postfix/parameters.ts";
import { fileSpan, type LogicalLine } from "../syntax/logicalLines.ts";
import { positionAt } from "../text/lineIndex.ts";
import type { Span } from "../text/span.ts";
import { linesOf } from "../config/lines.ts";
import { code, listBlock, valueCode } from "./markdown.ts";
import { valueTokens } from "./tokens/valueTokens.ts";

/** Which hints a person wants to see. */
export interface InlayHintSettings {
  /** What `$name` comes to. */
  readonly references: boolean;
  /** What a restriction class holds. */
  readonly classes: boolean;
  /** The unit of a time that names none. */
  readonly timeUnits: boolean;
}

export const STANDARD_HINTS: InlayHintSettings = { references: true, classes: false, timeUnits: true };

/** What the configuration says without writing it, in the lines of main.cf or master.cf that `range` touches. */
export function inlayHints(project: Project, file: string, range: Span, settings: InlayHintSettings): InlayHint[] {
  const lines = linesOf(project, file);
  return settingsIn(project, file, range).flatMap((setting) =>
    hintsIn(setting, settings).flatMap(({ at, label, tooltip }) => {
      const { end } = fileSpan(setting.line, setting.valueStart + at - 1, setting.valueStart + at);
      if (end < range.start || end > range.end) return [];
      const hint: InlayHint = { position: positionAt(lines, end), label: shortened(label), paddingLeft: true };
      return [tooltip === undefined ? hint : { ...hint, data: { tooltip } }];
    }),
  );
}

/** A hint with what was too long for it. */
export function resolvedHint(hint: InlayHint): InlayHint {
  const tooltip = (hint.data as { readonly tooltip?: unknown } | undefined)?.tooltip;
  return typeof tooltip === "string" ? { ...hint, tooltip: { kind: "markdown", value: tooltip } } : hint;
}

interface Setting {
  readonly configuration: Configuration;
  readonly name: string;
  readonly value: string;
  readonly valueStart: number;
  readonly line: LogicalLine;
}

function settingsIn(project: Project, file: string, range: Span): readonly Setting[] {
  const touched = ({ span }: { readonly span: Span }): boolean => span.start <= range.end && range.start <= span.end;
  if (file === "main.cf") {
    const configuration = plainConfiguration(project);
    const nodes = project.mainCf?.nodes.filter((node) => node.kind === "assignment") ?? [];
    return nodes.filter(touched).map((node) => ({ ...node, configuration }));
  }
  if (file !== "master.cf") return [];
  return masterEntries(project)
    .filter(touched)
    .flatMap((node) => {
      const configuration = entryConfiguration(project, node);
      return node.options.map((option) => ({ ...option, configuration }));
    });
}

interface Hint {
  /** The offset in the value behind which it stands. */
  readonly at: number;
  readonly label: string;
  readonly tooltip?: string;
}

function hintsIn(setting: Setting, { references, classes, timeUnits }: InlayHintSettings): readonly Hint[] {
  const { configuration, name, value } = setting;
  const hints: Hint[] = timeUnits ? unitHints(setting) : [];
  if (!references && !classes) return hints;
  for (const { start, end, type, modifiers } of valueTokens(configuration, name, value)) {
    const word = value.slice(start, end);
    if (type === "variable" && references)
      hints.push(...referenceHints(configuration, word, closed(value, start, end)));
    if (type === "class" && classes && modifiers.length === 0) hints.push(...classHints(configuration, word, end));
  }
  return hints;
}

/** Behind the brace that closes `${name}`; undefined for `${name?…}`, where the value is not all there is to say. */
function closed(value: string, start: number, end: number): number | undefined {
  if (value[start - 1] === "$") return end;
  const close = /^\s*[})]/.exec(value.slice(end));
  return close ? end + close[0].length : undefined;
}

function referenceHints({ parameters }: Configuration, name: string, at: number | undefined): readonly Hint[] {
  if (at === undefined || !parameters.find(name)) return [];
  const value = parameters.value(name).replace(/\s+/g, " ");
  return [{ at, label: `= ${value === "" ? "(empty)" : value}`, tooltip: `${code(`$${name}`)} = ${valueCode(value)}` }];
}

function classHints({ classes }: Configuration, name: string, at: number): readonly Hint[] {
  const items = classes.get(name)?.list?.items.map(({ text }) => text) ?? [];
  if (items.length === 0) return [];
  return [{ at, label: `= ${items.join(", ")}`, tooltip: listBlock(items) }];
}

/** The unit is that of the default. See mail_conf_time.c, get_def_time_unit(). */
function unitHints({ configuration, name, value }: Setting): Hint[] {
  if (PARAMETERS.get(name)?.type !== "time" || !/^[1-9]\d*$/.test(value)) return [];
  const standard = defaultOf(name, configuration.project.release)?.value ?? "";
  const word = UNITS[/[\d}]([smhdw])$/.exec(standard)?.[1] ?? ""];
  if (word === undefined) return [];
  return [
    { at: value.length, label: word, tooltip: `Without a unit, ${code(name)} is in ${word}, as its default is.` },
  ];
}

const UNITS: Readonly<Record<string, string>> = { s: "seconds", m: "minutes", h: "hours", d: "days", w: "weeks" };

const LONGEST = 40;

function shortened(label: string): string {
  return label.length <= LONGEST ? label : `${label.slice(0, LONGEST - 1)}…`;
}
