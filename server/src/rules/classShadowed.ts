import { actionNamed } from "../postfix/actions.ts";
import { restrictionNamed } from "../postfix/restrictions.ts";
import type { Configuration } from "../config/configuration.ts";
import { inComment } from "./comments.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";

export const classShadowed: Rule = {
  code: "class-shadowed",
  severity: "warning",
  summary: "A restriction class has the name of a built-in restriction or of an action",
  why:
    "Built-in restrictions come first, in whatever case they are written, so a class called `reject` or `Permit` is never used. " +
    "On the right-hand side of an access map actions come first, too: there `hold` is the action `HOLD`, also when a class has that name. See smtpd_check.c, generic_checks() and check_table_result().",
  manual: "https://www.postfix.org/RESTRICTION_CLASS_README.html",
  bad: `
smtpd_restriction_classes = Reject, hold
#                           ^^^^^^ The class \`Reject\` is never used: the built-in restriction \`reject\` comes first
#                                   ^^^^ In access maps \`hold\` is the action HOLD, not this class
Reject = permit_mynetworks, defer
hold = check_client_access static:HOLD
smtpd_client_restrictions = hold, Reject
`,
  good: `
smtpd_restriction_classes = insiders_only, hold_it
insiders_only = permit_mynetworks, defer
hold_it = check_client_access static:HOLD
smtpd_client_restrictions = hold_it, insiders_only
`,
  check: (context) => perService(context, shadowed),
};

function* shadowed({ project, classes }: Configuration): Generator<Finding> {
  for (const { name, declared } of classes.values()) {
    const { at } = declared;
    if (!at || inComment(project, at)) continue;
    const builtIn = restrictionNamed(name);
    const action = actionNamed(name);
    if (builtIn) {
      const message = `The class \`${name}\` is never used: the built-in restriction \`${builtIn}\` comes first`;
      yield { at, message, unnecessary: true };
    } else if (action) {
      yield { at, message: `In access maps \`${name}\` is the action ${action}, not this class`, severity: "info" };
    }
  }
}
