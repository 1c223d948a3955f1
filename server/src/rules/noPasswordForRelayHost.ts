import { plainConfiguration } from "../config/configurations.ts";
import { isYes } from "../config/isYes.ts";
import type { LookupResult, Table } from "../config/table.ts";
import { openMaps } from "../evaluate/openMaps.ts";
import { mailClients } from "./mailClients.ts";
import { defaultTransport, relayHosts } from "./relayHosts.ts";
import type { Rule } from "./rule.ts";

export const noPasswordForRelayHost: Rule = {
  code: "no-password-for-relay-host",
  severity: "warning",
  summary: "The client is to log in to its relay host, but the table of passwords does not have it",
  why:
    "The SMTP client asks `smtp_sasl_password_maps` for the name of the host without brackets and port, and then for what `relayhost` says, character by character: `[mail.example.com]:587` is not `mail.example.com:587`. Without an entry it does not log in, and the relay host refuses the mail. " +
    "Nothing is said of a relay host without brackets, whose mail exchangers may have entries, of passwords by sender (`smtp_sender_dependent_authentication`), and of tables that cannot be read here. See SASL_README, “Configuring SASL authentication”, and smtp_sasl_glue.c, smtp_sasl_passwd_lookup().",
  manual: "https://www.postfix.org/SASL_README.html#client_sasl_enable",
  bad: `
relayhost = [mail.example.com]:587
#           ^^^^^^^^^^^^^^^^^^^^^^ \`smtp_sasl_password_maps\` has neither \`mail.example.com\` nor \`[mail.example.com]:587\`: the client does not log in
smtp_sasl_auth_enable = yes
smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd
smtp_sasl_tls_security_options = noanonymous
#- sasl_passwd
mail.example.com:587 user:password
`,
  good: `
relayhost = [mail.example.com]:587
smtp_sasl_auth_enable = yes
smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd
smtp_sasl_tls_security_options = noanonymous
#- sasl_passwd
[mail.example.com]:587 user:password
`,
  *check({ project }) {
    const client = mailClients(project).get(defaultTransport(project));
    if (!client || !isYes(client.parameters, `${client.command}_sasl_auth_enable`)) return;
    if (isYes(client.parameters, "smtp_sender_dependent_authentication")) return;
    const maps = `${client.command}_sasl_password_maps`;
    const tables = openMaps(plainConfiguration(project), client.parameters.value(maps));
    for (const { text, at } of relayHosts(project)) {
      const host = /^\[([^\]]+)\](?::\w+)?$/.exec(text)?.[1];
      if (host === undefined || !at || tables.length === 0 || mayHave(tables, [host, text])) continue;
      yield { at, message: `\`${maps}\` has neither \`${host}\` nor \`${text}\`: the client does not log in` };
    }
  },
};

/** Whether a table has one of the keys, as far as that can be known. */
function mayHave(tables: readonly Table[], keys: readonly string[]): boolean {
  return tables.some((table) => keys.some((key) => table.lookup(key, () => UNKNOWN).kind !== "not found"));
}

const UNKNOWN: LookupResult = { kind: "error", because: "nobody here knows" };
