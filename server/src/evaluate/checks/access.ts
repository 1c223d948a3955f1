import type { Table } from "../../config/table.ts";
import { carryOut } from "../action.ts";
import { addressKeys, domainKeys, mailAddressKeys, type LookupKey } from "../address/keys.ts";
import type { ListContext } from "../list.ts";
import { openMap } from "../openMaps.ts";
import { bufferOf, writeKey } from "../overRead.ts";
import { resolve } from "../resolve.ts";
import { refuseBroken, refuseRetry, warn } from "../refuse.ts";
import type { Run, Subject } from "../run.ts";
import type { TriedKey } from "../trace.ts";
import { badTable, missing, type Call, type Check, type Finding } from "./finding.ts";

/** What Postfix answers in place of a table that does not work. See smtpd_check.c, check_access(). */
const UNAVAILABLE = "451 4.3.5 Server configuration error";

/** check_client_access: the verified name and its parents, then the address and its networks. */
export const checkClientAccess: Check = (run, call) =>
  withTable(run, call, (table) => {
    const { name, address, text } = run.client;
    return nameAndAddress(run, table, { name, address }, inContext(call, { name: text, kind: "Client host" }));
  });

/** check_reverse_client_hostname_access: the same with the unverified name; OK is forbidden. */
export const checkReverseClientAccess: Check = (run, call) =>
  withTable(run, call, (table) => {
    const { reverseName: name, address } = run.client;
    const context = inContext(call, { name, kind: "Unverified Client host" });
    return forbidPermit(run, call, nameAndAddress(run, table, { name, address }, context), name);
  });

/** check_helo_access: the name and its parents. */
export const checkHeloAccess: Check = (run, call) =>
  withTable(run, call, (table) => {
    if (run.helo === undefined) return missing("HELO name");
    const context = inContext(call, { name: run.helo, kind: "Helo command" });
    return lookUp(run, table, { keys: domainKeys(run.helo, run.settings.subdomains), datum: run.helo }, context);
  });

/** check_sender_access: the resolved address; the null sender under its own key. */
export const checkSenderAccess: Check = (run, call) =>
  withTable(run, call, (table) => {
    if (run.sender === undefined) return missing("sender");
    const context = inContext(call, { name: run.sender, kind: "Sender address" });
    if (run.sender !== "") return mailAddress(run, table, run.sender, context);
    const key = run.settings.nullSenderKey;
    return lookUp(run, table, { keys: [{ key, partial: false }], datum: key }, context);
  });

/** check_recipient_access: the resolved address. */
export const checkRecipientAccess: Check = (run, call) =>
  withTable(run, call, (table) => {
    if (run.recipient === undefined) return missing("recipient");
    return mailAddress(run, table, run.recipient, inContext(call, { name: run.recipient, kind: "Recipient address" }));
  });

/** check_etrn_access: the domain and its parents. */
export const checkEtrnAccess: Check = (run, call) =>
  withTable(run, call, (table) => {
    if (run.etrn === undefined) return missing("ETRN domain");
    const context = inContext(call, { name: run.etrn, kind: "Etrn command" });
    return lookUp(run, table, { keys: domainKeys(run.etrn, run.settings.subdomains), datum: run.etrn }, context);
  });

/** check_sasl_access: the login name as a whole. */
export const checkSaslAccess: Check = (run, call) =>
  withTable(run, call, (table) => {
    if (!run.settings.saslEnabled) {
      warn(run, `restriction \`${call.name}' ignored: no SASL support`);
      return { status: "DUNNO", because: { kind: "login", login: undefined, enabled: false } };
    }
    if (!run.login) return missing("login name");
    const context = inContext(call, { name: run.login, kind: "SASL login name" });
    return lookUp(run, table, { keys: [{ key: run.login, partial: false }], datum: run.login }, context);
  });

/** Opens the table that a check names; without a colon the server is misconfigured. */
export function withTable(run: Run, call: Call, check: (table: Table) => Finding): Finding {
  const reference = call.argument?.text;
  if (!reference?.includes(":")) return badTable(run, call);
  const table = openMap(run.configuration, reference);
  return table ? check(table) : { status: "DUNNO", because: { kind: "no entry", table: reference, keys: 0 } };
}

/** The context for what a table's right-hand side calls: it names the table's subject. */
export function inContext(call: ListContext, subject: Subject): ListContext {
  return { subject, bareTable: call.bareTable };
}

/** Names first, then addresses: a parent domain wins over a more specific address. See check_namadr_access(). */
function nameAndAddress(
  run: Run,
  table: Table,
  { name, address }: { readonly name: string; readonly address: string },
  context: ListContext,
): Finding {
  const byName = lookUp(run, table, { keys: domainKeys(name, run.settings.subdomains), datum: name }, context);
  if (byName.because.kind !== "no entry") return byName;
  return joinTried(byName, lookUp(run, table, { keys: addressKeys(address), datum: address }, context));
}

/** Looks a mail address up as it resolves. See smtpd_check.c, check_mail_access(). */
function mailAddress(run: Run, table: Table, address: string, context: ListContext): Finding {
  const isRecipient = context.subject.kind === "Recipient address";
  const resolved = resolve(run, address, isRecipient ? "recipient" : "sender");
  if (resolved.failed) {
    const because = { kind: "lookup failed", what: address, because: "the address could not be resolved" } as const;
    return { status: refuseRetry(run, address), because };
  }
  const { recipient, routed } = resolved;
  if (!recipient.includes("@")) {
    warn(run, `check_mail_access: no @domain in address: ${recipient}`);
    return missing("domain");
  }
  const { delimiter, subdomains: domains } = run.settings;
  const keys = mailAddressKeys(recipient, { delimiter, domains });
  const finding = lookUp(run, table, { keys, datum: recipient }, context);
  if (finding.status !== "OK" || !routed || !isRecipient || run.settings.allowUntrustedRouting) return finding;
  return { ...finding, status: "DUNNO", because: { kind: "suspicious route", recipient } };
}

/** Asks a table for one key after the other and carries out what it finds. */
export function lookUp(
  run: Run,
  table: Table,
  { keys, datum }: { readonly keys: readonly LookupKey[]; readonly datum: string },
  context: ListContext,
): Finding {
  const tried: TriedKey[] = [];
  const buffer = bufferOf(table);
  for (const { key, partial } of keys) {
    if (key === "" || (partial && table.matchesPatterns)) continue;
    writeKey(run, buffer, key);
    const result = table.lookup(key, run.ask.action);
    if (result.kind === "not found") {
      tried.push({ key, result: "not found" });
      continue;
    }
    if (result.kind === "found" && result.value !== "") {
      tried.push({ key, result: "found" });
      const source = { table: table.reference, key: datum, buffer, at: result.at };
      const action = carryOut(run, result.value, source, context);
      return withEntry(action, { table: table.reference, key, value: result.value }, { tried, entry: result.at });
    }
    tried.push({ key, result: "error" });
    const because = result.kind === "error" ? result.because : "the entry is empty";
    warn(run, `${table.reference} lookup error for "${key}"`);
    const { status } = carryOut(run, UNAVAILABLE, { table: table.reference, key: datum }, context);
    return { status, because: { kind: "table unavailable", table: table.reference, because }, tried };
  }
  return { status: "DUNNO", because: { kind: "no entry", table: table.reference, keys: tried.length }, tried };
}

/** Shows the entry as the reason, and what its right-hand side did below it. */
function withEntry(
  action: Finding,
  { table, key, value }: { readonly table: string; readonly key: string; readonly value: string },
  place: Pick<Finding, "tried" | "entry">,
): Finding {
  const { status, outcome, children, because } = action;
  const reason = because.kind === "misused action" ? because : ({ kind: "entry", table, key, value } as const);
  return { status, because: reason, outcome, tried: place.tried, entry: place.entry, children: children ?? [] };
}

function joinTried(first: Finding, second: Finding): Finding {
  const tried = [...(first.tried ?? []), ...(second.tried ?? [])];
  const { because } = second;
  return { ...second, tried, because: because.kind === "no entry" ? { ...because, keys: tried.length } : because };
}

/**
 * A table about a name that the client can choose may not say OK. See smtpd_check.c, forbid_allowlist().
 */
export function forbidPermit(run: Run, call: Call, finding: Finding, target: string): Finding {
  if (finding.status !== "OK" || run.discard) return finding;
  warn(run, `restriction ${call.item.word.text} returns OK for ${target}`);
  warn(run, "this is not allowed for security reasons");
  warn(run, "use DUNNO instead of OK if you want to make an exception");
  const { tried, entry, children } = finding;
  const because = { kind: "permit forbidden", restriction: call.name, target } as const;
  return { status: refuseBroken(run), because, ...(tried && { tried }), entry, ...(children && { children }) };
}
