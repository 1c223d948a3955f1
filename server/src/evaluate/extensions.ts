import { splitWords } from "../syntax/words.ts";
import type { Run } from "./run.ts";

/** What EHLO announces to a client, as far as it decides what happens; "error": the look-up that says so failed. */
export interface Extensions {
  readonly smtputf8: boolean;
  readonly requireTls: boolean;
  readonly dsn: boolean;
  readonly startTls: boolean;
  /** Whether AUTH is taken at all, and whether the client is told so. */
  readonly auth: boolean;
  readonly announcesAuth: boolean;
  /** A list of clients could not be read: EHLO ends the session. See smtpd.c, cant_announce_feature(). */
  readonly fails: boolean;
}

/** What is announced only to clients that are, or are not, in a list. */
const LISTS = [
  ["auth", "smtpd_sasl_exceptions_networks"],
  ["verp", "smtpd_authorized_verp_clients"],
  ["xclient", "smtpd_authorized_xclient_hosts"],
  ["xforward", "smtpd_authorized_xforward_hosts"],
] as const;

/** What is announced to the client of this session. See smtpd.c, ehlo_cmd(). */
export function extensionsFor(run: Run): Extensions {
  const { settings, client, ask } = run;
  const hidden = hiddenKeywords(run);
  // Behind a 5xx of a mail filter only ENHANCEDSTATUSCODES is announced.
  const isRefused = run.milter?.kind === "refuses" && run.milter.text.startsWith("5");
  const shows = (keyword: string): boolean => hidden !== "error" && !isRefused && !hidden.has(keyword);
  const asks = (keyword: string): boolean => shows(keyword) && (keyword !== "auth" || settings.saslEnabled);
  const failing = LISTS.find(
    ([keyword, name]) => asks(keyword) && settings.matchClients(name, client, ask.domain).error !== undefined,
  );
  const excepted = settings.matchClients("smtpd_sasl_exceptions_networks", client, ask.domain);
  return {
    smtputf8: settings.usesUtf8 && shows("smtputf8"),
    requireTls: settings.knowsRequireTls && shows("requiretls"),
    dsn: shows("dsn"),
    startTls: shows("starttls"),
    auth: shows("auth"),
    announcesAuth: shows("auth") && !excepted.match,
    fails: hidden === "error" || failing !== undefined,
  };
}

/** smtpd_discard_ehlo_keyword_address_maps, or else smtpd_discard_ehlo_keywords. See smtpd.c, smtpd_proto(). */
function hiddenKeywords({ settings, client, ask }: Run): ReadonlySet<string> | "error" {
  for (const table of settings.maps("smtpd_discard_ehlo_keyword_address_maps")) {
    const result = table.lookup(client.address, ask.action);
    if (result.kind === "error") return "error";
    if (result.kind === "found") return ehloKeywords(result.value);
  }
  return settings.hiddenKeywords;
}

/** The words of a list of extensions. See ehlo_mask.c, ehlo_mask(). */
export function ehloKeywords(value: string): ReadonlySet<string> {
  return new Set(splitWords(value).map(({ text }) => text.toLowerCase()));
}
