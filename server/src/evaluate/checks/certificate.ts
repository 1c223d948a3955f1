import { accessMapIn } from "../../config/accessMaps.ts";
import type { ClientCertificate } from "../message.ts";
import { warn } from "../refuse.ts";
import type { Run } from "../run.ts";
import { inContext, lookUp } from "./access.ts";
import { clientSubject } from "./client.ts";
import { badTable, fact, permit, type Check, type Finding } from "./finding.ts";

/** permit_tls_clientcerts and permit_tls_all_clientcerts. See smtpd_check.c, permit_tls_clientcerts(). */
export const permitTlsClientcerts: Check = (run, call) => {
  if (run.encrypted && !run.settings.asksClientCertificate) {
    warn(run, `${call.name} is requested, but "smtpd_tls_ask_ccert = no"`);
  }
  const shown = certificateOf(run);
  if (typeof shown === "string") return fact("DUNNO", shown);
  if (call.name === "permit_tls_all_clientcerts" && shown.trusted === true) {
    const text = "a trusted authority has signed the certificate of the client";
    return permit(run, call, clientSubject(run), { kind: "fact", text });
  }
  return listed(run, shown) ?? fact("DUNNO", "relay_clientcerts does not have the certificate of the client");

  function listed({ settings, ask }: Run, certificate: ClientCertificate): Finding | undefined {
    for (const print of printsOf(certificate, USUAL)) {
      for (const table of settings.maps("relay_clientcerts")) {
        const result = table.lookup(print, ask.client);
        if (result.kind === "error") {
          return {
            status: "RETRY",
            because: { kind: "lookup failed", what: "relay_clientcerts", because: result.because },
          };
        }
        if (result.kind === "not found") continue;
        const text = `${table.reference} has the fingerprint ${print}`;
        return { ...permit(run, call, clientSubject(run), { kind: "fact", text }), entry: result.at };
      }
    }
    return undefined;
  }
};

/** See smtpd_check.c, check_ccert_access(). */
export const checkCcertAccess: Check = (run, call) => {
  const reference = accessMapIn(call.item)?.reference;
  if (reference === undefined) return badTable(run, call);
  const shown = certificateOf(run);
  if (typeof shown === "string") {
    if (!run.settings.asksClientCertificate) {
      warn(run, `check_ccert_access is requested, but "smtpd_tls_ask_ccert = no"`);
    }
    return fact("DUNNO", shown);
  }
  const context = inContext(call, { name: shown.common_name ?? "", kind: "Client certificate" });
  let finding = fact("DUNNO", "the certificate has no fingerprint to look up");
  for (const print of printsOf(shown, searchOrder(call.argument?.text ?? ""))) {
    const keys = [{ key: print, partial: false }];
    finding = lookUp(run, run.configuration.table(reference), { keys, datum: print }, context);
    if (finding.status !== "DUNNO") break;
  }
  return finding;
};

/** The certificate of the client, or why there is none. */
function certificateOf({ encrypted, settings, message }: Run): ClientCertificate | string {
  if (!encrypted) return "the session is not encrypted, so there is no client certificate";
  if (!settings.asksClientCertificate) return "smtpd_tls_ask_ccert = no, so the client is not asked for a certificate";
  return message.client_certificate ?? "the client shows no certificate";
}

/** What a client is told behind STARTTLS that shows no trusted certificate where one is required. See smtpd.c, smtpd_start_tls(). */
export function certificateRefusal({ encrypted, settings, message }: Run): string | undefined {
  const shown = message.client_certificate;
  if (!encrypted || !settings.requiresCertificate || shown?.trusted === true) return undefined;
  const what = shown ? "Client certificate not trusted" : "No client certificate presented";
  return `421 4.7.1 ${settings.myhostname} Error: ${what}`;
}

type Print = "cert_fingerprint" | "pubkey_fingerprint";

const USUAL: readonly Print[] = ["cert_fingerprint", "pubkey_fingerprint"];

/** `{ type:name, { search_order = pubkey_fingerprint } }`. See map_search.c. */
function searchOrder(argument: string): readonly Print[] {
  const names = /search_order\s*=([^}]*)/.exec(argument)?.[1]?.split(/[\s,]+/);
  return names?.flatMap((name) => USUAL.filter((print) => print === name.toLowerCase())) ?? USUAL;
}

function printsOf({ fingerprint, pubkey_fingerprint }: ClientCertificate, order: readonly Print[]): readonly string[] {
  return order.flatMap((print) => (print === "cert_fingerprint" ? fingerprint : (pubkey_fingerprint ?? [])));
}
