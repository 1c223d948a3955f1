import type { Configuration } from "../config/configuration.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";

export const macroError: Rule = {
  code: "macro-error",
  severity: "error",
  summary: "A `$name` in a value cannot be expanded",
  why:
    "Programs that need the value stop with `fatal: dictionary mail_dict: macro processing error`, smtpd among them for its own parameters. A `$` that is meant as such is written `$$`; a parameter may not contain itself. " +
    "See postconf(5), “main.cf file format”, and mac_expand.c, mac_expand_callback().",
  manual: "https://www.postfix.org/postconf.5.html",
  bad: `
smtpd_banner = $myhostname ESMTP for 5 $ only
#                                      ^ A macro cannot be expanded (empty macro name), and programs that read \`smtpd_banner\` do not start
smtpd_client_restrictions = $common
common = $others, reject_unknown_client_hostname
#        ^^^^^^^ A macro cannot be expanded (unreasonable macro call nesting), and programs that read \`smtpd_client_restrictions\` do not start
others = $common
`,
  good: `
smtpd_banner = $myhostname ESMTP for 5 $$ only
smtpd_client_restrictions = $common
common = reject_unknown_client_hostname
`,
  check: (context) => perService(context, findErrors),
};

function* findErrors(configuration: Configuration): Generator<Finding> {
  const { parameters, classes } = configuration;
  for (const name of parameters.writtenNames()) {
    if (EXPANDED_LATER.has(name) || !(PARAMETERS.has(name) || classes.has(name))) continue;
    const [problem] = parameters.expanded(name).problems;
    const at = problem?.source.locate(problem.start, problem.end);
    if (!problem || !at) continue;
    const consequence = `programs that read \`${name}\` do not start`;
    yield { at, message: `A macro cannot be expanded (${problem.message}), and ${consequence}` };
  }
}

/** Parameters that are read as they are and expanded when they are used. See mail_conf_raw.c. */
export const EXPANDED_LATER: ReadonlySet<string> = new Set([
  "command_expansion_filter",
  "default_rbl_reply",
  "execution_directory_expansion_filter",
  "export_environment",
  "fallback_transport",
  "forward_expansion_filter",
  "forward_path",
  "luser_relay",
  "mailbox_command",
  "mailbox_transport",
  "smtpd_expansion_filter",
  "smtpd_reject_footer",
]);
