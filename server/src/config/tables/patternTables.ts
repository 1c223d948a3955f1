import {
  type PatternText,
  patternAt,
  patternNodes,
  patternProblems,
  type PatternNode,
  type PatternProblem,
  type PatternTableType,
} from "../../syntax/patternTable.ts";
import { derived } from "../../text/derived.ts";
import { toBytes } from "../regex/bytes.ts";
import type { Compiled } from "../regex/pattern.ts";
import { compilePcre } from "../regex/pcrePattern.ts";
import { compilePosix } from "../regex/posixPattern.ts";
import { NOT_FOUND, type Table } from "../table.ts";
import { readPatterns } from "./cidrTable.ts";
import { lazily } from "../../text/lazily.ts";
import {
  findPattern,
  oddFlags,
  patternSketcher,
  readRules,
  type CompileBytes,
  type PatternRules,
} from "./patternRules.ts";
import type { Reference } from "./reference.ts";
import { askedTable, unavailableTable } from "./simpleTables.ts";
import type { Content, TableContext } from "./tableContext.ts";

/** A regexp table: POSIX patterns, of which the first that matches counts. See dict_regexp.c. */
export function regexpTable(reference: Reference, context: TableContext): Table {
  return patternTable(reference, context, "regexp");
}

/** A pcre table: PCRE patterns, of which the first that matches counts. See dict_pcre.c. */
export function pcreTable(reference: Reference, context: TableContext): Table {
  return patternTable(reference, context, "pcre");
}

/** What is wrong with the source of a regexp or pcre table. */
export function problemsOfPatterns(text: string, type: PatternTableType): readonly PatternProblem[] {
  return patternProblems(text, type, patternSketcher(COMPILERS[type]));
}

/** The nodes of a regexp or pcre table; a line that Postfix skips is no rule. */
export function nodesOfPatterns(text: string, type: PatternTableType): ReturnType<typeof patternNodes> {
  return patternNodes(text, type, patternSketcher(COMPILERS[type]));
}

/** The rule of a regexp or pcre table whose line begins at `start`; undefined when there is none. */
export function ruleOfPatterns(text: string, type: PatternTableType, start: number): ReturnType<typeof patternAt> {
  return patternAt(text, start, { type, compile: patternSketcher(COMPILERS[type]) });
}

/** The lines of a regexp or pcre table with the patterns compiled that are `wanted`, for tools that look into them. */
export function compiledPatterns(
  text: string,
  type: PatternTableType,
  wanted: (pattern: PatternText) => boolean = () => true,
): Generator<PatternNode<LookedInto>, void, undefined> {
  return patternNodes<LookedInto>(text, type, (pattern) => {
    if (!wanted(pattern)) return { groups: Infinity, compiled: UNWANTED };
    const compiled = COMPILERS[type](toBytes(pattern.text), oddFlags(pattern));
    if (compiled.kind === "bad") return { refused: compiled.message };
    return { groups: compiled.kind === "pattern" ? compiled.groups : Infinity, compiled };
  });
}

const UNWANTED = { kind: "unsupported", because: "nobody asked" } as const;

/** A pattern that the library takes; what is unsupported here has no meaning that could be looked into. */
interface LookedInto {
  readonly groups: number;
  readonly compiled: Exclude<Compiled, { readonly kind: "bad" }>;
}

export const COMPILERS: Readonly<Record<PatternTableType, CompileBytes>> = {
  regexp: (pattern, flags) =>
    compilePosix(pattern, { extended: !flags.has("x"), ignoreCase: !flags.has("i"), newline: flags.has("m") }),
  pcre: (pattern, flags) =>
    compilePcre(pattern, {
      ignoreCase: !flags.has("i"),
      multiline: flags.has("m"),
      dotAll: !flags.has("s"),
      extended: flags.has("x"),
      anchored: flags.has("A"),
      dollarEndOnly: flags.has("E"),
      ungreedy: flags.has("U"),
    }),
};

/** What reads the rules of a table; a content that was read already is not read again. */
export function rulesOfPatterns(type: PatternTableType): (content: Content) => PatternRules {
  return RULES[type];
}

const RULES: Readonly<Record<PatternTableType, (content: Content) => PatternRules>> = {
  regexp: derived(({ text }) => readRules(text, "regexp", COMPILERS.regexp)),
  pcre: derived(({ text }) => readRules(text, "pcre", COMPILERS.pcre)),
};

function patternTable(reference: Reference, context: TableContext, type: PatternTableType): Table {
  const source = readPatterns(reference, context);
  if (source.kind === "unknown") return askedTable(reference, context, "patterns");
  if (source.kind !== "text") return unavailableTable(reference, source.because);
  const { file } = source;
  const rules = lazily(() => RULES[type](source.source ?? source));
  return {
    reference: reference.text,
    type: reference.type,
    name: reference.name,
    file,
    matchesPatterns: true,
    lookup(key, ask) {
      const result = findPattern(rules(), key);
      if (result.kind === "not found") return NOT_FOUND;
      if (result.kind === "found") {
        const { value, span } = result;
        return { kind: "found", value, at: file === undefined ? undefined : { file, span } };
      }
      const because = `${type} map ${reference.name}, ${result.because}`;
      return result.kind === "undecided" ? ask(reference.text, key, because) : { kind: "error", because };
    },
  };
}
