import type { Configuration } from "../config/configuration.ts";
import { compareReleases } from "../postfix/release.ts";
import { perService } from "./perService.ts";
import type { Finding, Rule } from "./rule.ts";

export const bareNewline: Rule = {
  code: "bare-newline-accepted",
  severity: "warning",
  summary: "The SMTP server takes a bare newline for the end of a line, which allows SMTP smuggling",
  why:
    "A message that ends in `<LF>.<CR><LF>` for one server and goes on for the next lets a stranger smuggle a second message with a forged sender through the first. `smtpd_forbid_bare_newline = normalize` (the default since 3.9; 3.5.23, 3.6.13, 3.7.9 and 3.8.4 have it, set to `no`) puts an end to it. " +
    "`reject_unauth_pipelining` in `smtpd_data_restrictions` helps against the older forms of the attack. See the page on SMTP smuggling and postconf(5).",
  manual: "https://www.postfix.org/smtp-smuggling.html",
  bad: `
smtpd_forbid_bare_newline = no
#<----------------------- Bare newlines end lines, so mail with a forged sender can be smuggled in
`,
  good: `
smtpd_forbid_bare_newline = normalize
`,
  check: (context) => perService(context, find),
};

function* find({ parameters, project, lists }: Configuration): Generator<Finding> {
  if (parameters.value("smtpd_forbid_bare_newline").toLowerCase() !== "no") return;
  const written = parameters.written("smtpd_forbid_bare_newline");
  const at = written?.nameAt;
  const message = "Bare newlines end lines, so mail with a forged sender can be smuggled in";
  if (at) {
    const fix = written.text.toLowerCase() === "no" ? written.locate(0, written.text.length) : undefined;
    const edits = fix && [{ file: fix.file, edits: [{ span: fix.span, newText: "normalize" }] }];
    yield { at, message, ...(edits && { fix: { title: "Change to `normalize`", edits } }) };
    return;
  }
  const banner = parameters.written("smtpd_banner")?.nameAt ?? lists.recipient.items[0]?.word.at;
  if (!banner || compareReleases(project.release, "3.9") >= 0) return;
  yield { at: banner, severity: "info", message: `${message}: set \`smtpd_forbid_bare_newline = normalize\`` };
}
