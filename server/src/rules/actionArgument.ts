import type { ActionName } from "../postfix/actions.ts";
import type { Configuration } from "../config/configuration.ts";
import { eachOddValue } from "./eachOddValue.ts";
import { perService } from "./perService.ts";
import type { AccessMap } from "./places.ts";
import { rightHandSide } from "../config/rightHandSide.ts";
import type { Finding, Rule } from "./rule.ts";
import { placesOfValue, type OddValue } from "./tableValues.ts";

export const actionArgument: Rule = {
  code: "action-argument",
  severity: "warning",
  summary: "An action of an access map lacks what it needs behind it, so it is ignored",
  why: "`FILTER` wants `transport:destination`, `REDIRECT` and `BCC` want an address with its domain, `PREPEND` wants a header line. Without that Postfix logs a warning, ignores the action and goes on as after `DUNNO`. See access(5) and smtpd_check.c, check_table_result().",
  manual: "https://www.postfix.org/access.5.html",
  bad: `
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders
#- senders
a.example.com  FILTER scanner
#              ^^^^^^^^^^^^^^ \`FILTER\` needs \`transport:destination\`: Postfix ignores this action with a warning
b.example.com  REDIRECT postmaster
#              ^^^^^^^^^^^^^^^^^^^ \`REDIRECT\` needs an address with its domain: Postfix ignores this action with a warning
c.example.com  PREPEND checked by us
#              ^^^^^^^^^^^^^^^^^^^^^ \`PREPEND\` needs a header, \`name: value\`: Postfix ignores this action with a warning
`,
  good: `
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders
#- senders
a.example.com  FILTER smtp:[127.0.0.1]:10025
b.example.com  REDIRECT postmaster@example.com
c.example.com  PREPEND X-Checked: by us
`,
  check: (context) =>
    perService(context, (configuration: Configuration) => eachOddValue(configuration, "bad argument", findings)),
};

const NEEDS: Readonly<Partial<Record<ActionName, string>>> = {
  FILTER: "`transport:destination`",
  REDIRECT: "an address with its domain",
  BCC: "an address with its domain",
  PREPEND: "a header, `name: value`",
};

function* findings(map: AccessMap, odd: OddValue): Generator<Finding> {
  const side = rightHandSide(odd.value);
  const needed = side.kind === "action" ? NEEDS[side.action] : undefined;
  if (side.kind !== "action" || needed === undefined) return;
  const message = `\`${side.action}\` needs ${needed}: Postfix ignores this action with a warning`;
  for (const { at, note } of placesOfValue(map, odd)) yield { at, message: message + note };
}
