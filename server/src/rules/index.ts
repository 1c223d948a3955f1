import { badNetwork } from "./badNetwork.ts";
import { badValue } from "./badValue.ts";
import { bareNewline } from "./bareNewline.ts";
import { chrootedService } from "./chrootedService.ts";
import { classNotDefined } from "./classNotDefined.ts";
import { commentInValue } from "./commentInValue.ts";
import { deprecatedParameter } from "./deprecatedParameter.ts";
import { duplicateParameter } from "./duplicateParameter.ts";
import { duplicateService } from "./duplicateService.ts";
import { emptyRelayList } from "./emptyRelayList.ts";
import { heloNotRequired } from "./heloNotRequired.ts";
import { indentedParameter } from "./indentedParameter.ts";
import { loginDisabled } from "./loginDisabled.ts";
import { macroError } from "./macroError.ts";
import { malformedLine } from "./malformedLine.ts";
import { malformedService } from "./malformedService.ts";
import { neverReached } from "./neverReached.ts";
import { noCompatibilityLevel } from "./noCompatibilityLevel.ts";
import { openRelay } from "./openRelay.ts";
import { optionSyntax } from "./optionSyntax.ts";
import { outdatedDefault } from "./outdatedDefault.ts";
import { parameterNotInRelease } from "./parameterNotInRelease.ts";
import type { Rule, RulePage } from "./rule.ts";
import { undefinedClass } from "./undefinedClass.ts";
import { undefinedName } from "./undefinedName.ts";
import { unknownParameter } from "./unknownParameter.ts";
import { unreadableFile } from "./unreadableFile.ts";
import { unusedClass } from "./unusedClass.ts";
import { unusedParameter } from "./unusedParameter.ts";
import { unusedSuppression } from "./unusedSuppression.ts";
import { wideNetwork } from "./wideNetwork.ts";
import { wouldNotStart } from "./wouldNotStart.ts";

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
  badValue,
  unknownParameter,
  unusedParameter,
  duplicateParameter,
  deprecatedParameter,
  parameterNotInRelease,
  outdatedDefault,
  undefinedName,
  indentedParameter,
  wouldNotStart,
  optionSyntax,
  malformedService,
  duplicateService,
  chrootedService,
  badNetwork,
  wideNetwork,
  heloNotRequired,
  loginDisabled,
  noCompatibilityLevel,
  bareNewline,
  emptyRelayList,
];

/** All kinds of findings: those of the rules, and those about the comments that silence them. */
export const RULE_PAGES: readonly RulePage[] = [...RULES, unusedSuppression];
