import { configurations } from "../config/configurations.ts";
import type { Project } from "../config/project.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { derived } from "../text/derived.ts";
import { clientTables, type ClientTable } from "../config/clientTables.ts";
import { clientParameter, clientParameterNames } from "../postfix/clientParameters.ts";
import type { Location } from "../text/location.ts";
import { clientSettingNames } from "../config/clientNames.ts";
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
virtual_alias_maps = ldap:groups, mysql:/etc/postfix/aliases.cf
groups_search_bas = dc=example,dc=com
#<--------------- Postfix does not know \`groups_search_bas\` and ignores it (did you mean \`groups_search_base\`?)
#- master.cf
submission inet n - n - - smtpd
    -o smtpd_sasl_auth_enabled=yes
#      ^^^^^^^^^^^^^^^^^^^^^^^ Postfix does not know \`smtpd_sasl_auth_enabled\` and ignores it (did you mean \`smtpd_sasl_auth_enable\`?)
#- aliases.cf
dbname = mail
qurey = SELECT goto FROM alias WHERE address = '%s'
#<--- Postfix does not know \`qurey\` in the settings of a \`mysql:\` table and ignores it (did you mean \`query\`?)
`,
  good: `
smtpd_recipient_restrictions = permit_mynetworks, $check_relay, reject_unauth_destination
check_relay = reject_unknown_recipient_domain
dovecot_destination_recipient_limit = 1
virtual_alias_maps = ldap:groups
groups_search_base = dc=example,dc=com
#- master.cf
submission inet n - n - - smtpd
    -o smtpd_sasl_auth_enable=yes
dovecot unix - n n - - pipe flags=DRhu user=vmail argv=/usr/libexec/dovecot/deliver
`,
  *check({ project }) {
    const names = [...NAMES, ...clientSettingNames(project).keys()];
    for (const { name, nameAt, entry } of unknownSettings(project)) {
      const meant = nearest(name, names);
      const set = settingsInForce(project).find((other) => other.name === meant && other.entry === entry)?.nameAt;
      if (meant !== undefined) yield finding("", { name, nameAt, meant, set });
    }
    for (const { type, name, nameAt, others } of unknownClientSettings(project)) {
      const meant = nearest(name, clientParameterNames(type));
      if (meant === undefined) continue;
      const set = others.get(meant)?.source.nameAt;
      yield finding(` in the settings of a \`${type}:\` table`, { name, nameAt, meant, set });
    }
  },
};

/** A setting of a database table, and all of its file. */
interface ClientSetting extends Pick<ClientTable, "type"> {
  readonly name: string;
  readonly nameAt: Location;
  readonly others: ClientTable["settings"];
}

/** Names in the files of database tables that their clients do not read. See postconf_dbms.c, pcf_check_dbms_client(). */
export function* unknownClientSettings(project: Project): Generator<ClientSetting> {
  for (const { type, file, settings } of clientTables(project)) {
    for (const [name, { source }] of file === undefined ? [] : settings) {
      if (source.nameAt && !clientParameter(type, name)) yield { type, name, nameAt: source.nameAt, others: settings };
    }
  }
}

const NAMES = [...PARAMETERS.keys()];

interface Misspelt {
  readonly name: string;
  readonly nameAt: Location;
  readonly meant: string;
  /** Where that name is set already: to rename the other one would set it twice. */
  readonly set: Location | undefined;
}

function finding(where: string, { name, nameAt, meant, set }: Misspelt): Finding {
  const message = `Postfix does not know \`${name}\`${where} and ignores it (did you mean \`${meant}\`?)`;
  if (set) return { at: nameAt, message, related: [{ at: set, message: `\`${meant}\` is set here` }] };
  const fix = {
    title: `Change to \`${meant}\``,
    edits: [{ file: nameAt.file, edits: [{ span: nameAt.span, newText: meant }] }],
  };
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
