import { classNotDefined } from "./classNotDefined.ts";
import { commentInValue } from "./commentInValue.ts";
import { macroError } from "./macroError.ts";
import { malformedLine } from "./malformedLine.ts";
import { neverReached } from "./neverReached.ts";
import { openRelay } from "./openRelay.ts";
import type { Rule, RulePage } from "./rule.ts";
import { undefinedClass } from "./undefinedClass.ts";
import { unreadableFile } from "./unreadableFile.ts";
import { unusedClass } from "./unusedClass.ts";
import { unusedSuppression } from "./unusedSuppression.ts";

/** All rules that look at a project. */
export const RULES: readonly Rule[] = [
  openRelay,
  undefinedClass,
  classNotDefined,
  unusedClass,
  neverReached,
  commentInValue,
  malformedLine,
  macroError,
  unreadableFile,
];

/** All kinds of findings: those of the rules, and those about the comments that silence them. */
export const RULE_PAGES: readonly RulePage[] = [...RULES, unusedSuppression];
