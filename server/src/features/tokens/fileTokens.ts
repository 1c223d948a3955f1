import type { Configuration } from "../../config/configuration.ts";
import { plainConfiguration, serviceConfigurations } from "../../config/configurations.ts";
import type { Project } from "../../config/project.ts";
import { PARAMETERS } from "../../postfix/parameters.ts";
import { rightHandSide } from "../../config/rightHandSide.ts";
import { fileSpan, type LogicalLine } from "../../syntax/logicalLines.ts";
import { tableLines } from "../format/tableLines.ts";
import { isAccessTable } from "../../config/tableFiles.ts";
import { tableType } from "../tableType.ts";
import type { Token, TokenModifier } from "./token.ts";
import { isPast, listTokens, valueTokens, type ValueToken } from "./valueTokens.ts";

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

/** The tokens of the right-hand sides of an access table. */
export function* tokensInTable(project: Project, file: string): Generator<readonly Token[], void, undefined> {
  const content = project.files.get(file);
  if (content?.kind !== "text" || !isAccessTable(project, file)) return;
  const configuration = plainConfiguration(project);
  for (const { valueSpan } of tableLines(content.text, tableType(project, file) ?? "hash") ?? []) {
    if (!valueSpan) continue;
    const [value = ""] = content.text.slice(valueSpan.start, valueSpan.end).split("\n", 1);
    yield entryTokens(configuration, value, valueSpan.start);
  }
}

function entryTokens(configuration: Configuration, value: string, start: number): readonly Token[] {
  if (rightHandSide(value).kind === "action") {
    const word = value.split(/\s/, 1)[0] ?? "";
    return [{ span: { start, end: start + word.length }, type: "keyword", modifiers: [] }];
  }
  const spanOf = (token: ValueToken): Token["span"] => ({ start: start + token.start, end: start + token.end });
  return [...listTokens(configuration, value, "")].map((token) => ({
    span: spanOf(token),
    type: token.type,
    modifiers: token.modifiers,
  }));
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
