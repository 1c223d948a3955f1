import { splitNames } from "../../syntax/words.ts";
import { compareReleases } from "../../postfix/release.ts";
import { asciiDomain, lookUpDns, reversedAddress } from "../dns.ts";
import { isValidHostname } from "../address/hostname.ts";
import { SOME_LISTING } from "../facts.ts";
import { deferIfReject, refuseRetry, warn } from "../refuse.ts";
import { resolve } from "../resolve.ts";
import type { Run, Subject } from "../run.ts";
import { clientSubject } from "./client.ts";
import { parseFilter, takes } from "./dnsListFilter.ts";
import { refuseListed } from "./dnsListReply.ts";
import { fact, missing, permit, type Check, type Finding } from "./finding.ts";
import { withDomain } from "./helo.ts";
import { isUnknownName } from "../client.ts";

/** reject_rbl_client. See smtpd_check.c, reject_rbl_addr(). */
export const rejectDnsListClient: Check = (run, call) =>
  withDomain(run, call, (argument) => rejectListedClient(run, argument));

function rejectListedClient(run: Run, argument: string): Finding {
  const subject: Subject = { name: run.client.address, kind: "Client host" };
  return reject(run, { argument, subject, listing: listingOf(run, reversedAddress(run.client.address), argument) });
}

/** reject_maps_rbl, which Postfix 3.9 removed: one list of maps_rbl_domains after the other. */
export const rejectDnsListsOfOld: Check = (run) => {
  warn(
    run,
    'support for restriction "reject_maps_rbl" will be removed from Postfix; use "reject_rbl_client domain-name" instead',
  );
  for (const { text } of splitNames(run.configuration.parameters.value("maps_rbl_domains"))) {
    const finding = rejectListedClient(run, text);
    if (finding.status !== "DUNNO" || run.hangUp) return finding;
  }
  return fact("DUNNO", `no list of maps_rbl_domains has ${run.client.address}`);
};

/** reject_rhsbl_*: what the list of domains is asked about. See smtpd_check.c, reject_rbl_domain(). */
function rejectDnsListName(subjectOf: (run: Run) => Subject | undefined): Check {
  return (run, call) =>
    withDomain(run, call, (argument) => {
      const subject = subjectOf(run);
      if (!subject) return missing("name to look up");
      return reject(run, { argument, subject, listing: listingOfDomain(run, subject.name, argument) });
    });
}

export const rejectDnsListClientName = rejectDnsListName(verifiedName);
export const rejectDnsListReverseName = rejectDnsListName(({ client: { reverseName: name } }) =>
  isUnknownName(name) ? undefined : { name, kind: "Unverified Client host" },
);
export const rejectDnsListHelo = rejectDnsListName(({ helo: name }) =>
  name === undefined ? undefined : { name, kind: "Helo command" },
);
export const rejectDnsListSender = rejectDnsListName(({ sender: name }) =>
  name ? { name, kind: "Sender address" } : undefined,
);
export const rejectDnsListRecipient = rejectDnsListName(({ recipient: name }) =>
  name === undefined ? undefined : { name, kind: "Recipient address" },
);

/** permit_dnswl_client. See smtpd_check.c, permit_dnswl_addr(). */
export const permitDnsListClient: Check = (run, call) =>
  withDomain(run, call, (argument) => {
    const { address: name } = run.client;
    const ask = (): Listing => listingOf(run, reversedAddress(name), argument);
    const finding = permitListed(run, { name, kind: "Client host" }, ask);
    return finding.status === "OK" ? permit(run, call, clientSubject(run), finding.because) : finding;
  });

/** permit_rhswl_client. See smtpd_check.c, permit_dnswl_domain(). */
export const permitDnsListClientName: Check = (run, call) =>
  withDomain(run, call, (argument) => {
    const subject = verifiedName(run);
    if (!subject) return missing("verified client name");
    const finding = permitListed(run, subject, () => listingOfDomain(run, subject.name, argument));
    return finding.status === "OK" ? permit(run, call, clientSubject(run), finding.because) : finding;
  });

function verifiedName({ client: { name } }: Run): Subject | undefined {
  return isUnknownName(name) ? undefined : { name, kind: "Client host" };
}

/** What a DNS list says. "broken filter": smtpd dies as soon as it meets the filter. */
type Listing =
  | { readonly kind: "listed"; readonly query: string }
  | { readonly kind: "not listed" | "failed" | "broken filter" | "not asked"; readonly because: string };

/** Asks a DNS list for `key`, an address or a domain. See smtpd_check.c, find_dnsxl_addr(), rbl_pagein(). */
function listingOf(run: Run, key: string, argument: string): Listing {
  const equals = argument.indexOf("=");
  const query = `${key}.${equals < 0 ? argument : argument.slice(0, equals)}`;
  const { status, records } = lookUpDns(run, query, "A", "list");
  const failed = status !== "found" && status !== "none";
  if (failed) warn(run, `${query}: RBL lookup error: Name service error for name=${query} type=A`);
  if (equals >= 0) {
    const filter = parseFilter(argument.slice(equals + 1));
    if ("error" in filter) {
      warn(run, `fatal: RBL reply error: ${filter.error}`);
      return { kind: "broken filter", because: `the reply filter of ${argument} is malformed: ${filter.error}` };
    }
    if (status === "found" && !records.some((record) => record === SOME_LISTING || takes(filter, record))) {
      return { kind: "not listed", because: `${query} is ${records.join(", ")}, which the filter does not take` };
    }
  }
  if (failed) return { kind: "failed", because: `${query} could not be looked up` };
  return status === "found" ? { kind: "listed", query } : { kind: "not listed", because: `${query} does not exist` };
}

/** Names that are none, or that end in a number, are not looked up. See smtpd_check.c, find_dnsxl_domain(). */
function listingOfDomain(run: Run, name: string, argument: string): Listing {
  const domain = name.slice(name.lastIndexOf("@") + 1);
  const ascii = asciiDomain(domain);
  const skipped = /(?:^|\.)\d+$/.test(domain) || !isValidHostname(ascii);
  if (skipped) return { kind: "not asked", because: `${domain} is no name that a list of domains could have` };
  return listingOf(run, ascii, argument);
}

function reject(
  run: Run,
  { argument, subject, listing }: { readonly argument: string; readonly subject: Subject; readonly listing: Listing },
): Finding {
  if (listing.kind !== "listed") return unlisted(run, listing);
  const because = { kind: "fact", text: `${argument} lists ${subject.name}` } as const;
  const status = refuseListed(run, { argument, subject, reason: reasonOf(run, listing.query) });
  return status === "fatal" ? die(run, "default_rbl_reply is malformed") : { status, because };
}

/**
 * At RCPT TO an allow list does not help a recipient that this server takes no mail for, and is not asked.
 * When the list fails, a later reject becomes a deferral.
 */
function permitListed(run: Run, subject: Subject, ask: () => Listing): Finding {
  if (run.where === "RCPT" && run.recipient !== undefined) {
    const { failed, routed, addressClass } = resolve(run, run.recipient, "recipient");
    if (failed) return fact(refuseRetry(run, run.recipient), `${run.recipient} could not be resolved`);
    const untrusted = routed && !run.settings.allowUntrustedRouting;
    if (untrusted || addressClass === "default") {
      return fact("DUNNO", `not asked, because ${run.recipient} is not for this server`);
    }
  }
  const listing = ask();
  if (listing.kind === "listed") return fact("OK", `${subject.name} is on the allow list, as ${listing.query}`);
  if (listing.kind !== "failed") return unlisted(run, listing);
  const text = `<${subject.name}>: ${subject.kind} rejected: Service unavailable`;
  const status = deferIfReject(run, { errorClass: "policy", code: 450, dsn: "4.7.1", text });
  return { ...fact(status, listing.because), outcome: "DEFER_IF_REJECT" };
}

function unlisted(run: Run, listing: Exclude<Listing, { readonly kind: "listed" }>): Finding {
  return listing.kind === "broken filter" ? die(run, listing.because) : fact("DUNNO", listing.because);
}

/** smtpd ends with a fatal error: the client finds the connection closed. */
function die(run: Run, because: string): Finding {
  run.hangUp = true;
  return fact("DUNNO", `smtpd dies: ${because}`);
}

/** The text of all TXT records together is cut after so many characters. See smtpd_check.c, RBL_TXT_LIMIT. */
const TEXT_LIMIT = 500;

/** Until 3.10 only the first string of a TXT record counted. See dns_lookup.c, dns_get_rr(). */
const STRING_LIMIT = 255;

function reasonOf(run: Run, query: string): string {
  const { records } = lookUpDns(run, query, "TXT", "text");
  const limit = compareReleases(run.configuration.project.release, "3.10") < 0 ? STRING_LIMIT : Infinity;
  let reason = "";
  records.forEach((record, at) => {
    reason += record.slice(0, Math.min(limit, TEXT_LIMIT - reason.length));
    if (at + 1 < records.length && TEXT_LIMIT - reason.length > 3) reason += " / ";
  });
  return reason.replace(/[^ -~]/g, " ");
}
