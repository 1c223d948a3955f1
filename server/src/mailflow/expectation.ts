import { RE2JS } from "re2js";
import { FATES, type Fate } from "../evaluate/fate.ts";
import { checkFields, textOf, textsOf, type Report } from "./problems.ts";
import { REPLY_STAGES, type Expectation, type ReplyPattern } from "./testFile.ts";
import { field, type YamlValue } from "./yamlValue.ts";
import { messageOf } from "../text/messageOf.ts";

/** Reads what a test expects: a fate, one for each recipient, or a mapping with replies and more. */
export function readExpectation(value: YamlValue, report: Report): Expectation {
  if (!value.fields) return { ...NOTHING_EXPECTED, fates: fatesFrom(value, report) };
  checkFields(value, FIELDS, report);
  if (value.fields.size === 0) report(value.span, "nothing is expected here");
  const fate = field(value, "fate");
  const fatal = field(value, "fatal");
  return {
    fates: fate ? fatesFrom(fate, report) : [],
    replies: repliesFrom(value, report),
    by: textOf(field(value, "by"), report),
    fatal: fatal?.data === true ? "" : textOf(fatal, report),
    log: textsOf(field(value, "log"), report) ?? [],
  };
}

const NOTHING_EXPECTED: Expectation = { fates: [], replies: new Map(), by: undefined, fatal: undefined, log: [] };

const FIELDS: ReadonlySet<string> = new Set(["fate", "by", "fatal", "log", ...REPLY_STAGES]);

function fatesFrom(value: YamlValue, report: Report): readonly Fate[] {
  return (value.items ?? [value]).flatMap((one) => {
    const fate = FATES.find((candidate) => candidate === one.data);
    if (fate === undefined) report(one.span, `expected is one of ${FATES.join(", ")}, or a mapping with replies`);
    return fate ?? [];
  });
}

function repliesFrom(value: YamlValue, report: Report): Expectation["replies"] {
  return new Map(
    REPLY_STAGES.flatMap((stage) => {
      const wanted = field(value, stage);
      return wanted ? [[stage, patternsFrom(wanted, report)] as const] : [];
    }),
  );
}

function patternsFrom(value: YamlValue, report: Report): readonly ReplyPattern[] {
  return (value.items ?? [value]).flatMap((one) => patternFrom(one, report) ?? []);
}

function patternFrom({ data, span }: YamlValue, report: Report): ReplyPattern | undefined {
  if (typeof data === "number") return { kind: "code", code: data };
  if (typeof data !== "string") {
    report(span, "a reply is a code, the beginning of its text, or a /pattern/");
    return undefined;
  }
  const pattern = /^\/(.*)\/$/s.exec(data)?.[1];
  if (pattern === undefined) return { kind: "beginning", text: data };
  try {
    return { kind: "pattern", text: pattern, pattern: RE2JS.compile(pattern) };
  } catch (error) {
    report(span, `not a regular expression: ${messageOf(error)}`);
    return undefined;
  }
}
