import { restriction, type RestrictionName } from "../postfix/restrictions.ts";

/** What a pattern table can be asked for. */
interface AskedValues {
  /** A pattern that matches all of it. */
  readonly shape: string;
  /** The same in words. */
  readonly what: string;
}

/** A host name, the word `unknown`, or an address: no `@`, `/`, `[` or blank. See valid_hostname.c; smtpd_peer.c. */
const HOST = "[A-Za-z0-9_.:%\\x80-\\xff-]+";

/** A resolved address always has a domain. See smtpd_check.c, check_mail_access(). */
const MAIL = "[^\\n]*@[^@\\n]+";

/** What pattern tables are asked for by these checks, with whole values only; undefined: it may be anything. */
export function askedValues(
  checks: ReadonlySet<RestrictionName | undefined>,
  nullSenderKeys: ReadonlySet<string>,
): AskedValues | undefined {
  const kinds = new Set([...checks].map(kindOf));
  const [check = "Postfix"] = [...checks].filter((one) => one !== undefined);
  if (kinds.size !== 1) return undefined;
  if (kinds.has("host")) return { shape: `^${HOST}$`, what: `${check} asks for names and addresses of hosts` };
  if (!kinds.has("mail")) return undefined;
  const nullSenders = checks.has("check_sender_access") ? [...nullSenderKeys].map(literally) : [];
  const shape = `^(?:${[MAIL, ...nullSenders].join("|")})$`;
  return { shape, what: `${check} asks for whole addresses, \`user@domain\`` };
}

/** What a client calls itself, a login and a fingerprint may look like anything. */
function kindOf(check: RestrictionName | undefined): "host" | "mail" | "anything" {
  const attribute = check && restriction(check).attribute;
  if (attribute === "client" || attribute === "reverse-client") return "host";
  if (attribute !== "sender" && attribute !== "recipient") return "anything";
  return check === "check_sender_access" || check === "check_recipient_access" ? "mail" : "host";
}

function literally(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, "\\$&");
}
