import { configurations } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { derived } from "../text/derived.ts";
import { dynamicName } from "./dynamicNames.ts";
import type { Finding, Rule } from "./rule.ts";
import { nearest } from "./suggest.ts";
import { usedWords } from "./unusedClass.ts";
import { settingsInForce, type WrittenSetting } from "./writtenSettings.ts";

export const unknownParameter: Rule = {
  code: "unknown-parameter",
  severity: "warning",
  summary: "A parameter has a name that Postfix does not know, much like one that it knows",
  why:
    "Postfix ignores what it does not know, without a word; only postconf(1) calls it an unused parameter. The default of the parameter that was meant stays in force. Names of your own are no mistake as long as somebody says `$name`, " +
    "`smtpd_restriction_classes` declares them, or they belong to a service of master.cf (`dovecot_destination_recipient_limit`, `policy_time_limit`) or a database client. See postconf(1) and postconf_unused.c.",
  manual: "https://www.postfix.org/postconf.1.html",
  bad: `
smtpd_recipient_restriction = permit_mynetworks, reject_unauth_destination
#<------------------------- Postfix does not know \`smtpd_recipient_restriction\` and ignores it (did you mean \`smtpd_recipient_restrictions\`?)
#- master.cf
submission inet n - n - - smtpd
    -o smtpd_sasl_auth_enabled=yes
#      ^^^^^^^^^^^^^^^^^^^^^^^ Postfix does not know \`smtpd_sasl_auth_enabled\` and ignores it (did you mean \`smtpd_sasl_auth_enable\`?)
`,
  good: `
smtpd_recipient_restrictions = permit_mynetworks, $check_relay, reject_unauth_destination
check_relay = reject_unknown_recipient_domain
dovecot_destination_recipient_limit = 1
#- master.cf
submission inet n - n - - smtpd
    -o smtpd_sasl_auth_enable=yes
dovecot unix - n n - - pipe flags=DRhu user=vmail argv=/usr/libexec/dovecot/deliver
`,
  *check({ project }) {
    for (const setting of unknownSettings(project)) {
      const meant = nearest(setting.name, NAMES);
      if (meant !== undefined) yield finding(setting, meant);
    }
  },
};

const NAMES = [...PARAMETERS.keys()];

function finding({ name, nameAt }: WrittenSetting, meant: string): Finding {
  const fix = {
    title: `Change to \`${meant}\``,
    edits: [{ file: nameAt.file, edits: [{ span: nameAt.span, newText: meant }] }],
  };
  const message = `Postfix does not know \`${name}\` and ignores it (did you mean \`${meant}\`?)`;
  return { at: nameAt, message, fix };
}

function macrosIn(text: string): readonly string[] {
  return text.includes("$") ? [...text.matchAll(/\$[({]?\s*(\w+)/g)].map(([, name = ""]) => name) : [];
}

/** The settings that nothing uses: names that neither Postfix knows nor the configuration refers to. */
export const unknownSettings = derived((project: Project): readonly WrittenSetting[] => {
  const used = new Set(configurations(project).flatMap(({ classes }) => [...classes.keys()]));
  for (const name of configurations(project).flatMap((configuration) => [...usedWords(configuration)])) used.add(name);
  for (const node of [...(project.mainCf?.nodes ?? []), ...(project.masterCf?.nodes ?? [])]) {
    if ("line" in node) for (const name of macrosIn(node.line.text)) used.add(name);
  }
  return settingsInForce(project).filter(
    ({ name }) => !PARAMETERS.has(name) && !used.has(name) && dynamicName(project, name)?.kind !== "known",
  );
});
