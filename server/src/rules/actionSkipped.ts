import type { Configuration } from "../config/configuration.ts";
import type { Stage } from "../postfix/stages.ts";
import { eachOddValue } from "./eachOddValue.ts";
import { perService } from "./perService.ts";
import type { AccessMap } from "./places.ts";
import type { Finding, Rule } from "./rule.ts";
import { stagesOfTable } from "./stagesOf.ts";
import { placesOfValue, type OddValue } from "./tableValues.ts";

export const actionSkipped: Rule = {
  code: "action-skipped",
  severity: "warning",
  summary: "An action of an access map does nothing where its table is asked",
  why:
    "`FILTER`, `HOLD`, `DISCARD`, `REDIRECT` and `BCC` are for the program that puts the message into the queue. With `smtpd_proxy_filter`, and for ETRN, there is none that could take them; in the client and HELO lists with `smtpd_delay_reject = no` there is no message yet, for `PREPEND` neither; in `smtpd_end_of_data_restrictions` it is too late for `PREPEND`. " +
    "Postfix logs a warning and goes on as after `DUNNO`. See smtpd_check.c, can_delegate_action(), not_in_client_helo() and check_table_result().",
  manual: "https://www.postfix.org/access.5.html",
  bad: `
smtpd_delay_reject = no
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
smtpd_end_of_data_restrictions = check_sender_access hash:/etc/postfix/senders
#- clients
203.0.113.8   HOLD
#             ^^^^ \`HOLD\` is skipped with a warning: the client and HELO lists are asked before there is a message with smtpd_delay_reject = no
#- senders
example.com   PREPEND X-Checked: yes
#             ^^^^^^^^^^^^^^^^^^^^^^ \`PREPEND\` is skipped with a warning: smtpd_end_of_data_restrictions come too late for it
`,
  good: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
smtpd_data_restrictions = check_sender_access hash:/etc/postfix/senders
#- clients
203.0.113.8   HOLD
#- senders
example.com   PREPEND X-Checked: yes
`,
  check: (context) =>
    perService(context, (configuration) =>
      eachOddValue(configuration, "delivery", (map, odd) => findings(configuration, map, odd)),
    ),
};

function* findings(configuration: Configuration, map: AccessMap, odd: OddValue): Generator<Finding> {
  const why = whySkipped(configuration, map, odd);
  if (why === undefined) return;
  const message = `\`${odd.action ?? ""}\` is skipped with a warning: ${why}`;
  for (const { at, note } of placesOfValue(map, odd)) yield { at, message: message + note };
}

/** Undefined: somewhere it has its effect. */
function whySkipped(configuration: Configuration, { reference }: AccessMap, { action }: OddValue): string | undefined {
  const { parameters } = configuration;
  const stages = [...stagesOfTable(configuration, reference)];
  if (stages.length === 0) return undefined;
  const only = (...these: readonly Stage[]): boolean => stages.every((stage) => these.includes(stage));
  if (action === "PREPEND" && only("end-of-data")) return "smtpd_end_of_data_restrictions come too late for it";
  if (action !== "PREPEND" && parameters.value("smtpd_proxy_filter") !== "") return "smtpd_proxy_filter is set";
  if (action !== "PREPEND" && only("etrn")) return "ETRN brings no message";
  if (!only("client", "helo") || parameters.value("smtpd_delay_reject").toLowerCase() !== "no") return undefined;
  return "the client and HELO lists are asked before there is a message with smtpd_delay_reject = no";
}
