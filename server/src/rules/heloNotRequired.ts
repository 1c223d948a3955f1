import type { Configuration } from "../config/configuration.ts";
import { assignments } from "../syntax/mainCf.ts";
import { perService } from "./perService.ts";
import type { Finding, Fix, Rule } from "./rule.ts";

export const heloNotRequired: Rule = {
  code: "helo-not-required",
  severity: "info",
  summary: "The checks of the HELO name can be evaded by sending none",
  why: "A client that sends neither HELO nor EHLO skips all of `smtpd_helo_restrictions`, even `reject`. With `smtpd_helo_required = yes` it is told `503 5.5.1 Error: send HELO/EHLO first`. See smtpd_check.c, smtpd_check_helo() and smtpd_check_rcpt().",
  manual: "https://www.postfix.org/postconf.5.html#smtpd_helo_required",
  bad: `
smtpd_helo_restrictions = reject_invalid_helo_hostname
#<--------------------- A client that sends no HELO skips this list: smtpd_helo_required is off
`,
  good: `
smtpd_helo_required = yes
smtpd_helo_restrictions = reject_invalid_helo_hostname
`,
  check: (context) => perService(context, findEvadable),
};

function* findEvadable(configuration: Configuration): Generator<Finding> {
  const { parameters, lists } = configuration;
  const at = parameters.written("smtpd_helo_restrictions")?.nameAt;
  if (!at || parameters.value("smtpd_helo_required").toLowerCase() === "yes") return;
  const mayRefuse = lists.helo.items.some(({ meaning }) => {
    return meaning.kind !== "restriction" || !meaning.name.startsWith("permit");
  });
  if (!mayRefuse) return;
  const fix = requireHelo(configuration);
  yield { at, message: "A client that sends no HELO skips this list: smtpd_helo_required is off", ...(fix && { fix }) };
}

/** Says `yes` where main.cf says `no`, or says it in front of the list. */
function requireHelo({ parameters, project }: Configuration): Fix | undefined {
  const title = "Set smtpd_helo_required = yes";
  const written = parameters.written("smtpd_helo_required");
  if (written) {
    const place = written.locate(0, written.text.length);
    return place && { title, edits: [{ file: place.file, edits: [{ span: place.span, newText: "yes" }] }] };
  }
  const list = project.mainCf && assignments(project.mainCf).findLast(({ name }) => name === "smtpd_helo_restrictions");
  if (!list) return undefined;
  const { start } = list.nameSpan;
  const edit = { span: { start, end: start }, newText: "smtpd_helo_required = yes\n" };
  return { title, edits: [{ file: "main.cf", edits: [edit] }] };
}
