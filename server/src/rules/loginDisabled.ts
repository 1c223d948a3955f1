import { serviceConfigurations } from "../config/configurations.ts";
import type { Configuration } from "../config/configuration.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import type { Location } from "../text/location.ts";
import type { Finding, Rule, RuleContext } from "./rule.ts";
import { placesOf } from "./places.ts";
import { isYes } from "../config/isYes.ts";

export const loginDisabled: Rule = {
  code: "login-disabled",
  severity: "info",
  summary: "A restriction asks for a login where nobody can log in",
  why:
    "Without `smtpd_sasl_auth_enable = yes` nobody has logged in: `permit_sasl_authenticated` never permits, without a word, and the restrictions about the owner of a sender address are skipped with the warning `restriction … ignored: no SASL support`. " +
    "A list that services with and without logins share is no mistake. See SASL_README and smtpd_check.c, generic_checks().",
  manual: "https://www.postfix.org/SASL_README.html",
  bad: `
smtpd_sender_restrictions = reject_sender_login_mismatch
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_sender_login_mismatch\` is skipped with a warning, for \`smtpd_sasl_auth_enable\` is \`no\`
smtpd_client_restrictions = permit_sasl_authenticated, reject_unknown_client_hostname
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^ \`permit_sasl_authenticated\` never permits, for \`smtpd_sasl_auth_enable\` is \`no\`
`,
  good: `
smtpd_client_restrictions = permit_sasl_authenticated, reject_unknown_client_hostname
#- master.cf
smtp       inet n - n - - smtpd
submission inet n - n - - smtpd
    -o smtpd_sasl_auth_enable=yes
`,
  *check(context) {
    const able = new Set<string>();
    const words = new Map<string, Finding>();
    for (const configuration of serviceConfigurations(context.project)) {
      const enabled = isYes(configuration.parameters, "smtpd_sasl_auth_enable");
      for (const { name, at, inRelayList } of loginWords(configuration)) {
        const key = `${at.file}:${at.span.start}`;
        if (enabled) able.add(key);
        else words.set(key, finding(context, name, at, inRelayList));
      }
    }
    for (const [key, found] of words) if (!able.has(key)) yield found;
  },
};

function* loginWords(
  configuration: Configuration,
): Generator<{ readonly name: RestrictionName; readonly at: Location; readonly inRelayList: boolean }> {
  for (const place of placesOf(configuration)) {
    // Nobody wrote the default of the relay list, and below, a table cannot help who calls it.
    if (place.kind === "entry") continue;
    const inRelayList = place.kind === "stage" && place.stage === "relay";
    for (const { meaning, word } of place.list.items) {
      if (meaning.kind === "restriction" && word.at && meaning.name in CONSEQUENCES)
        yield { name: meaning.name, at: word.at, inRelayList };
    }
  }
}

const SKIPPED = { what: "is skipped with a warning", severity: "warning" } as const;

/** See smtpd_check.c, generic_checks(). */
const CONSEQUENCES: Readonly<
  Partial<Record<RestrictionName, { readonly what: string; readonly severity: "info" | "warning" }>>
> = {
  permit_sasl_authenticated: { what: "never permits", severity: "info" },
  reject_sender_login_mismatch: SKIPPED,
  reject_authenticated_sender_login_mismatch: SKIPPED,
  reject_known_sender_login_mismatch: SKIPPED,
  reject_unauthenticated_sender_login_mismatch: SKIPPED,
  check_sasl_access: SKIPPED,
};

function finding({ project }: RuleContext, name: RestrictionName, at: Location, inRelayList: boolean): Finding {
  const { what, severity } = CONSEQUENCES[name] ?? SKIPPED;
  // The default of the relay list has it for everybody.
  const relayDefault = inRelayList && name === "permit_sasl_authenticated";
  const written = project.mainCf?.nodes.find((node) => node.kind === "assignment" && node.name === SWITCH);
  const related =
    written?.kind === "assignment" ? [{ at: { file: "main.cf", span: written.nameSpan }, message: "set here" }] : [];
  return {
    at,
    message: `\`${name}\` ${what}, for \`${SWITCH}\` is \`no\``,
    severity: relayDefault ? "hint" : severity,
    related,
  };
}

const SWITCH = "smtpd_sasl_auth_enable";
