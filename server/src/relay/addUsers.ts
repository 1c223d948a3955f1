import { mayPermit, rightHandSide } from "../config/rightHandSide.ts";
import { NOT_FOUND } from "../config/table.ts";
import { resolveAddress } from "../evaluate/address/resolve.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { addressCandidate, recipientCounts } from "./candidates.ts";
import { addPatternTable } from "./patternCandidates.ts";
import { addCandidate } from "./pool.ts";
import type { Asked } from "./probe.ts";
import { doubt, type Making } from "./representatives.ts";
import { tableKeys } from "./tableKeys.ts";
import { hasMoreUsers, userAddresses, userTables, usersThat } from "./users.ts";
import { rulesOf } from "./words/patternRules.ts";

/** Adds users of this server, whose addresses anybody can give. */
export function addUsers(making: Making, attribute: "sender" | "recipient"): void {
  const { configuration, pool, run } = making;
  for (const user of userAddresses(configuration)) {
    addCandidate(pool, attribute, addressCandidate(run, user, attribute));
  }
  addUserPatterns(making, attribute);
}

function addUserPatterns(making: Making, attribute: "sender" | "recipient"): void {
  const { configuration } = making;
  for (const reference of userTables(configuration)) {
    for (const content of tableKeys(configuration, reference)) {
      if (content.kind === "patterns")
        addPatternTable(making, { attribute, of: "itself", reference, lists: true }, content);
    }
  }
}

/** Where relay_domains names domains of everybody, just those recipients there may be taken that a table lists. */
export function addListed(making: Making): void {
  const { configuration, pool, run, question } = making;
  if (question.recipient !== "foreign") return;
  const settings = settingsOf(configuration).resolveSettings(() => NOT_FOUND);
  const counts = recipientCounts(configuration, question);
  const isRelayed = (address: string): boolean =>
    resolveAddress("", address, settings).addressClass === "relay" && counts(address);
  if (!pool.values.recipient.some(({ seen }) => isRelayed(seen))) return;
  for (const user of usersThat(configuration, isRelayed)) {
    addCandidate(pool, "recipient", addressCandidate(run, user, "recipient"));
  }
  addUserPatterns(making, "recipient");
}

/** Where there are more users than are tried, what tells users apart may treat one of the others in another way. */
export function doubtOtherUsers(making: Making): void {
  const isSearched = userTables(making.configuration).every((reference) => !making.undecided.has(reference));
  const because = "there are more users than are tried";
  if (!isSearched) doubt(making, "", { because, permits: true });
  if (!hasMoreUsers(making.configuration)) return;
  const asked = [...making.pool.questions.values()].map((question) => question.asked);
  const telling: readonly RegExp[] = [
    ...(asked.some((one) => askedOf(one).endsWith("reject_unlisted_sender")) ? [TELLS_SENDERS] : []),
    ...(making.question.recipient === "own" ? [TELLS_RECIPIENTS] : []),
  ];
  for (const one of asked) {
    const name = askedOf(one);
    if (one.kind === "own" || !telling.some((pattern) => pattern.test(name))) continue;
    const reference = one.call.argument?.text ?? name;
    doubt(making, reference, { because, permits: permitsByPattern(making, reference) });
  }
}

/** What treats one user in another way than the next. */
const TELLS_SENDERS = /^check_sender_.*access$|_login_mismatch$/;
const TELLS_RECIPIENTS = /^check_recipient_.*access$/;

function askedOf(asked: Asked): string {
  return asked.kind === "own" ? asked.name : asked.call.name;
}

/** The keys of other tables that permit are tried themselves. */
function permitsByPattern({ configuration }: Making, reference: string): boolean {
  return tableKeys(configuration, reference).some(
    (content) =>
      content.kind === "patterns" &&
      rulesOf(content.text, content.type).rules.some(({ value }) => mayPermit(rightHandSide(value))),
  );
}
