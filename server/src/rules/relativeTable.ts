import type { Configuration } from "../config/configuration.ts";
import { CONFIG_DIRECTORY } from "../config/project.ts";
import { parseReference } from "../config/tables/reference.ts";
import { mapTypeNamed } from "../postfix/mapTypes.ts";
import { isTextFile } from "./accessTable.ts";
import { perService } from "./perService.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Rule } from "./rule.ts";
import { tableWords } from "./tableWords.ts";

export const relativeTable: Rule = {
  code: "relative-table",
  severity: "error",
  summary: "The name of a table does not begin with `/`, so that Postfix looks for the file in its queue directory",
  why:
    "Every Postfix program works in `queue_directory` (`/var/spool/postfix`), so `hash:virtual` is `/var/spool/postfix/virtual.db` to it. postmap(1) works where it is called, so it finds the file, and nobody notices until look-ups fail: `451 4.3.5 Server configuration error` in a restriction list. " +
    "See DATABASE_README and single_server.c, single_server_main().",
  manual: "https://www.postfix.org/DATABASE_README.html#types",
  bad: `
smtpd_client_restrictions = check_client_access hash:clients
#                                               ^^^^^^^^^^^^ \`clients\` is looked for in \`queue_directory\` (/var/spool/postfix), not beside main.cf: unless it is there, each look-up fails
virtual_alias_maps = regexp:virtual/patterns
#                    ^^^^^^^^^^^^^^^^^^^^^^^ \`virtual/patterns\` is looked for in \`queue_directory\` (/var/spool/postfix), not beside main.cf: unless it is there, each look-up fails
`,
  good: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
virtual_alias_maps = regexp:$config_directory/virtual/patterns
#- clients
203.0.113.8 REJECT
`,
  check: (context) => perService(context, find),
};

function* find(configuration: Configuration): Generator<Finding> {
  const { project, parameters } = configuration;
  for (const word of tableWords(configuration)) {
    const reference = parseReference(word.text);
    const type = mapTypeNamed(reference?.type ?? "");
    if (!reference || !type || !word.at || !isTextFile(type) || /^[/{]/.test(reference.name)) continue;
    const place = `\`queue_directory\` (${parameters.value("queue_directory")})`;
    const message = `\`${reference.name}\` is looked for in ${place}, not beside main.cf: unless it is there, each look-up fails`;
    const before = word.text.slice(0, word.text.length - reference.name.length);
    const fix = replaceText(project, word.at, word.text, { instead: `${before}${CONFIG_DIRECTORY}/${reference.name}` });
    yield { at: word.at, message, ...(fix && { fix }) };
  }
}
