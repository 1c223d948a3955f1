import { isValidHostname, isValidUtf8Hostname } from "../address/hostname.ts";
import { asciiDomain, lookUpAny } from "../dns.ts";
import { deferIfPermit, refuseRetry, refuseSubject, warn } from "../refuse.ts";
import { resolve } from "../resolve.ts";
import type { Run, Subject } from "../run.ts";
import { fact, missing, type Check, type Finding } from "./finding.ts";
import { withoutFinalDot } from "./helo.ts";

/** reject_unknown_sender_domain, reject_unknown_address */
export const rejectUnknownSenderDomain: Check = (run) =>
  run.sender ? unknownDomain(run, { name: run.sender, kind: "Sender address" }) : missing("sender domain");

/** reject_unknown_recipient_domain */
export const rejectUnknownRecipientDomain: Check = (run) =>
  run.recipient === undefined
    ? missing("recipient")
    : unknownDomain(run, { name: run.recipient, kind: "Recipient address" });

/** reject_non_fqdn_sender */
export const rejectNonFqdnSender: Check = (run) =>
  run.sender ? notQualified(run, { name: run.sender, kind: "Sender address" }) : missing("sender address");

/** reject_non_fqdn_recipient */
export const rejectNonFqdnRecipient: Check = (run) =>
  run.recipient === undefined
    ? missing("recipient")
    : notQualified(run, { name: run.recipient, kind: "Recipient address" });

/** See smtpd_check.c, reject_unknown_address(). */
function unknownDomain(run: Run, subject: Subject): Finding {
  const isSender = subject.kind === "Sender address";
  const { failed, recipient, addressClass } = resolve(run, subject.name, isSender ? "sender" : "recipient");
  if (failed) return fact(refuseRetry(run, subject.name), `${subject.name} could not be resolved`);
  const at = recipient.lastIndexOf("@");
  const domain = recipient.slice(at + 1);
  if (at < 0 || (domain.startsWith("[") && domain.endsWith("]"))) {
    return fact("DUNNO", `${recipient} has no domain to look up`);
  }
  if (addressClass !== "default" && addressClass !== "relay") {
    return fact("DUNNO", `${domain} is a domain of this server, so it is not looked up`);
  }
  return unknownMailHost(run, subject, asciiDomain(domain));
}

/** See smtpd_check.c, reject_unknown_mailhost(). */
function unknownMailHost(run: Run, subject: Subject, domain: string): Finding {
  const isSender = subject.kind === "Sender address";
  const dsn = isSender ? "4.1.8" : "4.1.2";
  const code = run.settings.codes.unknownAddress;
  switch (lookUpAny(run, domain, ["MX", "A", "AAAA"])) {
    case "found":
      return fact("DUNNO", `${domain} has an MX or address record`);
    case "filtered":
      warn(run, `${domain}: MX or address lookup error: DNS reply filter drops all results`);
      return fact("DUNNO", `smtpd_dns_reply_filter leaves nothing of the records of ${domain}`);
    case "null MX": {
      const text = `Domain ${domain} does not accept mail (nullMX)`;
      const refusal = isSender ? { code: 550, dsn: "4.7.27", text } : { code: 556, dsn: "4.1.10", text };
      return fact(refuseSubject(run, subject, refusal), `${domain} says in the DNS that it takes no mail`);
    }
    case "malformed": {
      const text = "Malformed DNS server reply";
      return fact(refuseSubject(run, subject, { code, dsn, text }), `the MX record of ${domain} names no host`);
    }
    case "none": {
      const text = "Domain not found";
      return fact(refuseSubject(run, subject, { code, dsn, text }), `${domain} has neither MX nor address record`);
    }
    case "failed": {
      const text = `<${subject.name}>: ${subject.kind} rejected: Domain not found`;
      const deferral = { errorClass: "policy", code: 450, dsn, text } as const;
      const status = deferIfPermit(run, deferral, run.settings.tempfail.unknownAddress);
      const finding = fact(status, `${domain} could not be looked up`);
      return run.deferIfPermit === deferral ? { ...finding, outcome: "DEFER_IF_PERMIT" } : finding;
    }
  }
}

/** See smtpd_check.c, reject_non_fqdn_address(). */
function notQualified(run: Run, subject: Subject): Finding {
  const at = subject.name.lastIndexOf("@");
  const domain = at < 0 ? "" : subject.name.slice(at + 1);
  if (domain.startsWith("[") && domain.endsWith("]")) return fact("DUNNO", `${domain} is an address literal`);
  const bare = withoutFinalDot(domain);
  const valid = run.smtputf8 ? isValidUtf8Hostname(bare) : isValidHostname(bare);
  if (valid && bare.includes(".")) return fact("DUNNO", `${domain} is fully qualified`);
  const { nonFqdn: code } = run.settings.codes;
  const status = refuseSubject(run, subject, { code, dsn: "4.5.2", text: "need fully-qualified address" });
  return fact(status, `${subject.name} is not fully qualified`);
}
