import { plainConfiguration } from "../config/configurations.ts";
import { parametersFrom } from "../config/parameters.ts";
import type { Project } from "../config/project.ts";
import type { SourceText } from "../config/sourceText.ts";
import { defaultOf, PARAMETERS } from "../postfix/parameters.ts";
import { assignments } from "../syntax/mainCf.ts";
import { lazily } from "../text/lazily.ts";
import type { Rule } from "./rule.ts";

export const noCompatibilityLevel: Rule = {
  code: "no-compatibility-level",
  severity: "info",
  summary: "Without compatibility_level, old defaults are in force",
  why: "A main.cf without `compatibility_level` has level 0, and Postfix keeps the defaults of releases before 3.0, the empty `smtpd_relay_restrictions` among them; it logs each use of one. The message names the parameters that main.cf does not set and that have another default at the newest level. The level says which defaults are in force, not which release runs: findings are for the newest release unless the setting `postfixMailflow.postfixVersion` or `--postfix-version` names another one. See COMPATIBILITY_README.",
  manual: "https://www.postfix.org/COMPATIBILITY_README.html",
  bad: `
mydestination = example.com
#<----------- Without \`compatibility_level\` (so it is 0) these have old defaults: \`append_dot_mydomain\`, \`lmtp_tls_fingerprint_digest\`, \`mynetworks_style\`, \`relay_domains\`, \`respectful_logging\`, \`smtp_tls_fingerprint_digest\`, \`smtpd_relay_before_recipient_restrictions\`, \`smtpd_tls_fingerprint_digest\`, \`smtputf8_enable\`
smtpd_relay_restrictions = reject_unauth_destination
`,
  good: `
compatibility_level = 3.6
mydestination = example.com
smtpd_relay_restrictions = reject_unauth_destination
`,
  *check({ project }) {
    const [first] = project.mainCf ? assignments(project.mainCf) : [];
    if (!first || plainConfiguration(project).parameters.written("compatibility_level")) return;
    const names = changedDefaults(project).map((name) => `\`${name}\``);
    if (names.length === 0) return;
    const message = `Without \`compatibility_level\` (so it is 0) these have old defaults: ${names.join(", ")}`;
    yield { at: { file: "main.cf", span: first.nameSpan }, message };
  },
};

/** The parameters that nobody set and whose default depends on the level. */
function changedDefaults(project: Project): readonly string[] {
  const { parameters } = plainConfiguration(project);
  const { mainCf, release, machine } = project;
  const level: SourceText = { parameter: LEVEL, text: release, nameAt: undefined, locate: () => undefined };
  const newest = parametersFrom({ mainCf, overrides: [level], release, machine });
  return namesWithLevel()
    .filter((name) => defaultOf(name, release)?.value.includes(`$${LEVEL}`) && !parameters.written(name))
    .filter((name) => parameters.value(name) !== newest.value(name))
    .sort();
}

const LEVEL = "compatibility_level";

/** Those whose default depends on the level in some release. */
const namesWithLevel = lazily(() =>
  [...PARAMETERS.values()].flatMap(({ name, defaults }) =>
    defaults.some(({ value }) => value.includes(`$${LEVEL}`)) ? [name] : [],
  ),
);
