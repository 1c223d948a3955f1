import { refuse } from "../refuse.ts";
import type { Run, Subject } from "../run.ts";
import { fact, permit, type Check, type Finding } from "./finding.ts";

/** The client as smtpd names it in replies. Who it is may be a question, so it is not asked before somebody wants to say it. */
export function clientSubject(run: Run): Subject {
  // An object with an accessor is slow to make, and only a question needs one.
  const isTold = run.message.client_name !== undefined || !run.settings.looksUpClientNames;
  if (isTold) return { name: run.client.text, kind: "Client host" };
  return {
    kind: "Client host",
    get name() {
      return run.client.text;
    },
  };
}

/** permit_mynetworks. See smtpd_check.c, permit_mynetworks(). */
export const permitMynetworks: Check = (run, call) => {
  const { textInLog: text } = run.client;
  const { match, pattern, error } = run.settings.matchMynetworks(run.client, run.ask.client);
  if (error) {
    const because = { kind: "lookup failed", what: "mynetworks", because: error.because } as const;
    return { status: error.retry ? "RETRY" : "BROKEN", because };
  }
  const because = { kind: "network", list: "mynetworks", client: text, pattern } as const;
  return match ? permit(run, call, clientSubject(run), because) : { status: "DUNNO", because };
};

export const permitInetInterfaces: Check = (run, call) => {
  if (!run.settings.isOwnAddress(run.client.address))
    return fact("DUNNO", `${run.client.address} is not an own address`);
  return permit(run, call, clientSubject(run), { kind: "fact", text: `${run.client.address} is an own address` });
};

/** permit_sasl_authenticated: says nothing at all when SASL is off. */
export const permitSaslAuthenticated: Check = (run, call) => {
  const { saslEnabled: enabled } = run.settings;
  const because = { kind: "login", login: run.login, enabled } as const;
  return enabled && run.login !== undefined
    ? permit(run, call, clientSubject(run), because)
    : { status: "DUNNO", because };
};

/** See smtpd_check.c, reject_unknown_client(). */
export const rejectUnknownClient: Check = (run) => {
  const { nameStatus, address, name } = run.client;
  if (nameStatus === "ok") return fact("DUNNO", `the name ${name} belongs to ${address}`);
  const code = nameStatus === "temporary" ? 450 : run.settings.codes.unknownClient;
  return unknownName(run, { code, dsn: "4.7.25", what: "hostname", why: WHY[nameStatus] });
};

/** See smtpd_check.c, reject_unknown_reverse_name(). */
export const rejectUnknownReverseName: Check = (run) => {
  const { reverseNameStatus, reverseName } = run.client;
  if (reverseNameStatus === "ok") return fact("DUNNO", `the address has the name ${reverseName}`);
  const code = reverseNameStatus === "none" ? run.settings.codes.unknownClient : 450;
  return unknownName(run, { code, dsn: "4.7.1", what: "reverse hostname", why: WHY[reverseNameStatus] });
};

const WHY = {
  none: "the address has no name in the DNS",
  forged: "the name of the address does not lead back to it",
  temporary: "the name of the address could not be looked up",
} as const;

function unknownName(
  run: Run,
  {
    code,
    dsn,
    what,
    why,
  }: { readonly code: number; readonly dsn: string; readonly what: string; readonly why: string },
): Finding {
  const text = `Client host rejected: cannot find your ${what}, [${run.client.address}]`;
  return fact(refuse(run, { errorClass: "policy", code, dsn, text }), why);
}
