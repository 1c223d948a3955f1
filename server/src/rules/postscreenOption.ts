import { serviceConfigurations } from "../config/configurations.ts";
import type { Configuration } from "../config/configuration.ts";
import { masterEntries } from "../config/masterEntries.ts";
import type { MasterEntry } from "../syntax/masterCf.ts";
import type { Finding, Rule } from "./rule.ts";
import { setHere } from "./setHere.ts";

export const postscreenOption: Rule = {
  code: "postscreen-option",
  severity: "warning",
  summary: "An option is given to postscreen, but only the SMTP server behind it would read it",
  why:
    "postscreen looks at clients and hands them to the service that `smtpd_service_name` names (`smtpd`, of the type `pass`). It has no restriction lists, logins, filters or milters: a `-o` for these changes nothing there, without a word, and the SMTP server behind it takes its value from main.cf. " +
    "When postscreen takes over port 25, the options of the SMTP server have to go with it. Nothing is said where the server behind has the same value anyway. See POSTSCREEN_README, “Turning on postscreen(8)”, and the parameters that postscreen.c, main() names.",
  manual: "https://www.postfix.org/POSTSCREEN_README.html#enable",
  bad: `
smtpd_milters = inet:127.0.0.1:11332
#- master.cf
smtp      inet n - n - 1 postscreen
    -o content_filter=scan:[127.0.0.1]:10024
#      ^^^^^^^^^^^^^^ postscreen does not read \`content_filter\`: \`smtpd\` behind it has no value
    -o smtpd_milters=
#      ^^^^^^^^^^^^^ postscreen does not read \`smtpd_milters\`: \`smtpd\` behind it has \`inet:127.0.0.1:11332\`
    -o smtpd_sasl_auth_enable=no
smtpd     pass n - n - - smtpd
scan      unix - - n - - smtp
`,
  good: `
smtpd_milters = inet:127.0.0.1:11332
#- master.cf
smtp      inet n - n - 1 postscreen
    -o postscreen_greet_action=enforce
smtpd     pass n - n - - smtpd
    -o content_filter=scan:[127.0.0.1]:10024
    -o smtpd_milters=
scan      unix - - n - - smtp
`,
  *check({ project }) {
    const servers = serviceConfigurations(project).filter(({ service }) => service.entry?.columns[1]?.text === "pass");
    for (const entry of masterEntries(project)) {
      if (entry.columns[7]?.text !== "postscreen") continue;
      const server = servers.find(({ parameters, service }) => service.name === nameBehind(entry, parameters));
      if (server) yield* lostOptions(entry, server);
    }
  },
};

/** The service that gets the clients of postscreen. */
function nameBehind({ options }: MasterEntry, parameters: Configuration["parameters"]): string {
  return options.findLast(({ name }) => name === SERVICE_NAME)?.value ?? parameters.value(SERVICE_NAME);
}

const SERVICE_NAME = "smtpd_service_name";

function* lostOptions({ options }: MasterEntry, { parameters, service }: Configuration): Generator<Finding> {
  for (const { name, nameSpan, value } of options) {
    if (!LOST.test(name)) continue;
    const behind = parameters.value(name);
    if (value === behind || value === parameters.written(name)?.text) continue;
    const has = behind === "" ? "has no value" : `has \`${behind}\``;
    const message = `postscreen does not read \`${name}\`: \`${service.name}\` behind it ${has}`;
    yield { at: { file: "master.cf", span: nameSpan }, message, related: setHere(parameters.written(name)) };
  }
}

/** What smtpd reads, and postscreen does not, not even as the default of a parameter of its own. */
const LOST =
  /^(?:smtpd_(?:(?:client|helo|sender|relay|recipient|data|end_of_data|etrn)_restrictions|restriction_classes|delay_reject|sasl_\w+|sender_login_maps|milters|proxy_\w+|tls_auth_only|tls_wrappermode|reject_unlisted_\w+|authorized_\w+_hosts|recipient_limit|upstream_proxy_protocol)|content_filter|receive_override_options|cleanup_service_name|milter_\w+)$/;
