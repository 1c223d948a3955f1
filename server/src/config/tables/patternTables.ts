import {
  patternNodes,
  patternProblems,
  type PatternNode,
  type PatternProblem,
  type PatternTableType,
} from "../../syntax/patternTable.ts";
import { toBytes } from "../regex/bytes.ts";
import type { Compiled } from "../regex/pattern.ts";
import { compilePcre } from "../regex/pcrePattern.ts";
import { compilePosix } from "../regex/posixPattern.ts";
import { NOT_FOUND, type Table } from "../table.ts";
import { readPatterns } from "./cidrTable.ts";
import { lazily } from "./indexedTable.ts";
import { findPattern, oddFlags, patternCompiler, readRules, type CompileBytes } from "./patternRules.ts";
import type { Reference } from "./reference.ts";
import { askedTable, unavailableTable } from "./simpleTables.ts";
import type { TableContext } from "./tableContext.ts";

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
  return patternProblems(text, type, patternCompiler(COMPILERS[type]));
}

/** The lines of a regexp or pcre table with their patterns compiled, for tools that look into them. */
export function compiledPatterns(
  text: string,
  type: PatternTableType,
): Generator<PatternNode<LookedInto>, void, undefined> {
  return patternNodes<LookedInto>(text, type, (pattern) => {
    const compiled = COMPILERS[type](toBytes(pattern.text), oddFlags(pattern));
    if (compiled.kind === "bad") return { refused: compiled.message };
    return { groups: compiled.kind === "pattern" ? compiled.groups : Infinity, compiled };
  });
}

/** A pattern that the library takes; what is unsupported here has no meaning that could be looked into. */
interface LookedInto {
  readonly groups: number;
  readonly compiled: Exclude<Compiled, { readonly kind: "bad" }>;
}

const COMPILERS: Readonly<Record<PatternTableType, CompileBytes>> = {
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

function patternTable(reference: Reference, context: TableContext, type: PatternTableType): Table {
  const source = readPatterns(reference, context);
  if (source.kind === "unknown") return askedTable(reference, context, "patterns");
  if (source.kind !== "text") return unavailableTable(reference, source.because);
  const { text, file } = source;
  const rules = lazily(() => readRules(text, type, COMPILERS[type]));
  return {
    reference: reference.text,
    type: reference.type,
    name: reference.name,
    file,
    matchesPatterns: true,
    lookup(key) {
      const result = findPattern(rules(), key);
      if (result.kind === "not found") return NOT_FOUND;
      if (result.kind === "error")
        return { kind: "error", because: `${type} map ${reference.name}, ${result.because}` };
      const { value, span } = result;
      return { kind: "found", value, at: file === undefined ? undefined : { file, span } };
    },
  };
}
