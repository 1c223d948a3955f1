import type { Project } from "../config/project.ts";
import type { SourceText } from "../config/sourceText.ts";
import { hasWrapperMode, isOptional, mailClients, tlsLevel, type MailClient } from "./mailClients.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Fix, Rule } from "./rule.ts";

export const wrapperModeWithoutTls: Rule = {
  code: "wrapper-mode-without-tls",
  severity: "warning",
  summary: "A client is to begin with TLS, but may do without it, so that it delivers nothing",
  why:
    'With `smtp_tls_wrappermode = yes` the SMTP client skips every host for which its TLS security level is below `encrypt`, with the warning `smtp_tls_wrappermode requires "smtp_tls_security_level = encrypt" (or stronger)`; the mail stays in the queue. ' +
    "Nothing is said where `smtp_tls_policy_maps` may give hosts a level of their own. See postconf(5), `smtp_tls_wrappermode`, and smtp_connect.c, smtp_connect_inet().",
  manual: "https://www.postfix.org/postconf.5.html#smtp_tls_wrappermode",
  bad: `
relayhost = [mail.example.com]:465
smtp_tls_wrappermode = yes
#<------------------ \`smtp_tls_wrappermode\` needs \`smtp_tls_security_level = encrypt\` or stronger, which is \`may\`: no mail is delivered
smtp_tls_security_level = may
`,
  good: `
relayhost = [mail.example.com]:465
smtp_tls_wrappermode = yes
smtp_tls_security_level = encrypt
`,
  *check({ project }) {
    const seen = new Set<string>();
    for (const client of mailClients(project).values()) {
      for (const finding of withoutTls(project, client)) {
        const { file, span } = finding.at;
        const key = `${file}:${span.start}:${finding.message}`;
        if (!seen.has(key)) yield finding;
        seen.add(key);
      }
    }
  },
};

function* withoutTls(project: Project, client: MailClient): Generator<Finding> {
  const { program, parameters } = client;
  const [mode, levelName] = [`${program}_tls_wrappermode`, `${program}_tls_security_level`];
  const at = parameters.written(mode)?.nameAt;
  const level = tlsLevel(client);
  if (!at || !hasWrapperMode(client) || !isOptional(level)) return;
  if ([`${program}_tls_policy_maps`, `${program}_tls_per_site`].some((maps) => parameters.value(maps) !== "")) return;
  const message = `\`${mode}\` needs \`${levelName} = encrypt\` or stronger, which is \`${level}\`: no mail is delivered`;
  const written = parameters.written(levelName);
  const related = written?.nameAt ? [{ at: written.nameAt, message: "set here" }] : [];
  const fix = at.file === "main.cf" ? strongerLevel(project, { levelName, written, before: at.span.start }) : undefined;
  yield { at, message, related, ...(fix && { fix }) };
}

/** Changes the level that is written, or writes one in the line before the mode. */
function strongerLevel(
  project: Project,
  {
    levelName,
    written,
    before,
  }: { readonly levelName: string; readonly written: SourceText | undefined; readonly before: number },
): Fix | undefined {
  if (written) {
    const { text, locate } = written;
    return replaceText(project, locate(0, text.length), text, { instead: "encrypt" });
  }
  const edits = [{ span: { start: before, end: before }, newText: `${levelName} = encrypt\n` }];
  return { title: `Set \`${levelName} = encrypt\``, edits: [{ file: "main.cf", edits }] };
}
