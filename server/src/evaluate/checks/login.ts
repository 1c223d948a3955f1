import { restrictionList } from "../../config/restrictionList.ts";
import { foldUnicode } from "../../config/tables/caseFold.ts";
import { splitNames } from "../../syntax/words.ts";
import { recipientMapKeys } from "../address/keys.ts";
import { decider, evaluateList } from "../list.ts";
import { refuse, refuseBroken, refuseRetry, warn } from "../refuse.ts";
import { resolve } from "../resolve.ts";
import type { Run } from "../run.ts";
import { fact, missing, type Call, type Check, type Finding } from "./finding.ts";

/** reject_authenticated_sender_login_mismatch */
export const rejectAuthenticatedMismatch: Check = (run, call) =>
  withSender(run, call, (sender) => (run.login === undefined ? loggedOut() : notOwner(run, sender, "refuse")));

/** reject_unauthenticated_sender_login_mismatch */
export const rejectUnauthenticatedMismatch: Check = (run, call) =>
  withSender(run, call, (sender) => (run.login === undefined ? owned(run, sender) : loggedIn(run.login)));

/** reject_known_sender_login_mismatch: a sender that nobody owns is left alone. */
export const rejectKnownMismatch: Check = (run, call) =>
  withSender(run, call, (sender) =>
    run.login === undefined ? owned(run, sender) : notOwner(run, sender, "leave alone"),
  );

/** A class inside Postfix. See smtpd_check.c, smtpd_check_init(). */
const BOTH = restrictionList(
  "reject_sender_login_mismatch",
  ["reject_authenticated_sender_login_mismatch", "reject_unauthenticated_sender_login_mismatch"].map((text) => ({
    text,
    at: undefined,
    via: [],
  })),
  () => false,
);

/** reject_sender_login_mismatch */
export const rejectMismatch: Check = (run, { subject, bareTable }) => {
  const { status, steps } = evaluateList(run, BOTH, { subject, bareTable });
  return { status, because: decider(steps), children: steps };
};

function withSender(run: Run, call: Call, check: (sender: string) => Finding): Finding {
  if (run.settings.saslEnabled) return run.sender ? check(run.sender) : missing("sender");
  warn(run, `restriction \`${call.item.word.text}' ignored: no SASL support`);
  return { status: "DUNNO", because: { kind: "login", login: undefined, enabled: false } };
}

function loggedOut(): Finding {
  return { status: "DUNNO", because: { kind: "login", login: undefined, enabled: true } };
}

function loggedIn(login: string): Finding {
  return { status: "DUNNO", because: { kind: "login", login, enabled: true } };
}

/** The client is logged in. See smtpd_check.c, reject_auth_sender_login_mismatch(). */
function notOwner(run: Run, sender: string, nobodys: "refuse" | "leave alone"): Finding {
  const login = run.login ?? "";
  const owners = ownersOf(run, sender);
  if (typeof owners === "object") return owners;
  if (owners === undefined && nobodys === "leave alone") return fact("DUNNO", `${sender} belongs to nobody`);
  const names = splitNames(owners ?? "").map(({ text }) => text);
  if (names.some((name) => foldUnicode(name) === foldUnicode(login))) return fact("DUNNO", `${sender} is ${login}'s`);
  const text = `<${sender}>: Sender address rejected: not owned by user ${login}`;
  const status = refuse(run, { errorClass: "policy", code: 553, dsn: "5.7.1", text });
  return fact(status, `${sender} belongs to ${names.length > 0 ? names.join(", ") : "nobody"}, not to ${login}`);
}

/** The client is not logged in. See smtpd_check.c, reject_unauth_sender_login_mismatch(). */
function owned(run: Run, sender: string): Finding {
  const owners = ownersOf(run, sender);
  if (typeof owners === "object") return owners;
  if (owners === undefined) return fact("DUNNO", `${sender} belongs to nobody`);
  const text = `<${sender}>: Sender address rejected: not logged in`;
  const status = refuse(run, { errorClass: "policy", code: 553, dsn: "5.7.1", text });
  return fact(status, `${sender} belongs to ${owners}, and the client is not logged in`);
}

/**
 * What smtpd_sender_login_maps has for the sender as it resolves; a finding when that cannot be said.
 * See smtpd_check.c, check_mail_addr_find() and mail_addr_find.c, mail_addr_find().
 */
function ownersOf(run: Run, sender: string): string | undefined | Finding {
  const { recipient, failed } = resolve(run, sender, "sender");
  if (failed) return unknowable(run, sender, "the address could not be resolved");
  const { delimiter } = run.settings;
  const isLocal = (domain: string): boolean => run.settings.isLocalDomain(domain, run.ask.domain) === true;
  for (const { key, partial } of recipientMapKeys(recipient, { delimiter, isLocal })) {
    if (key === "") continue;
    for (const table of run.settings.maps("smtpd_sender_login_maps")) {
      if (partial && table.matchesPatterns) continue;
      const result = table.lookup(key, run.ask.action);
      if (result.kind === "error") return unknowable(run, sender, result.because);
      if (result.kind === "not found") continue;
      return result.value === "" ? emptyEntry(run, sender) : result.value;
    }
  }
  return undefined;
}

function unknowable(run: Run, sender: string, because: string): Finding {
  return { status: refuseRetry(run, sender), because: { kind: "lookup failed", what: sender, because } };
}

/** See maps.c, maps_find(): an empty result is an error of the configuration. */
function emptyEntry(run: Run, sender: string): Finding {
  return {
    status: refuseBroken(run),
    because: { kind: "lookup failed", what: sender, because: "the entry in smtpd_sender_login_maps is empty" },
  };
}
