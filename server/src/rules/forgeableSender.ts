import type { Configuration } from "../config/configuration.ts";
import { forgeries, type Forgery } from "../relay/forgeries.ts";
import { dialogueText } from "../relay/wording.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";

export const forgeableSender: Rule = {
  code: "forgeable-sender",
  slow: true,
  severity: "info",
  summary: "Who may send is decided by the sender address alone, which the client chooses",
  why:
    "`MAIL FROM` is what the client says. A list or class that lets some senders through and refuses the others lets everybody through who gives the right address; one that holds some senders back holds nobody back who gives another one. " +
    "Each finding was tried with both messages. See RESTRICTION_CLASS_README, “Protecting internal email distribution lists”; a login with `reject_sender_login_mismatch`, or the address of the client, tells who it is.",
  manual: "https://www.postfix.org/RESTRICTION_CLASS_README.html#internal",
  bad: `
compatibility_level = 3.6
mydestination = example.com
smtpd_recipient_restrictions = check_recipient_access hash:/etc/postfix/protected
smtpd_restriction_classes = insiders_only
insiders_only = check_sender_access hash:/etc/postfix/insiders, reject
#                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^ A forged sender gets through \`insiders_only\`: anyone may say MAIL FROM:<someone@example.com>, and is refused only as <someone@stranger.example>: HELO mail.stranger.example, MAIL FROM:<someone@example.com>, RCPT TO:<all@example.com> → 250
#- protected
all@example.com  insiders_only
#- insiders
example.com  OK
`,
  good: `
compatibility_level = 3.6
mydestination = example.com
smtpd_recipient_restrictions = check_recipient_access hash:/etc/postfix/protected
smtpd_restriction_classes = insiders_only
insiders_only = permit_mynetworks, reject
#- protected
all@example.com  insiders_only
`,
  check: (context) => perService(context, findForgeries),
};

function* findForgeries(configuration: Configuration): Generator<Finding> {
  for (const forgery of forgeries(configuration)) {
    const { item, message } = forgery;
    const at = item.argument?.at;
    if (at) yield { at, message: textOf(forgery), proof: () => ({ message, configuration }) };
  }
}

function textOf({ item, way, name, who, message, refused }: Forgery): string {
  const passed = `\`${name ?? item.text}\``;
  return (
    `A forged sender gets ${way} ${passed}: ${who} may say MAIL FROM:<${message.sender ?? ""}>, ` +
    `and is refused only as <${refused}>: ${dialogueText(message)} → 250`
  );
}
