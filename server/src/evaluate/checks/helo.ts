import { bareMailhostAddress, isValidHostAddress, isValidHostname, isValidUtf8Hostname } from "../address/hostname.ts";
import { lookUpAny } from "../dns.ts";
import { deferIfPermit, refuseSubject, warn } from "../refuse.ts";
import type { Run, Subject } from "../run.ts";
import { fact, missing, permit, type Call, type Check, type Finding } from "./finding.ts";

/** reject_invalid_helo_hostname. See smtpd_check.c, reject_invalid_hostname(). */
export const rejectInvalidHelo: Check = (run) =>
  withHelo(run, (name, subject) => {
    const bare = withoutFinalDot(name);
    if (isValidHostname(bare) || isValidHostAddress(bare)) return fact("DUNNO", `${name} is a valid host name`);
    const { invalidHostname: code } = run.settings.codes;
    const status = refuseSubject(run, subject, { code, dsn: "5.5.2", text: "Invalid name" });
    return fact(status, `${name} is no valid host name`);
  });

/** reject_non_fqdn_helo_hostname. See smtpd_check.c, reject_non_fqdn_hostname(). */
export const rejectNonFqdnHelo: Check = (run) =>
  withHelo(run, (name, subject) => {
    const bare = withoutFinalDot(name);
    const valid = run.smtputf8 ? isValidUtf8Hostname(bare) : isValidHostname(bare);
    if (valid && bare.includes(".")) return fact("DUNNO", `${name} is fully qualified`);
    const { nonFqdn: code } = run.settings.codes;
    const status = refuseSubject(run, subject, { code, dsn: "5.5.2", text: "need fully-qualified hostname" });
    return fact(status, `${name} is not fully qualified`);
  });

/** reject_unknown_helo_hostname. See smtpd_check.c, reject_unknown_hostname(). */
export const rejectUnknownHelo: Check = (run) =>
  withHelo(run, (name, subject) => {
    const found = lookUpAny(run, name, ["A", "AAAA", "MX"]);
    if (found === "found" || found === "null MX") return fact("DUNNO", `${name} has an address or MX record`);
    if (found === "filtered") {
      warn(run, `${name}: address or MX lookup error: DNS reply filter drops all results`);
      return fact("DUNNO", `smtpd_dns_reply_filter leaves nothing of the records of ${name}`);
    }
    const { code, dsn, text } = { code: run.settings.codes.unknownHostname, dsn: "4.7.1", text: "Host not found" };
    if (found === "none" || found === "malformed") {
      const reply = found === "none" ? text : "Malformed DNS server reply";
      const why = found === "none" ? "has no address or MX record" : "has records that name no host";
      return fact(refuseSubject(run, subject, { code, dsn, text: reply }), `${name} ${why}`);
    }
    const reply = `<${subject.name}>: ${subject.kind} rejected: ${text}`;
    const deferral = { errorClass: "policy", code: 450, dsn, text: reply } as const;
    const status = deferIfPermit(run, deferral, run.settings.tempfail.unknownHelo);
    return fact(status, `${name} could not be looked up`);
  });

/** permit_naked_ip_address, which Postfix 3.9 removed. */
export const permitNakedAddress: Check = (run, call) => {
  warn(
    run,
    "restriction permit_naked_ip_address is deprecated. Use permit_mynetworks or permit_sasl_authenticated instead",
  );
  if (run.helo === undefined) return missing("HELO name");
  const subject: Subject = { name: run.helo, kind: "Helo command" };
  if (!/^[0-9.:]*$/.test(run.helo)) return fact("DUNNO", `${run.helo} is no bare address`);
  const finding = rejectInvalidAddress(run, run.helo, subject);
  if (finding.status === "REJECT") return finding;
  return permit(run, call, subject, { kind: "fact", text: `${run.helo} is a bare address` });
};

/** Names go to `check`; what begins with `[` has to be an address. */
function withHelo(run: Run, check: (name: string, subject: Subject) => Finding): Finding {
  if (run.helo === undefined) return missing("HELO name");
  const subject: Subject = { name: run.helo, kind: "Helo command" };
  return run.helo.startsWith("[") ? rejectInvalidAddress(run, run.helo, subject) : check(run.helo, subject);
}

/** See smtpd_check.c, reject_invalid_hostaddr(). */
function rejectInvalidAddress(run: Run, text: string, subject: Subject): Finding {
  const bracketed = text.length > 2 && text.startsWith("[") && text.endsWith("]");
  const bare = bracketed ? text.slice(1, -1) : text;
  if (bareMailhostAddress(bare) !== undefined) return fact("DUNNO", `${text} is an address`);
  const { invalidHostname: code } = run.settings.codes;
  const status = refuseSubject(run, subject, { code, dsn: "5.5.2", text: "invalid ip address" });
  return fact(status, `${text} is no valid address`);
}

/** A final dot is not part of the name, but two are left alone. See smtpd_check.c, dup_if_truncate(). */
export function withoutFinalDot(name: string): string {
  return name.length > 1 && name.endsWith(".") && !name.endsWith("..") ? name.slice(0, -1) : name;
}

/** The domain of a check whose argument is missing: Postfix warns and goes on. */
export function withDomain(run: Run, call: Call, check: (domain: string) => Finding): Finding {
  if (call.argument) return check(call.argument.text);
  warn(run, `restriction ${call.item.word.text} requires domain name argument`);
  return { status: "DUNNO", because: { kind: "bad argument", restriction: call.name, argument: undefined } };
}
