import { bareTableInDataList } from "./bareTableInDataList.ts";
import { wrongArgument } from "./wrongArgument.ts";
import { outdatedRestriction } from "./outdatedRestriction.ts";
import { classShadowed } from "./classShadowed.ts";
import { classCycle } from "./classCycle.ts";
import { dnsList } from "./dnsList.ts";
import { lookupBeforePermit } from "./lookupBeforePermit.ts";
import { attributeNotKnown } from "./attributeNotKnown.ts";
import { policyServiceSyntax } from "./policyServiceSyntax.ts";
import { policyBeforeRelayCheck } from "./policyBeforeRelayCheck.ts";
import { loginCheckAfterPermit } from "./loginCheckAfterPermit.ts";
import { loginCheckWithoutMaps } from "./loginCheckWithoutMaps.ts";
import { pipeliningCheckTooEarly } from "./pipeliningCheckTooEarly.ts";
import { strictClientName } from "./strictClientName.ts";
import { mailFromOutsideRefused } from "./mailFromOutsideRefused.ts";
import { permitForbidden } from "./permitForbidden.ts";
import { neverLookedUp } from "./neverLookedUp.ts";
import { numberPermits } from "./numberPermits.ts";
import { tableInAccessMap } from "./tableInAccessMap.ts";
import { actionArgument } from "./actionArgument.ts";
import { actionSkipped } from "./actionSkipped.ts";
import { statusMismatch } from "./statusMismatch.ts";
import { swallowedEntry } from "./swallowedEntry.ts";
import { duplicateKey } from "./duplicateKey.ts";
import { shadowedRule } from "./shadowedRule.ts";
import { unanchoredPattern } from "./unanchoredPattern.ts";
import { unusableTable } from "./unusableTable.ts";
import { otherTableType } from "./otherTableType.ts";
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
  bareTableInDataList,
  wrongArgument,
  outdatedRestriction,
  classShadowed,
  classCycle,
  dnsList,
  lookupBeforePermit,
  attributeNotKnown,
  policyServiceSyntax,
  policyBeforeRelayCheck,
  loginCheckAfterPermit,
  loginCheckWithoutMaps,
  pipeliningCheckTooEarly,
  strictClientName,
  mailFromOutsideRefused,
  permitForbidden,
  neverLookedUp,
  numberPermits,
  tableInAccessMap,
  actionArgument,
  actionSkipped,
  statusMismatch,
  swallowedEntry,
  duplicateKey,
  shadowedRule,
  unanchoredPattern,
  unusableTable,
  otherTableType,
];
