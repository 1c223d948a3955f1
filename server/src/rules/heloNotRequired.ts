import type { Configuration } from "../config/configuration.ts";
import { restriction } from "../postfix/restrictions.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";
import { setAbove } from "./setAbove.ts";
import { setHere } from "./setHere.ts";

export const heloNotRequired: Rule = {
  code: "helo-not-required",
  severity: "info",
  summary: "A client escapes smtpd_helo_restrictions by not saying HELO",
  why: "`smtpd_helo_restrictions` is left out for a client that sends no HELO or EHLO, even a `reject` in it, and without `smtpd_helo_required = yes` a client need not. See postconf(5) and smtpd_check.c, smtpd_check_rcpt().",
  manual: "https://www.postfix.org/postconf.5.html#smtpd_helo_required",
  bad: `
smtpd_helo_restrictions = permit_mynetworks, reject_invalid_helo_hostname
#<--------------------- A client that does not say HELO is not asked any of this, for \`smtpd_helo_required\` is \`no\`
`,
  good: `
smtpd_helo_required = yes
smtpd_helo_restrictions = permit_mynetworks, reject_invalid_helo_hostname
`,
  check: (context) => perService(context, find),
};

function* find({ parameters, lists }: Configuration): Generator<Finding> {
  const list = parameters.written("smtpd_helo_restrictions");
  const at = list?.nameAt;
  if (!at || parameters.value("smtpd_helo_required").toLowerCase() !== "no") return;
  const refuses = lists.helo.items.some(
    ({ meaning }) =>
      meaning.kind !== "restriction" ||
      restriction(meaning.name).can.some((outcome) => outcome !== "OK" && outcome !== "DUNNO"),
  );
  if (!refuses) return;
  const message = "A client that does not say HELO is not asked any of this, for `smtpd_helo_required` is `no`";
  const written = parameters.written("smtpd_helo_required");
  const fix = written ? undefined : setAbove(at, "smtpd_helo_required = yes");
  yield { at, message, related: setHere(written), ...(fix && { fix }) };
}
