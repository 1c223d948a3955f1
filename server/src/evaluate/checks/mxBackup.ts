import type { Configuration } from "../../config/configuration.ts";
import { matchList, type MatchList } from "../../config/matchList.ts";
import { compareReleases } from "../../postfix/release.ts";
import { derived } from "../../text/derived.ts";
import { asciiDomain, hostAddresses, hostOf, lookUpDns, preferenceOf, type DnsFinding } from "../dns.ts";
import { listReader } from "../readList.ts";
import { deferIfReject, refuseRetry, warn } from "../refuse.ts";
import { resolve } from "../resolve.ts";
import type { Run, Subject } from "../run.ts";
import { fact, missing, permit, type Check, type Finding } from "./finding.ts";

/** permit_mx_backup. See smtpd_check.c, permit_mx_backup(). */
export const permitMxBackup: Check = (run, call) => {
  if (run.recipient === undefined) return missing("recipient");
  if (compareReleases(run.configuration.project.release, "3.9") >= 0) {
    warn(
      run,
      'support for restriction "permit_mx_backup" will be removed from Postfix; instead, specify "relay_domains"',
    );
  }
  const subject: Subject = { name: run.recipient, kind: "Recipient address" };
  const finding = backedUp(run, subject);
  return finding.status === "OK" ? permit(run, call, subject, finding.because) : finding;
};

function backedUp(run: Run, subject: Subject): Finding {
  const { failed, routed, recipient, addressClass } = resolve(run, subject.name, "recipient");
  if (failed) return fact(refuseRetry(run, subject.name), `${subject.name} could not be resolved`);
  const at = recipient.lastIndexOf("@");
  if (at < 0) return fact("OK", `${recipient} has no domain`);
  if (routed && !run.settings.allowUntrustedRouting) {
    return { status: "DUNNO", because: { kind: "destination", recipient, addressClass, routed } };
  }
  if (addressClass !== "default") {
    return { status: "OK", because: { kind: "destination", recipient, addressClass, routed: false } };
  }
  const domain = recipient.slice(at + 1);
  if (domain.startsWith("[") && domain.endsWith("]")) return fact("DUNNO", `${domain} is not an own address`);
  return byMailServers(run, subject, asciiDomain(domain));
}

/** This server has to be among the mail servers of the domain, but not among the best. */
function byMailServers(run: Run, subject: Subject, domain: string): Finding {
  const { status, records } = lookUpDns(run, domain, "MX");
  if (status === "failed" || status === "filtered") {
    const why = status === "filtered" ? FILTERED : TRY_AGAIN;
    defer(run, subject, `Unable to look up mail exchanger information: ${why}`);
    return fact("DUNNO", `the MX records of ${domain} could not be looked up`);
  }
  if (status !== "found") return fact("DUNNO", `${domain} has no MX record`);
  const sorted = records.toSorted((a, b) => preferenceOf(a) - preferenceOf(b));
  const best = preferenceOf(sorted[0] ?? "");
  const primaries = sorted.filter((record) => preferenceOf(record) === best).map(hostOf);
  const backups = sorted.slice(primaries.length).map(hostOf);
  if (amongServers(run, subject, primaries)) return fact("DUNNO", `this server is a best MX of ${domain}`);
  if (!amongServers(run, subject, backups)) return fact("DUNNO", `this server is no backup MX of ${domain}`);
  const stray = strayPrimary(run, subject, primaries);
  if (stray !== undefined) return fact("DUNNO", stray);
  return fact("OK", `this server is a backup MX of ${domain}`);
}

/** By name first: addresses take further look-ups. See smtpd_check.c, i_am_mx() and has_my_addr(). */
function amongServers(run: Run, subject: Subject, hosts: readonly string[]): boolean {
  if (hosts.some((host) => run.settings.endsHere(host, run.ask.domain) === true)) return true;
  return hosts.some((host) => {
    const found = hostAddresses(run.facts, host, run.settings.addressTypes);
    if ("addresses" in found) return found.addresses.some((address) => run.settings.isOwnAddress(address));
    defer(run, subject, `Unable to look up mail exchanger host ${host}: ${found.failure}`);
    return false;
  });
}

/** See dns_strerror.c, dns_strerror(). */
const TRY_AGAIN = "Host not found, try again";
const FILTERED = "DNS reply filter policy";
const NOT_FOUND = "Host not found";
const NO_RECORD = "Host found but no data record of requested type";

/** Why the best servers are not all in permit_mx_backup_networks. See permit_mx_primary() and all_auth_mx_addr(). */
function strayPrimary(run: Run, subject: Subject, hosts: readonly string[]): string | undefined {
  const networks = backupNetworks(run.configuration);
  if (!networks) return undefined;
  for (const host of hosts) {
    const answers = run.settings.addressTypes.map((type) => lookUpDns(run, host, type));
    const addresses = answers.flatMap(({ records }) => records);
    if (addresses.length === 0) {
      defer(run, subject, `Unable to look up host ${host} as mail exchanger: ${whyNoAddress(answers)}`);
      return `the addresses of ${host} could not be looked up`;
    }
    for (const address of addresses) {
      const { match, error } = matchList(networks, [host, address], run.ask.domain);
      if (error !== undefined) {
        warn(run, `permit_mx_backup_networks lookup error for address ${address} for ${host}`);
        defer(run, subject, `Unable to verify host ${host} as mail exchanger`);
      }
      if (!match) return `the best MX ${host} [${address}] is not in permit_mx_backup_networks`;
    }
  }
  return undefined;
}

function whyNoAddress(answers: readonly DnsFinding[]): string {
  if (answers.some(({ status }) => status === "filtered")) return FILTERED;
  if (answers.some(({ status }) => status === "failed")) return TRY_AGAIN;
  return answers.at(-1)?.exists ? NO_RECORD : NOT_FOUND;
}

/** Nothing is certain, so a later reject becomes a deferral. */
function defer(run: Run, { name, kind }: Subject, why: string): void {
  deferIfReject(run, { errorClass: "policy", code: 450, dsn: "4.4.4", text: `<${name}>: ${kind} rejected: ${why}` });
}

/** permit_mx_backup_networks; undefined when it is empty. */
const backupNetworks = derived((configuration: Configuration): MatchList | undefined => {
  const { parameters } = configuration;
  const isEmpty = parameters.value("permit_mx_backup_networks") === "";
  return isEmpty ? undefined : listReader(configuration)(parameters, "permit_mx_backup_networks");
});
