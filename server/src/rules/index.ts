import { actionArgument } from "./actionArgument.ts";
import { actionSkipped } from "./actionSkipped.ts";
import { attributeNotKnown } from "./attributeNotKnown.ts";
import { badDomain } from "./badDomain.ts";
import { badNetwork } from "./badNetwork.ts";
import { badTlsPolicy } from "./badTlsPolicy.ts";
import { badValue } from "./badValue.ts";
import { bareNewline } from "./bareNewline.ts";
import { bareTableInDataList } from "./bareTableInDataList.ts";
import { byteOrderMark } from "./byteOrderMark.ts";
import { carriageReturn } from "./carriageReturn.ts";
import { caseFlag } from "./caseFlag.ts";
import { chrootedService } from "./chrootedService.ts";
import { classCycle } from "./classCycle.ts";
import { classNotDefined } from "./classNotDefined.ts";
import { classShadowed } from "./classShadowed.ts";
import { clientLoginWithoutPasswords } from "./clientLoginWithoutPasswords.ts";
import { commentInValue } from "./commentInValue.ts";
import { daneWithoutDnssec } from "./daneWithoutDnssec.ts";
import { deprecatedParameter } from "./deprecatedParameter.ts";
import { dnsList } from "./dnsList.ts";
import { domainInTwoLists } from "./domainInTwoLists.ts";
import { duplicateKey } from "./duplicateKey.ts";
import { duplicateParameter } from "./duplicateParameter.ts";
import { duplicateService } from "./duplicateService.ts";
import { emptyRelayList } from "./emptyRelayList.ts";
import { emptyResult } from "./emptyResult.ts";
import { filterLoop } from "./filterLoop.ts";
import { forgeableSender } from "./forgeableSender.ts";
import { heloNotRequired } from "./heloNotRequired.ts";
import { indentedParameter } from "./indentedParameter.ts";
import { indexSuffix } from "./indexSuffix.ts";
import { loginCheckAfterPermit } from "./loginCheckAfterPermit.ts";
import { loginCheckWithoutMaps } from "./loginCheckWithoutMaps.ts";
import { loginMapsNotAsked } from "./loginMapsNotAsked.ts";
import { loginDisabled } from "./loginDisabled.ts";
import { loginWithoutPermit } from "./loginWithoutPermit.ts";
import { loginWithoutTls } from "./loginWithoutTls.ts";
import { lookupBeforePermit } from "./lookupBeforePermit.ts";
import { macroError } from "./macroError.ts";
import { mailboxLimitTooSmall } from "./mailboxLimitTooSmall.ts";
import { mailboxSettingIgnored } from "./mailboxSettingIgnored.ts";
import { mailFromOutsideRefused } from "./mailFromOutsideRefused.ts";
import { malformedLine } from "./malformedLine.ts";
import { malformedService } from "./malformedService.ts";
import { neverLookedUp } from "./neverLookedUp.ts";
import { neverReached } from "./neverReached.ts";
import { noCompatibilityLevel } from "./noCompatibilityLevel.ts";
import { networksStyle } from "./networksStyle.ts";
import { noPasswordForRelayHost } from "./noPasswordForRelayHost.ts";
import { numberPermits } from "./numberPermits.ts";
import { openRelay } from "./openRelay.ts";
import { optionSyntax } from "./optionSyntax.ts";
import { otherTableType } from "./otherTableType.ts";
import { outdatedDefault } from "./outdatedDefault.ts";
import { outdatedRestriction } from "./outdatedRestriction.ts";
import { parameterNotInRelease } from "./parameterNotInRelease.ts";
import { permitAfterRelayCheck } from "./permitAfterRelayCheck.ts";
import { permitForbidden } from "./permitForbidden.ts";
import { pipeliningCheckTooEarly } from "./pipeliningCheckTooEarly.ts";
import { plainPasswordsRefused } from "./plainPasswordsRefused.ts";
import { policyBeforeRelayCheck } from "./policyBeforeRelayCheck.ts";
import { policyServiceSyntax } from "./policyServiceSyntax.ts";
import { postscreenOption } from "./postscreenOption.ts";
import { probeBeforeRelayCheck } from "./probeBeforeRelayCheck.ts";
import type { Rule, RulePage } from "./rule.ts";
import { quotedValue } from "./quotedValue.ts";
import { relativeTable } from "./relativeTable.ts";
import { repeatedRestriction } from "./repeatedRestriction.ts";
import { shadowedNetwork } from "./shadowedNetwork.ts";
import { shadowedRule } from "./shadowedRule.ts";
import { smtpsWithoutWrapperMode } from "./smtpsWithoutWrapperMode.ts";
import { statusMismatch } from "./statusMismatch.ts";
import { strayOption } from "./strayOption.ts";
import { strictClientName } from "./strictClientName.ts";
import { submissionWrapperMode } from "./submissionWrapperMode.ts";
import { swallowedEntry } from "./swallowedEntry.ts";
import { tableInAccessMap } from "./tableInAccessMap.ts";
import { tlsWithoutCertificate } from "./tlsWithoutCertificate.ts";
import { unanchoredPattern } from "./unanchoredPattern.ts";
import { undefinedClass } from "./undefinedClass.ts";
import { undefinedName } from "./undefinedName.ts";
import { undefinedTransport } from "./undefinedTransport.ts";
import { unknownHeaderAction } from "./unknownHeaderAction.ts";
import { unknownParameter } from "./unknownParameter.ts";
import { unknownProgram } from "./unknownProgram.ts";
import { unreadableFile } from "./unreadableFile.ts";
import { unusableClient } from "./unusableClient.ts";
import { unusableTable } from "./unusableTable.ts";
import { unusedClass } from "./unusedClass.ts";
import { unusedParameter } from "./unusedParameter.ts";
import { unusedSuppression } from "./unusedSuppression.ts";
import { verifyWithoutAuthorities } from "./verifyWithoutAuthorities.ts";
import { wideNetwork } from "./wideNetwork.ts";
import { wideRelayPermit } from "./wideRelayPermit.ts";
import { wouldNotStart } from "./wouldNotStart.ts";
import { xclientFromStrangers } from "./xclientFromStrangers.ts";
import { wrapperModeOnPort25 } from "./wrapperModeOnPort25.ts";
import { wrapperModeWithoutTls } from "./wrapperModeWithoutTls.ts";
import { wrongArgument } from "./wrongArgument.ts";

/** All rules that look at a project. */
export const RULES: readonly Rule[] = [
  openRelay,
  undefinedClass,
  classNotDefined,
  unusedClass,
  neverReached,
  commentInValue,
  malformedLine,
  byteOrderMark,
  carriageReturn,
  macroError,
  unreadableFile,
  badTlsPolicy,
  badValue,
  quotedValue,
  unknownParameter,
  unusedParameter,
  duplicateParameter,
  deprecatedParameter,
  parameterNotInRelease,
  outdatedDefault,
  undefinedName,
  undefinedTransport,
  unknownHeaderAction,
  indentedParameter,
  wouldNotStart,
  xclientFromStrangers,
  wrapperModeOnPort25,
  wrapperModeWithoutTls,
  smtpsWithoutWrapperMode,
  mailboxLimitTooSmall,
  clientLoginWithoutPasswords,
  noPasswordForRelayHost,
  plainPasswordsRefused,
  mailboxSettingIgnored,
  submissionWrapperMode,
  tlsWithoutCertificate,
  verifyWithoutAuthorities,
  filterLoop,
  loginWithoutPermit,
  daneWithoutDnssec,
  optionSyntax,
  malformedService,
  duplicateService,
  postscreenOption,
  unknownProgram,
  chrootedService,
  badNetwork,
  repeatedRestriction,
  shadowedNetwork,
  badDomain,
  domainInTwoLists,
  wideNetwork,
  networksStyle,
  wideRelayPermit,
  forgeableSender,
  heloNotRequired,
  loginDisabled,
  noCompatibilityLevel,
  bareNewline,
  emptyRelayList,
  bareTableInDataList,
  wrongArgument,
  outdatedRestriction,
  classShadowed,
  classCycle,
  dnsList,
  loginWithoutTls,
  lookupBeforePermit,
  attributeNotKnown,
  policyServiceSyntax,
  policyBeforeRelayCheck,
  probeBeforeRelayCheck,
  loginCheckAfterPermit,
  loginCheckWithoutMaps,
  loginMapsNotAsked,
  pipeliningCheckTooEarly,
  strayOption,
  strictClientName,
  mailFromOutsideRefused,
  permitAfterRelayCheck,
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
  caseFlag,
  emptyResult,
  unusableTable,
  relativeTable,
  indexSuffix,
  unusableClient,
  otherTableType,
];

/** All kinds of findings: those of the rules, and those about the comments that silence them. */
export const RULE_PAGES: readonly RulePage[] = [...RULES, unusedSuppression];
