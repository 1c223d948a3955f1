import { expand } from "../../config/expand.ts";
import { defaultText } from "../../config/sourceText.ts";
import { compareReleases } from "../../postfix/release.ts";
import { derived } from "../../text/derived.ts";
import type { Configuration } from "../../config/configuration.ts";
import { fitEnhanced, splitEnhanced } from "../reply.ts";
import { refuse, refuseBroken, warn, type Status } from "../refuse.ts";
import type { Run, Subject } from "../run.ts";

/** What a DNS list lists. */
export interface Listed {
  /** The argument of the restriction, filter included. */
  readonly argument: string;
  /** The address or name that is listed, and what it is. */
  readonly subject: Subject;
  /** The text of the list. */
  readonly reason: string;
}

/**
 * Refuses what a DNS list lists, in the words of rbl_reply_maps or default_rbl_reply; "fatal": the default template is
 * broken and smtpd dies of it. See smtpd_check.c, rbl_reject_reply().
 */
export function refuseListed(run: Run, listed: Listed): Status | "fatal" {
  const special = templateFor(run, listed.argument);
  if (special === null) return refuseBroken(run);
  const { template, filter } = replySettings(run.configuration);
  const values = (name: string): string | undefined => rblAttribute(run, listed, name);
  let reply = special === undefined ? undefined : fillIn(special, values, filter);
  if (special !== undefined && reply === undefined) {
    warn(run, `rbl_reject_reply: bad rbl reply template for domain ${listed.argument}: ${special}`);
  }
  reply ??= fillIn(template, values, filter);
  if (reply === undefined) {
    warn(run, `fatal: rbl_reject_reply: bad default rbl reply template: ${template}`);
    return "fatal";
  }
  return refuseWith(run, listed.subject, reply);
}

/** The reply has to begin with a reply code; an enhanced code may follow. */
function refuseWith(run: Run, subject: Subject, reply: string): Status {
  if (!/^[45]\d\d /.test(reply)) {
    warn(run, `rbl response code configuration error: ${reply}`);
    return refuse(run, { errorClass: "policy", code: 450, dsn: "4.7.1", text: "Service unavailable" });
  }
  const { dsn, text } = splitEnhanced(reply.slice(4), "4.7.1");
  return refuse(run, {
    errorClass: "policy",
    code: Number(reply.slice(0, 3)),
    dsn: fitEnhanced(dsn, subject.kind),
    text: text === "" ? "Service unavailable" : text,
  });
}

/** What rbl_reply_maps has for a list: under its name with the filter, since 3.10 also without it; null: it does not work. */
function templateFor(run: Run, argument: string): string | undefined | null {
  const { bareNameToo } = replySettings(run.configuration);
  const bare = domainOf(argument);
  for (const key of bareNameToo && bare !== argument ? [argument, bare] : [argument]) {
    for (const table of run.settings.maps("rbl_reply_maps")) {
      const result = table.lookup(key, run.ask.action);
      if (result.kind === "error" || (result.kind === "found" && result.value === "")) return null;
      if (result.kind === "found") return result.value;
    }
  }
  return undefined;
}

/** The name of the list without the filter. */
function domainOf(argument: string): string {
  return argument.split("=", 1)[0] ?? argument;
}

/** default_rbl_reply as it is written: its names are those of the session, not of main.cf. See smtpd.c, raw_table. */
const replySettings = derived(({ parameters }: Configuration) => ({
  template: parameters.find("default_rbl_reply")?.text ?? "",
  filter: new Set(unescape(parameters.find("smtpd_expansion_filter")?.text ?? "")),
  bareNameToo: compareReleases(parameters.release, "3.10") >= 0,
}));

/**
 * Replaces the names in a template once: values are not expanded again. Undefined: Postfix finds the template bad, which
 * an unknown name makes it. See mac_expand.c, mac_expand() without MAC_EXP_FLAG_RECURSE.
 */
function fillIn(
  template: string,
  values: (name: string) => string | undefined,
  filter: ReadonlySet<string>,
): string | undefined {
  const { text, problems, references } = expand(defaultText("default_rbl_reply", template), (name) => {
    const value = values(name);
    if (value === undefined) return undefined;
    const filtered = Array.from(value, (character) => (filter.has(character) ? character : "_")).join("");
    return defaultText(name, filtered.replaceAll("$", "$$$$"));
  });
  const unknown = references.some(({ mode, found }) => mode === "use" && !found);
  return unknown || problems.length > 0 ? undefined : text;
}

/** See smtpd_check.c, rbl_expand_lookup(). */
function rblAttribute(run: Run, { argument, subject, reason }: Listed, name: string): string | undefined {
  switch (name) {
    case "rbl_code":
      return String(run.settings.codes.dnsList);
    case "rbl_domain":
      return domainOf(argument);
    case "rbl_reason":
    case "rbl_txt":
      return reason;
    case "rbl_what":
      return subject.name;
    case "rbl_class":
      return subject.kind;
    default:
      return sessionAttribute(run, name);
  }
}

/**
 * A `$name` of a reply template; undefined: there is none of that name.
 * Unlike Postfix: $client_port and $localtime are not known here and are left empty.
 * See smtpd_expand.c, smtpd_expand_lookup().
 */
function sessionAttribute(run: Run, name: string): string | undefined {
  if (name.startsWith("sender")) return addressAttribute(run, run.sender, name.slice("sender".length));
  if (name.startsWith("recipient")) return addressAttribute(run, run.recipient, name.slice("recipient".length));
  const value = SESSION[name];
  if (value) return value(run);
  warn(run, `unknown macro name "${name}" in expansion request`);
  return undefined;
}

const SESSION: Readonly<Partial<Record<string, (run: Run) => string>>> = {
  server_name: ({ settings }) => settings.myhostname,
  client: ({ client }) => client.text,
  client_port: () => "",
  client_address: ({ client }) => client.address,
  client_name: ({ client }) => client.name,
  reverse_client_name: ({ client }) => client.reverseName,
  helo_name: ({ helo }) => helo ?? "",
  localtime: () => "",
};

/** See smtpd_expand.c, smtpd_expand_addr(). */
function addressAttribute(run: Run, address: string | undefined, suffix: string): string | undefined {
  if (address === undefined) return "";
  const at = address.lastIndexOf("@");
  switch (suffix) {
    case "":
      return address === "" ? "<>" : address;
    case "_name":
      return address === "" ? "<>" : address.slice(0, at < 0 ? undefined : at);
    case "_domain":
      return at < 0 ? "" : address.slice(at + 1);
    default:
      warn(run, `unknown macro name "${suffix}" in expansion request`);
      return undefined;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Backslash escapes as in C. See unescape.c, unescape(). */
function unescape(text: string): string {
  return text.replace(/\\(?:([0-7]{1,3})|([^]?))/g, (_, octal: string | undefined, letter: string | undefined) =>
    octal === undefined ? (ESCAPES[letter ?? ""] ?? letter ?? "") : String.fromCharCode(parseInt(octal, 8)),
  );
}
