import { defaultOf, PARAMETERS } from "../postfix/parameters.ts";
import type { Release } from "../postfix/release.ts";
import { splitNames } from "../syntax/words.ts";
import type { Rule } from "./rule.ts";
import { settingsInForce } from "./writtenSettings.ts";

export const outdatedDefault: Rule = {
  code: "outdated-default",
  severity: "hint",
  summary: "A TLS parameter is set to what its default was in older releases",
  why: "The defaults for protocols, ciphers and digests change as what is safe changes. A main.cf that repeats an old default stays behind; without the line, the default of the release is in force, of this one and of those to come. See TLS_README and the release notes.",
  manual: "https://www.postfix.org/TLS_README.html",
  inParts: true,
  bad: `
smtpd_tls_protocols = !SSLv2, !SSLv3
#<----------------- This was the default before Postfix 3.6; without the line it is \`>=TLSv1\`
`,
  good: `
smtpd_tls_protocols = >=TLSv1.2
smtp_tls_loglevel = 0
`,
  *check({ project }) {
    for (const { name, nameAt, source, line } of settingsInForce(project)) {
      const change = /^tls_|_tls_/.test(name) ? changeOf(name, source.text, project.release) : undefined;
      if (!change) continue;
      const message = `This was the default before Postfix ${change.in}; without the line it is \`${change.now}\``;
      const edits = line && [{ file: line.file, edits: [{ span: line.span, newText: "" }] }];
      yield { at: nameAt, message, ...(edits && { fix: { title: "Remove the line", edits } }) };
    }
  },
};

interface Change {
  /** The release that brought another default. */
  readonly in: string;
  readonly now: string;
}

/** What became of a value that once was the default; undefined: it never was, or still is. */
function changeOf(name: string, value: string, release: Release): Change | undefined {
  const defaults = PARAMETERS.get(name)?.defaults ?? [];
  if (defaults.length < 2) return undefined;
  const now = defaultOf(name, release);
  const at = defaults.findIndex((fact) => same(fact.value, value));
  const next = defaults[at + 1];
  // A default that depends on other parameters may well be the old one still.
  if (at < 0 || !now || !next || now.value.includes("$") || same(now.value, value)) return undefined;
  return defaults.indexOf(now) > at ? { in: next.from, now: now.value } : undefined;
}

function same(left: string, right: string): boolean {
  return words(left) === words(right);
}

function words(value: string): string {
  return splitNames(value)
    .map(({ text }) => text)
    .join(" ");
}
