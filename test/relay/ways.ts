/* Ways to relay, and what only looks like one: the verdicts were found by hand, the doubtful ones asked of Postfix. */
import type { Known } from "./verdicts.ts";

export const BASE = "compatibility_level = 3.6\nmydestination = example.com\nmynetworks = 127.0.0.0/8\n";
export const REFUSE = "reject_unauth_destination";

type Files = Known["files"];

/** Lists about recipients, the relay list empty unless it is given. */
export function lists(recipient: string, relay = "", more = ""): string {
  return `${BASE}smtpd_relay_restrictions = ${relay}\nsmtpd_recipient_restrictions = ${recipient}\n${more}`;
}

/** A check in front of reject_unauth_destination. */
export function before(check: string, files: Files = {}, more = ""): Files {
  return { "main.cf": lists(`permit_mynetworks, ${check}, ${REFUSE}`, "", more), ...files };
}

/** Networks under the usual lists. */
export function networks(names: string, files: Files = {}, more = ""): Files {
  const main = `compatibility_level = 3.6\nmydestination = example.com\nmynetworks = ${names}\n${more}`;
  return { "main.cf": main, ...files };
}

/** Relay domains under the usual lists. */
export function domains(names: string, files: Files = {}, more = ""): Files {
  return { "main.cf": `${BASE}relay_domains = ${names}\n${more}`, ...files };
}

export function way(title: string, verdict: Known["verdict"], files: Files | string): Known {
  return { title, verdict, files: typeof files === "string" ? { "main.cf": files } : files };
}
