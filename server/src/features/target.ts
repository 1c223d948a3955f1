import { clientSettingNamed } from "../config/clientNames.ts";
import type { Configuration } from "../config/configuration.ts";
import { expand } from "../config/expand.ts";
import type { Project } from "../config/project.ts";
import { restrictionList } from "../config/restrictionList.ts";
import { defaultText } from "../config/sourceText.ts";
import { isNestedTooDeep, parseReference } from "../config/tables/reference.ts";
import { mapType, mapTypeNamed } from "../postfix/mapTypes.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { stageOf } from "../postfix/stages.ts";
import { fileSpan, type LogicalLine } from "../syntax/logicalLines.ts";
import type { MasterEntry, MasterOption } from "../syntax/masterCf.ts";
import { splitNames, splitWords, type ValueWord } from "../syntax/words.ts";
import { touches, type Span } from "../text/span.ts";
import { entryConfiguration, plainConfiguration } from "../config/configurations.ts";
import { isClass, listTarget, type ListTarget } from "./listTarget.ts";
import { logicalOffset } from "../syntax/logicalOffset.ts";
import { tableTargetAt, valueTarget, type ActionTarget } from "./tableTarget.ts";
import { inlineValues } from "./uses/inlineWords.ts";

/** What stands at a place, and the configuration that gives it its meaning. */
export type Target = { readonly span: Span; readonly configuration: Configuration } & (
  | ListTarget
  | ActionTarget
  /** The name of a parameter where it gets its value. */
  | { readonly kind: "parameter"; readonly name: string }
  /** `$name`. */
  | { readonly kind: "reference"; readonly name: string }
  /** `type:name`, expanded. */
  | { readonly kind: "table"; readonly reference: string }
);

/**
 * What stands at an offset of a file of the project, the innermost thing first: `$name` before the `type:name` that it
 * is a part of. Empty where Postfix sees no meaning.
 */
export function targetsAt(project: Project, file: string, offset: number): readonly Target[] {
  if (file === "main.cf") return inMainCf(project, offset);
  if (file === "master.cf") return inMasterCf(project, offset);
  const configuration = plainConfiguration(project);
  const target = tableTargetAt(configuration, file, offset);
  return target ? [{ ...target, configuration }] : [];
}

function inMainCf(project: Project, offset: number): readonly Target[] {
  const nodes = project.mainCf?.nodes ?? [];
  const node = nodes.find(({ span }) => span.start <= offset && offset < span.end) ?? nodes.at(-1);
  if (node?.kind !== "assignment") return [];
  const configuration = plainConfiguration(project);
  const { name, nameSpan, line } = node;
  if (touches(nameSpan, offset)) return [named(name, nameSpan, configuration)];
  const at = logicalOffset(line, offset);
  return at === undefined ? [] : inValue({ ...node, configuration, parameter: name }, at - node.valueStart);
}

function inMasterCf(project: Project, offset: number): readonly Target[] {
  const nodes = project.masterCf?.nodes ?? [];
  const entry = nodes.find((node): node is MasterEntry => node.kind === "service" && touches(node.span, offset));
  const option = entry && optionAt(entry, offset);
  if (!option) return [];
  const configuration = entryConfiguration(project, entry);
  const { name, nameSpan, line } = option;
  if (touches(nameSpan, offset)) return [named(name, nameSpan, configuration)];
  const at = logicalOffset(line, offset) ?? -1;
  return inValue({ ...option, configuration, parameter: name }, at - option.valueStart);
}

function optionAt({ options, line }: MasterEntry, offset: number): MasterOption | undefined {
  const at = logicalOffset(line, offset);
  return options.find(({ nameSpan, valueStart, value }) => {
    if (touches(nameSpan, offset)) return true;
    return at !== undefined && valueStart <= at && at <= valueStart + value.length;
  });
}

function named(name: string, span: Span, configuration: Configuration): Target {
  const kind = configuration.classes.has(name) ? "class" : "parameter";
  return { kind, name, span, configuration };
}

/** A value as it is written, and where. */
interface Value {
  readonly configuration: Configuration;
  readonly parameter: string;
  readonly value: string;
  /** Where it begins in the text of `line`. */
  readonly valueStart: number;
  readonly line: LogicalLine;
}

function inValue(value: Value, at: number): readonly Target[] {
  if (at < 0 || at > value.value.length) return [];
  const targets = [
    referenceAt(value, at),
    wordTarget(value, at),
    inlineTarget(value, at),
    tableAt(value, { text: value.value, base: 0 }, at),
  ];
  return targets.filter((target) => target !== undefined);
}

/** `$name`, `${name}`, or the start of `${name?…}`. */
const REFERENCE = /(?<!\$)(?:\$\$)*(\$(?:(\w+)|[{(]\s*(\w+)[})]?))/g;

function referenceAt(value: Value, at: number): Target | undefined {
  for (const match of value.value.matchAll(REFERENCE)) {
    const [whole, reference = "", bare, braced = ""] = match;
    const end = match.index + whole.length;
    const start = end - reference.length;
    if (start > at || at > end) continue;
    return {
      kind: "reference",
      name: bare ?? braced,
      span: spanIn(value, start, end),
      configuration: value.configuration,
    };
  }
  return undefined;
}

/** A class name where classes are declared, or a word of a restriction list. */
function wordTarget(value: Value, at: number): Target | undefined {
  const { configuration, parameter, value: text } = value;
  const spanOf = ({ start, end }: ValueWord): Span => spanIn(value, start, end);
  if (parameter === "smtpd_restriction_classes") {
    const word = wordAt(splitNames(text), at);
    return word && { kind: "class", name: word.text, span: spanOf(word), configuration };
  }
  const words = holdsList(parameter, configuration) ? splitWords(text) : [];
  const word = wordAt(words, at);
  if (!word) return undefined;
  const inner = word.text.startsWith("${") ? wordInMacro(word, at) : word;
  const target = isArgument(words, inner, configuration) ? undefined : listTarget(inner.text, configuration);
  return target && { ...target, span: spanOf(inner), configuration };
}

/** The word at an offset inside `${name?{…}:{…}}`, whose values are parts of the list. */
function wordInMacro({ text, start }: ValueWord, at: number): ValueWord {
  const from = text.slice(0, at - start).search(/[^\s,{}]*$/);
  const length = text.slice(from).search(/[\s,{}]|$/);
  return { text: text.slice(from, from + length), start: start + from, end: start + from + length };
}

/** What stands on a right-hand side of an access map that is written into the list: `inline:{{key = REJECT}}`. */
function inlineTarget(value: Value, at: number): Target | undefined {
  const { configuration, parameter } = value;
  const word = holdsList(parameter, configuration) ? wordAt(splitWords(value.value), at) : undefined;
  if (!word) return undefined;
  for (const { text, start } of inlineValues(word.text)) {
    const base = word.start + start;
    if (at < base || at > base + text.length) continue;
    const target = valueTarget(configuration, text, at - base);
    const span = target && spanIn(value, base + target.span.start, base + target.span.end);
    return span && { ...target, span, configuration };
  }
  return undefined;
}

/** Whether a word is swallowed by the restriction before it: `permit` in `reject_rbl_client permit`. */
function isArgument(words: readonly ValueWord[], word: ValueWord, configuration: Configuration): boolean {
  const plain = words.map(({ text }) => ({ text, at: undefined, via: [] }));
  const { items } = restrictionList("", plain, (name) => isClass(name, configuration));
  return items.some(({ argument }) => argument !== undefined && argument === plain[words.indexOf(word)]);
}

/** Restriction lists, classes, and names of the user's own, which other lists may take in by `$name`. */
export function holdsList(parameter: string, { classes, project }: Configuration): boolean {
  if (stageOf(parameter) !== undefined || classes.has(parameter)) return true;
  return !PARAMETERS.has(parameter) && !clientSettingNamed(project, parameter);
}

/** A part of the value. */
interface Part {
  readonly text: string;
  readonly base: number;
}

/** `type:name` at an offset, the innermost one: inside `unionmap:{…}` and `{…}` there may be others. */
function tableAt(value: Value, { text, base }: Part, at: number): Target | undefined {
  const word = wordAt(splitWords(text), at - base);
  if (!word) return undefined;
  const written = word.text.replace(/^!+/, "");
  const start = base + word.end - written.length;
  const brace = openBrace(written);
  if (brace > 0 && at >= start + brace) {
    const inside = written.slice(brace, written.endsWith("}") ? -1 : undefined);
    const inner = tableAt(value, { text: inside, base: start + brace }, at);
    if (inner) return inner;
  }
  const reference = at < start ? undefined : tableReference(value, written);
  const { configuration } = value;
  return reference === undefined
    ? undefined
    : { kind: "table", reference, span: spanIn(value, start, base + word.end), configuration };
}

/** The length of what opens the braces of a word; 0: there is nothing to look into. */
function openBrace(written: string): number {
  return isNestedTooDeep(written) ? 0 : (/^(?:[a-z]+:)*\{/.exec(written)?.[0].length ?? 0);
}

/** The word with every `$name` replaced, if it is a reference to a table. */
function tableReference({ configuration, parameter }: Value, word: string): string | undefined {
  const { parameters } = configuration;
  const { text } = expand(defaultText(parameter, word), parameters.release, (name) => parameters.find(name));
  const type = mapTypeNamed(parseReference(text)?.type ?? "");
  if (!type) return undefined;
  // `unix:private/policy` is a socket where no table is expected.
  const isEndpoint = ["endpoint", "system", "none"].includes(mapType(type).source);
  return isEndpoint && !/_maps$|^my|_domains$/.test(parameter) ? undefined : text;
}

function wordAt(words: readonly ValueWord[], at: number): ValueWord | undefined {
  return words.find(({ start, end }) => start <= at && at <= end);
}

function spanIn({ line, valueStart }: Value, start: number, end: number): Span {
  return fileSpan(line, valueStart + start, valueStart + end);
}
