import { compareReleases } from "../../postfix/release.ts";
import { derived } from "../../text/derived.ts";
import type { Configuration } from "../../config/configuration.ts";
import { leftBehind } from "../overRead.ts";
import { fitEnhanced, splitEnhanced } from "../reply.ts";
import { refuse, refuseBroken, warn, type Status } from "../refuse.ts";
import type { Run, Subject } from "../run.ts";
import { fillIn, sessionAttribute } from "../template.ts";

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
  const { template } = replySettings(run.configuration);
  const fill = (text: string): string | undefined => {
    const { text: reply, unknown, problems } = fillIn(run, text, (name) => rblAttribute(run, listed, name));
    return unknown || problems ? undefined : reply;
  };
  let reply = special === undefined ? undefined : fill(special);
  if (special !== undefined && reply === undefined) {
    warn(run, `rbl_reject_reply: bad rbl reply template for domain ${listed.argument}: ${special}`);
  }
  reply ??= fill(template);
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
  const { dsn, text } = splitEnhanced(reply.slice(4), "4.7.1", () => leftBehind(run, [reply], 100));
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
  bareNameToo: compareReleases(parameters.release, "3.10") >= 0,
}));

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
