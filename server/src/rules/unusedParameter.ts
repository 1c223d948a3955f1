import { clientParameterNames } from "../postfix/clientParameters.ts";
import { clientSettingNames } from "../config/clientNames.ts";
import { dynamicName } from "./dynamicNames.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import type { Rule } from "./rule.ts";
import { nearest } from "./suggest.ts";
import { unknownClientSettings, unknownSettings } from "./unknownParameter.ts";

export const unusedParameter: Rule = {
  code: "unused-parameter",
  severity: "hint",
  summary: "A parameter is neither Postfix's own nor used",
  why: "Postfix keeps a name that it does not know for whoever says `$name`, and ignores it otherwise. A limit such as `dovecot_destination_recipient_limit` means something only while master.cf has a service of that name. See postconf(1) and postconf_service.c.",
  manual: "https://www.postfix.org/postconf.1.html",
  bad: `
trusted_clients = 192.0.2.0/24
#<------------- Nothing uses \`trusted_clients\`: neither Postfix nor a \`$trusted_clients\`
maildrop_destination_recipient_limit = 1
#<---------------------------------- master.cf has no service \`maildrop\`, so nothing uses \`maildrop_destination_recipient_limit\`
#- master.cf
smtp inet n - n - - smtpd
`,
  good: `
trusted_clients = 192.0.2.0/24
mynetworks = 127.0.0.0/8, $trusted_clients
maildrop_destination_recipient_limit = 1
#- master.cf
smtp inet n - n - - smtpd
maildrop unix - n n - - pipe flags=DRXhu user=vmail argv=/usr/bin/maildrop
`,
  *check({ project }) {
    const names = [...NAMES, ...clientSettingNames(project).keys()];
    for (const { name, nameAt } of unknownSettings(project)) {
      if (nearest(name, names) !== undefined) continue;
      const dynamic = dynamicName(project, name);
      const message =
        dynamic?.kind === "no such service"
          ? `master.cf has no service \`${dynamic.service}\`, so nothing uses \`${name}\``
          : `Nothing uses \`${name}\`: neither Postfix nor a \`$${name}\``;
      yield { at: nameAt, message, unnecessary: true };
    }
    for (const { type, name, nameAt } of unknownClientSettings(project)) {
      if (nearest(name, clientParameterNames(type)) !== undefined) continue;
      yield {
        at: nameAt,
        message: `Nothing uses \`${name}\`: a \`${type}:\` table has no such setting`,
        unnecessary: true,
      };
    }
  },
};

const NAMES = [...PARAMETERS.keys()];
