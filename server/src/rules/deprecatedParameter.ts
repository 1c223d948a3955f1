import { PARAMETERS } from "../postfix/parameters.ts";
import { compareReleases } from "../postfix/release.ts";
import type { Finding, Fix, Rule } from "./rule.ts";
import { settingsInForce, type WrittenSetting } from "./writtenSettings.ts";

export const deprecatedParameter: Rule = {
  code: "deprecated-parameter",
  severity: "info",
  summary: "A parameter is deprecated",
  why: "It still works, but postconf(1) warns about it, and a later release will not have it. Often the new parameter takes other values: `smtpd_use_tls = yes` becomes `smtpd_tls_security_level = may`. See DEPRECATION_README.",
  manual: "https://www.postfix.org/DEPRECATION_README.html",
  inParts: true,
  bad: `
smtpd_use_tls = yes
#<----------- \`smtpd_use_tls\` is deprecated since Postfix 3.9: use \`smtpd_tls_security_level\`
virtual_maps = hash:/etc/postfix/virtual
#<---------- \`virtual_maps\` is deprecated since Postfix 3.11: use \`virtual_alias_maps\`
smtpd_tls_eecdh_grade = ultra
#<------------------- \`smtpd_tls_eecdh_grade\` is deprecated since Postfix 3.9: leave it out
`,
  good: `
smtpd_tls_security_level = may
virtual_alias_maps = hash:/etc/postfix/virtual
`,
  *check({ project }) {
    const settings = settingsInForce(project);
    for (const setting of settings) {
      const { deprecated, removed } = PARAMETERS.get(setting.name) ?? {};
      if (!deprecated || compareReleases(project.release, deprecated.since) < 0) continue;
      if (removed !== undefined && compareReleases(project.release, removed) >= 0) continue;
      yield finding(setting, deprecated, settings);
    }
  },
};

function finding(
  setting: WrittenSetting,
  { since, instead }: { readonly since: string; readonly instead?: string },
  settings: readonly WrittenSetting[],
): Finding {
  const { name, nameAt, entry } = setting;
  const advice = instead === undefined ? "leave it out" : `use \`${instead}\``;
  const message = `\`${name}\` is deprecated since Postfix ${since}: ${advice}`;
  const newer = settings.find((other) => other.name === instead && other.entry === entry);
  const related = newer ? [{ at: newer.nameAt, message: `\`${newer.name}\` is set here` }] : [];
  const fix = newer ? undefined : replacement(setting, instead);
  return { at: nameAt, message, related, ...(fix && { fix }) };
}

/** The new name with the same value, or for the old TLS switches with the level that means the same. */
function replacement({ name, nameAt, source, line }: WrittenSetting, instead: string | undefined): Fix | undefined {
  if (instead === undefined) return undefined;
  if (SAME_VALUES.has(name)) {
    const edits = [{ file: nameAt.file, edits: [{ span: nameAt.span, newText: instead }] }];
    return { title: `Rename to \`${instead}\``, edits };
  }
  const level = levelOf(name, source.text.toLowerCase());
  if (level === undefined || !line) return undefined;
  const span = { start: line.span.start, end: source.locate(0, source.text.length)?.span.end ?? line.span.end };
  const edits = [{ file: line.file, edits: [{ span, newText: `${instead} = ${level}` }] }];
  return { title: `Change to \`${instead} = ${level}\``, edits };
}

/** `use_tls` means `may`, `enforce_tls` means `encrypt`. See TLS_README and smtpd.c, pre_jail_init(). */
function levelOf(name: string, value: string): string | undefined {
  if (value !== "yes") return undefined;
  return name === "smtpd_use_tls" || name === "smtp_use_tls" ? "may" : undefined;
}

/** Parameters that only got another name. */
const SAME_VALUES: ReadonlySet<string> = new Set([
  "authorized_verp_clients",
  "fallback_relay",
  "postscreen_blacklist_action",
  "postscreen_dnsbl_ttl",
  "postscreen_dnsbl_whitelist_threshold",
  "postscreen_whitelist_interfaces",
  "smtpd_client_connection_limit_exceptions",
  "virtual_maps",
]);
