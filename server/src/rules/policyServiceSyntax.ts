import type { ListItem } from "../config/restrictionList.ts";
import { parsePolicyService } from "../evaluate/checks/policyService.ts";
import { eachItem, type ItemProblem } from "./items.ts";
import { perService } from "./perService.ts";
import { replaceText } from "./replaceText.ts";
import type { Configuration } from "../config/configuration.ts";
import type { Rule } from "./rule.ts";

export const policyServiceSyntax: Rule = {
  code: "policy-service-syntax",
  severity: "error",
  summary: "What stands behind check_policy_service is no policy service",
  why:
    "`check_policy_service` takes `inet:host:port`, `unix:path`, or `{ endpoint, name = value, … }`. smtpd reads it when it starts, and does not start when it cannot. At the end of a list, with nothing behind it, whoever gets there is told `451 4.3.5 Server configuration error`. " +
    "See SMTPD_POLICY_README and smtpd_check.c, policy_client_register().",
  manual: "https://www.postfix.org/SMTPD_POLICY_README.html",
  bad: `
smtpd_recipient_restrictions = reject_unauth_destination,
    check_policy_service private/policy,
#                        ^^^^^^^^^^^^^^ smtpd does not start: need service transport:endpoint instead of "private/policy"
    check_policy_service { inet:127.0.0.1:10023, default_reply=DUNNO },
#                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ smtpd does not start: unknown option: "default_reply = DUNNO"
    check_policy_service
#   ^^^^^^^^^^^^^^^^^^^^ \`check_policy_service\` needs a service, \`transport:endpoint\`: whoever gets here is told 451 4.3.5 Server configuration error
`,
  good: `
smtpd_recipient_restrictions = reject_unauth_destination,
    check_policy_service unix:private/policy,
    check_policy_service { inet:127.0.0.1:10023, default_action=DUNNO }
`,
  check: (context) =>
    perService(context, (configuration) => eachItem(configuration, (item) => problemOf(configuration, item))),
};

function* problemOf({ project }: Configuration, { meaning, word, argument }: ListItem): Generator<ItemProblem> {
  if (meaning.kind !== "restriction" || meaning.name !== "check_policy_service") return;
  if (!argument) {
    const told = "whoever gets here is told 451 4.3.5 Server configuration error";
    yield { words: [word], message: `\`${word.text}\` needs a service, \`transport:endpoint\`: ${told}` };
    return;
  }
  const service = parsePolicyService(argument.text);
  if (!("fatal" in service)) return;
  const { text } = argument;
  const transport = transportOf(text);
  const fix = transport && { instead: `${transport}:${text}` };
  yield {
    words: [argument],
    message: `smtpd does not start: ${service.fatal}`,
    fix: (at) => fix && replaceText(project, at, text, fix),
  };
}

/** A path is a socket, a host with a port a connection. */
function transportOf(text: string): "unix" | "inet" | undefined {
  if (/^[\w./-]*\/[\w./-]+$/.test(text)) return "unix";
  return /^(?:localhost|[\w-]+\.[\w.-]+):\d+$/.test(text) ? "inet" : undefined;
}
