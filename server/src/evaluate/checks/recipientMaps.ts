import type { Table } from "../../config/table.ts";
import { recipientMapKeys } from "../address/keys.ts";
import type { Resolution } from "../address/resolve.ts";
import { leftBehind } from "../overRead.ts";
import { resolve } from "../resolve.ts";
import { fitEnhanced, splitEnhanced } from "../reply.ts";
import { refuse, refuseRetry } from "../refuse.ts";
import type { Run, Subject } from "../run.ts";
import { fact, missing, type Finding } from "./finding.ts";

/** reject_unlisted_recipient, which also stands unwritten at the end of the recipient list. */
export function rejectUnlistedRecipient(run: Run): Finding {
  if (!run.recipient) return missing("recipient");
  if (!run.settings.findsUnlisted) return NOT_LOOKED_FOR;
  if (run.recipientMapsChecked) return fact("DUNNO", "the recipient was looked up before");
  if (run.warnIfReject === 0) run.recipientMapsChecked = true;
  return unlisted(run, { name: run.recipient, kind: "Recipient address" });
}

/** reject_unlisted_sender. */
export function rejectUnlistedSender(run: Run): Finding {
  if (!run.sender) return missing("sender");
  if (!run.settings.findsUnlisted) return NOT_LOOKED_FOR;
  if (run.senderMapsChecked) return fact("DUNNO", "the sender was looked up before");
  if (run.warnIfReject === 0) run.senderMapsChecked = true;
  return unlisted(run, { name: run.sender, kind: "Sender address" });
}

/** See smtpd_check.c, check_recipient_rcpt_maps() and check_sender_rcpt_maps(). */
const NOT_LOOKED_FOR = fact("DUNNO", "receive_override_options has no_unknown_recipient_checks");

/** Refuses an address that the recipient maps of its class do not list. See smtpd_check.c, check_rcpt_maps(). */
function unlisted(run: Run, subject: Subject): Finding {
  const isSender = subject.kind === "Sender address";
  const resolved = resolve(run, subject.name, isSender ? "sender" : "recipient");
  if (resolved.failed) return failed(run, subject.name, "the address could not be resolved");
  const rewritten = isSender ? REWRITTEN_SENDER : REWRITTEN_RECIPIENT;
  for (const parameter of rewritten) {
    const match = listed(run, parameter, resolved.recipient);
    if (match === "error") return failed(run, subject.name, `${parameter} does not work`);
    if (match) return fact("DUNNO", `${resolved.recipient} is in ${parameter}`);
  }
  if (resolved.transport === "error" || resolved.transport === "retry") return undeliverable(run, subject, resolved);
  return byClass(run, subject, resolved);
}

const REWRITTEN_RECIPIENT = ["recipient_canonical_maps", "canonical_maps", "virtual_alias_maps"];
const REWRITTEN_SENDER = ["recipient_canonical_maps", "sender_canonical_maps", "canonical_maps", "virtual_alias_maps"];

function failed(run: Run, name: string, because: string): Finding {
  return { status: refuseRetry(run, name), because: { kind: "lookup failed", what: name, because } };
}

/** The error and retry transports carry their own text. */
function undeliverable(run: Run, subject: Subject, resolved: Resolution): Finding {
  const digit = resolved.transport === "error" ? "5" : "4";
  const isSender = subject.kind === "Sender address";
  const { nexthop } = resolved;
  // Each answer of trivial-rewrite has a buffer of its own. See resolve_clnt.c, resolve_clnt_init().
  const behind = (): string => leftBehind(run, [nexthop], 100);
  const { dsn, text } = splitEnhanced(nexthop, `${digit}.1.${isSender ? "0" : "1"}`, behind);
  const aliasCode = run.settings.codes.unlistedVirtualAlias;
  const code = digit === "4" ? 450 : resolved.addressClass === "virtual-alias" ? aliasCode : 550;
  const status = refuse(run, {
    errorClass: "bounce",
    code,
    dsn: fitEnhanced(dsn, subject.kind),
    text: `<${subject.name}>: ${subject.kind} rejected: ${text}`,
  });
  return fact(status, `${resolved.recipient} goes to the ${resolved.transport} transport`);
}

/** The map of each address class, the reply code and the name of the map in the reply. */
const CLASS_MAPS = {
  local: { parameter: "local_recipient_maps", code: "unlistedLocal", words: "local recipient table" },
  "virtual-mailbox": {
    parameter: "virtual_mailbox_maps",
    code: "unlistedVirtualMailbox",
    words: "virtual mailbox table",
  },
  relay: { parameter: "relay_recipient_maps", code: "unlistedRelay", words: "relay recipient table" },
} as const;

function byClass(run: Run, subject: Subject, { recipient, addressClass }: Resolution): Finding {
  if (addressClass === "default" || addressClass === "virtual-alias") {
    return fact("DUNNO", `${recipient} is not of a class that has a recipient map`);
  }
  const { parameter, code, words } = CLASS_MAPS[addressClass];
  if (run.configuration.parameters.value(parameter) === "") return fact("DUNNO", `${parameter} is empty`);
  if (addressClass === "local" && alwaysKnown(run, recipient)) return fact("DUNNO", `${recipient} always exists`);
  const match = listed(run, parameter, recipient);
  if (match === "error") return failed(run, subject.name, `${parameter} does not work`);
  if (match) return fact("DUNNO", `${recipient} is in ${parameter}`);
  const where = run.settings.showTableName ? ` in ${words}` : "";
  const status = refuse(run, {
    errorClass: "bounce",
    code: run.settings.codes[code],
    dsn: subject.kind === "Sender address" ? "5.1.0" : "5.1.1",
    text: `<${subject.name}>: ${subject.kind} rejected: User unknown${where}`,
  });
  return fact(status, `${recipient} is not in ${parameter}`);
}

/** What stands before the first `@` where the queue manager takes care of it by itself. See smtpd_check.c, MATCH_LEFT(). */
function alwaysKnown(run: Run, recipient: string): boolean {
  const start = recipient.slice(0, recipient.indexOf("@")).toLowerCase();
  return ["postmaster", "mailer-daemon", run.settings.doubleBounceSender.toLowerCase()].includes(start);
}

/** Whether one of the maps of a parameter lists an address. See mail_addr_find.c, mail_addr_find(). */
function listed(run: Run, parameter: string, address: string): boolean | "error" {
  const maps = run.settings.maps(parameter);
  if (maps.length === 0) return false;
  const { delimiter } = run.settings;
  const isLocal = (domain: string): boolean => run.settings.isLocalDomain(domain, run.ask.domain) === true;
  for (const { key, partial } of recipientMapKeys(address, { delimiter, isLocal })) {
    const result = findInMaps(run, maps, key, partial);
    if (result !== false) return result;
  }
  return false;
}

/** One key in several tables: the first one that knows it answers. See maps.c, maps_find(). */
function findInMaps(run: Run, maps: readonly Table[], key: string, partial: boolean): boolean | "error" {
  if (key === "") return false;
  for (const table of maps) {
    if (partial && table.matchesPatterns) continue;
    const result = table.lookup(key, run.ask.recipient);
    if (result.kind === "error" || (result.kind === "found" && result.value === "")) return "error";
    if (result.kind === "found") return true;
  }
  return false;
}
