import { resolve } from "../resolve.ts";
import { refuse, refuseRetry, warn } from "../refuse.ts";
import type { Run } from "../run.ts";
import { missing, permit, type Check, type Finding } from "./finding.ts";

/** Whether the recipient is one that this server takes mail for. See smtpd_check.c, permit_auth_destination(). */
function authorized(run: Run, recipient: string): Finding {
  const { failed, routed, addressClass } = resolve(run, recipient, "recipient");
  if (failed) {
    const because = { kind: "lookup failed", what: recipient, because: "the address could not be resolved" } as const;
    return { status: refuseRetry(run, recipient), because };
  }
  const untrusted = routed && !run.settings.allowUntrustedRouting;
  const because = { kind: "destination", recipient, addressClass, routed: untrusted } as const;
  return { status: !untrusted && addressClass !== "default" ? "OK" : "DUNNO", because };
}

/** permit_auth_destination */
export const permitAuthDestination: Check = (run, call) => {
  if (run.recipient === undefined) return missing("recipient");
  const finding = authorized(run, run.recipient);
  if (finding.status !== "OK") return finding;
  return permit(run, call, { name: run.recipient, kind: "Recipient address" }, finding.because);
};

/** reject_unauth_destination and defer_unauth_destination. See smtpd_check.c, reject_unauth_destination(). */
export const refuseUnauthDestination: Check = (run, call) => {
  if (run.recipient === undefined) return missing("recipient");
  const finding = authorized(run, run.recipient);
  if (finding.status === "OK") return { ...finding, status: "DUNNO" };
  if (finding.status === "REJECT") return finding;
  const later = call.name === "defer_unauth_destination";
  const status = refuse(run, {
    errorClass: "policy",
    code: run.settings.codes.relay - (later ? 100 : 0),
    dsn: later ? "4.7.1" : "5.7.1",
    text: `<${run.recipient}>: Relay access denied`,
  });
  return { ...finding, status };
};

/** check_relay_domains, which Postfix 3.9 removed: the client's own domain counts too. */
export const checkRelayDomains: Check = (run, call) => {
  if (run.recipient === undefined) return missing("recipient");
  const subject = { name: run.recipient, kind: "Recipient address" } as const;
  const client = run.settings.matchRelayDomains(run.client.name, run.ask.domain);
  if (client.error) {
    // The list is made without MATCH_FLAG_RETURN: smtpd dies. See match_list.c, match_list_match().
    warn(run, `fatal: relay_domains: ${client.error.because}`);
    run.hangUp = true;
    return {
      status: "DUNNO",
      because: { kind: "lookup failed", what: "relay_domains", because: client.error.because },
    };
  }
  if (client.match) return permit(run, call, subject, { kind: "fact", text: "the client's name is in relay_domains" });
  const finding = authorized(run, run.recipient);
  if (finding.status === "OK") return permit(run, call, subject, finding.because);
  if (finding.status === "REJECT") return finding;
  const text = `<${run.recipient}>: Recipient address rejected: Relay access denied`;
  const status = refuse(run, { errorClass: "policy", code: run.settings.codes.relay, dsn: "5.7.1", text });
  return { ...finding, status };
};
