import type { Configuration } from "../config/configuration.ts";
import type { SourceText } from "../config/sourceText.ts";
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

function* find(configuration: Configuration): Generator<Finding> {
  const { parameters, project } = configuration;
  if (parameters.value(NAME).toLowerCase() !== "no") return;
  const written = parameters.written(NAME);
  if (written) yield* writtenNo(written);
  else if (compareReleases(project.release, "3.9") < 0) yield* byDefault(configuration);
}

const NAME = "smtpd_forbid_bare_newline";
const MESSAGE = "Bare newlines end lines, so mail with a forged sender can be smuggled in";

function* writtenNo({ nameAt, text, locate }: SourceText): Generator<Finding> {
  if (!nameAt) return;
  const value = text.toLowerCase() === "no" ? locate(0, text.length) : undefined;
  const edits = value && [{ file: value.file, edits: [{ span: value.span, newText: "normalize" }] }];
  yield { at: nameAt, message: MESSAGE, ...(edits && { fix: { title: "Change to `normalize`", edits } }) };
}

/** Shown where the server is described, for want of a better place. */
function* byDefault({ parameters, lists }: Configuration): Generator<Finding> {
  const at = parameters.written("smtpd_banner")?.nameAt ?? lists.recipient.items[0]?.word.at;
  if (at) yield { at, severity: "info", message: `${MESSAGE}: set \`${NAME} = normalize\`` };
}
