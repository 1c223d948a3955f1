import type { Configuration } from "../../config/configuration.ts";
import { plainConfiguration, serviceConfigurations } from "../../config/configurations.ts";
import type { Project } from "../../config/project.ts";
import { PARAMETERS } from "../../postfix/parameters.ts";
import { fileSpan, type LogicalLine } from "../../syntax/logicalLines.ts";
import { tableLines } from "../format/tableLines.ts";
import { parametersAsking } from "../../config/tableAskers.ts";
import { isAccessTable } from "../../config/tableFiles.ts";
import { groupNumbers } from "../groupReference.ts";
import { tableType } from "../tableType.ts";
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
  for (const { valueSpan } of tableLines(content.text, type) ?? []) {
    if (!valueSpan) continue;
    const { start } = valueSpan;
    const [value = ""] = content.text.slice(start, valueSpan.end).split("\n", 1);
    yield [...(type === "regexp" || type === "pcre" ? groupTokens(value) : []), ...tokensOf(value)].map((one) => ({
      span: { start: start + one.start, end: start + one.end },
      type: one.type,
      modifiers: one.modifiers,
    }));
  }
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
