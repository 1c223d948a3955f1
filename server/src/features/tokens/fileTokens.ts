import type { Configuration } from "../../config/configuration.ts";
import { plainConfiguration, serviceConfigurations } from "../../config/configurations.ts";
import type { Project } from "../../config/project.ts";
import { PARAMETERS } from "../../postfix/parameters.ts";
import type { MapTypeName } from "../../postfix/mapTypes.ts";
import { fileSpan, nodeAt, type LogicalLine } from "../../syntax/logicalLines.ts";
import { tableLines } from "../format/tableLines.ts";
import { parametersAsking } from "../../config/tableAskers.ts";
import { isAccessTable } from "../../config/tableFiles.ts";
import { groupNumbers } from "../groupReference.ts";
import { tableLine } from "../tableLine.ts";
import { tableType } from "../tableType.ts";
import type { Span } from "../../text/span.ts";
import type { Token, TokenModifier } from "./token.ts";
import { answerTokens } from "./answerTokens.ts";
import { token, type ValueToken } from "./valueToken.ts";
import { accessTokens, isPast, valueTokens } from "./valueTokens.ts";

/** The tokens of main.cf, one logical line after the other. */
export function* tokensInMainCf(project: Project): Generator<readonly Token[], void, undefined> {
  const configuration = plainConfiguration(project);
  for (const node of project.mainCf?.nodes ?? []) {
    if (node.kind === "assignment") yield settingTokens(configuration, node);
  }
}

/** The tokens of the `-o` options in master.cf, each in the configuration of its service. */
export function* tokensInMasterCf(project: Project): Generator<readonly Token[], void, undefined> {
  const services = new Map(serviceConfigurations(project).map((one) => [one.service.entry, one]));
  for (const node of project.masterCf?.nodes ?? []) {
    if (node.kind !== "service") continue;
    const configuration = services.get(node) ?? plainConfiguration(project);
    yield node.options.flatMap((option) => settingTokens(configuration, option));
  }
}

/** The tokens of the right-hand sides of a table. */
export function* tokensInTable(project: Project, file: string): Generator<readonly Token[], void, undefined> {
  const content = project.files.get(file);
  if (content?.kind !== "text") return;
  const tokensOf = answersIn(project, file);
  const type = tableType(project, file) ?? "hash";
  for (const { span, valueSpan } of tableLines(content.text, type) ?? []) {
    if (!valueSpan) continue;
    const value = valueIn(content.text, type, span, valueSpan);
    const { text } = value;
    const tokens = [...(type === "regexp" || type === "pcre" ? groupTokens(text) : []), ...tokensOf(text)];
    yield tokens.map((one) => ({ span: value.spanOf(one), type: one.type, modifiers: one.modifiers }));
  }
}

/** A value as Postfix reads it, which may go on in further lines, with comments between them. */
interface TableValue {
  readonly text: string;
  spanOf(place: Span): Span;
}

function valueIn(text: string, type: MapTypeName, { start }: Span, valueSpan: Span): TableValue {
  const whole = text.slice(valueSpan.start, valueSpan.end);
  const base = valueSpan.start;
  const plain = { text: whole, spanOf: (place: Span) => ({ start: base + place.start, end: base + place.end }) };
  const line = whole.includes("\n") ? nodeAt(text, start) : undefined;
  const value = line?.kind === "line" ? tableLine(line, type).value : undefined;
  if (line?.kind !== "line" || !value) return plain;
  return {
    text: line.text.slice(value.start, value.end),
    spanOf: (place) => fileSpan(line, value.start + place.start, value.start + place.end),
  };
}

/** What the right-hand sides of a file consist of. */
function answersIn(project: Project, file: string): (value: string) => readonly ValueToken[] {
  if (!isAccessTable(project, file)) {
    const parameters = parametersAsking(project, file);
    return (value) => answerTokens(parameters, value);
  }
  const configuration = plainConfiguration(project);
  return (value) => accessTokens(configuration, value);
}

/** What a pattern has matched. */
function groupTokens(value: string): readonly ValueToken[] {
  return groupNumbers(value).map((place) => token(place, "variable"));
}

interface Setting {
  readonly name: string;
  readonly nameSpan: Token["span"];
  readonly value: string;
  readonly valueStart: number;
  readonly line: LogicalLine;
}

function settingTokens(configuration: Configuration, setting: Setting): Token[] {
  const { name, nameSpan, value, valueStart, line } = setting;
  const tokens = [...valueTokens(configuration, name, value)].map(({ start, end, type, modifiers }) => ({
    span: fileSpan(line, valueStart + start, valueStart + end),
    type,
    modifiers,
  }));
  return [nameToken(configuration, name, nameSpan), ...tokens];
}

function nameToken(configuration: Configuration, name: string, span: Token["span"]): Token {
  if (configuration.classes.has(name)) return { span, type: "class", modifiers: ["definition"] };
  const fact = PARAMETERS.get(name);
  const removed = fact?.removed === undefined ? undefined : { since: fact.removed };
  const modifiers: TokenModifier[] = isPast(configuration, fact?.deprecated ?? removed) ? ["deprecated"] : [];
  return { span, type: "property", modifiers };
}
