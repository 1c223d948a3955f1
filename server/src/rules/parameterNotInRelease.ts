import { clientTables } from "../config/clientTables.ts";
import { clientParameter } from "../postfix/clientParameters.ts";
import { PARAMETERS, type ParameterFact } from "../postfix/parameters.ts";
import { compareReleases, type Release } from "../postfix/release.ts";
import type { Rule } from "./rule.ts";
import { settingsInForce } from "./writtenSettings.ts";

export const parameterNotInRelease: Rule = {
  code: "parameter-not-in-release",
  severity: "warning",
  summary: "The release that is meant does not have this parameter, and ignores it",
  why:
    "A name that Postfix does not know is no mistake to it: it is kept for whoever says `$name`, and has no other effect. The release that is meant is the setting `postfixMailflow.postfixVersion`, on the command line `--postfix-version`; without one, the newest. " +
    "See the release notes and postconf(5).",
  manual: "https://www.postfix.org/announcements.html",
  inParts: true,
  bad: `
tls_legacy_public_key_fingerprints = yes
#<-------------------------------- Postfix 3.12 ignores \`tls_legacy_public_key_fingerprints\`: it was removed in 3.11
smtpd_tls_cipherlist = HIGH
#<------------------ Postfix 3.12 ignores \`smtpd_tls_cipherlist\`: it was removed in 2.3
`,
  good: `
smtpd_tls_fingerprint_digest = sha256
`,
  *check({ project }) {
    for (const { name, nameAt } of settingsInForce(project)) {
      const because = missing(PARAMETERS.get(name), project.release);
      if (because === undefined) continue;
      yield { at: nameAt, message: `Postfix ${project.release} ignores \`${name}\`: ${because}` };
    }
    for (const { type, settings } of clientTables(project)) {
      for (const [name, { source }] of settings) {
        const since = clientParameter(type, name)?.since;
        if (since === undefined || !source.nameAt || compareReleases(project.release, since) >= 0) continue;
        yield { at: source.nameAt, message: `Postfix ${project.release} ignores \`${name}\`: it came with ${since}` };
      }
    }
  },
};

/** Why a release does not have a parameter; undefined: it may have it. */
function missing(fact: ParameterFact | undefined, release: Release): string | undefined {
  if (!fact) return undefined;
  const { since, removed, backportedTo = [] } = fact;
  if (removed !== undefined && compareReleases(release, removed) >= 0) return `it was removed in ${removed}`;
  if (compareReleases(release, since) >= 0 || backportedTo.includes(release)) return undefined;
  return `it came with ${since}`;
}
