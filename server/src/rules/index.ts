import { classNotDefined } from "./classNotDefined.ts";
import { commentInValue } from "./commentInValue.ts";
import { macroError } from "./macroError.ts";
import { malformedLine } from "./malformedLine.ts";
import { neverReached } from "./neverReached.ts";
import { openRelay } from "./openRelay.ts";
import type { Rule } from "./rule.ts";
import { undefinedClass } from "./undefinedClass.ts";
import { unreadableFile } from "./unreadableFile.ts";
import { unusedClass } from "./unusedClass.ts";

/** All rules. */
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
