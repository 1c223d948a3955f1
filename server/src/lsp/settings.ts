import { severityFrom, type Severities, type Severity } from "../config/severity.ts";
import { isRelease, RELEASES, type Release } from "../postfix/release.ts";
import { RULE_PAGES } from "../rules/index.ts";
import { isRecord } from "../text/isRecord.ts";
import type { ProjectSettings } from "../workspace/loadProject.ts";

/** The section of the editor's settings that is ours. */
export const SECTION = "postfixMailflow";

/** The settings of the editor, and what is wrong with those that were left out. */
interface ReadSettings {
  readonly settings: ProjectSettings;
  readonly complaints: readonly string[];
}

/** Reads the settings, as the editor has them; `standard` is meant where they name no release. */
export function settingsFrom(value: unknown, standard: Release): ReadSettings {
  const section = isRecord(value) ? value : {};
  const complaints: string[] = [];
  const complain = (complaint: string): void => {
    complaints.push(`${SECTION}.${complaint}`);
  };
  const release = releaseFrom(section["postfixVersion"] ?? "newest", standard, complain);
  const severities = severitiesFrom(section["rules"] ?? {}, complain);
  return { settings: { release, severities }, complaints };
}

function releaseFrom(version: unknown, standard: Release, complain: (complaint: string) => void): Release {
  if (version === "newest") return standard;
  if (typeof version === "string" && isRelease(version)) return version;
  complain(
    `postfixVersion: no release \`${JSON.stringify(version)}\` is known; there are: newest, ${RELEASES.join(", ")}`,
  );
  return standard;
}

function severitiesFrom(value: unknown, complain: (complaint: string) => void): Severities {
  const severities = new Map<string, Severity | "off">();
  for (const [code, text] of Object.entries(isRecord(value) ? value : {})) {
    const severity = typeof text === "string" ? severityFrom(text) : undefined;
    if (!RULE_PAGES.some((rule) => rule.code === code)) complain(`rules: there is no rule \`${code}\``);
    else if (severity === undefined) complain(`rules: \`${code}\` takes error, warning, information, hint or off`);
    else severities.set(code, severity);
  }
  return severities;
}
