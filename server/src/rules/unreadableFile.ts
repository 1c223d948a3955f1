import type { Configuration } from "../config/configuration.ts";
import { parseReference } from "../config/tables/reference.ts";
import { perService } from "./perService.ts";
import { tablesOf } from "./places.ts";
import type { Finding, Rule, RuleContext } from "./rule.ts";
import { unusableReference } from "./unusableReference.ts";

export const unreadableFile: Rule = {
  code: "unreadable-file",
  severity: "warning",
  summary: "A file of the configuration cannot be read",
  why:
    "Without main.cf there is nothing to check. A lookup table that Postfix cannot open is no reason not to start: it logs an error, and whoever a look-up is made for is told `451 4.3.5 Server configuration error`. " +
    "A file that only the editor may not read is not checked, although Postfix may read it. See DATABASE_README and dict_surrogate.c.",
  manual: "https://www.postfix.org/DATABASE_README.html",
  bad: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
#                                               ^^^^^^^^^^^^^^^^^^^^^^^^^ \`hash:/etc/postfix/clients\` cannot be opened (No such file or directory): whoever it is looked up for is told 451 4.3.5 Server configuration error
`,
  good: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
#- clients
203.0.113.8 DUNNO
`,
  *check(context) {
    yield* configurationFiles(context);
    yield* perService(context, tables);
  },
};

function* configurationFiles({ project }: RuleContext): Generator<Finding> {
  for (const file of ["main.cf", "master.cf"]) {
    const content = project.files.get(file);
    const at = { file, span: { start: 0, end: 0 } };
    if (content?.kind === "unreadable") {
      const message = `\`${file}\` cannot be read here (${content.because}), so it is not checked`;
      yield { at, message, severity: "error" };
    } else if (file === "main.cf" && (content ? content.kind === "missing" : project.closed)) {
      yield { at, message: "There is no `main.cf`: no Postfix program starts", severity: "error" };
    }
  }
}

function* tables(configuration: Configuration): Generator<Finding> {
  for (const { reference, word, content } of tablesOf(configuration)) {
    const { at } = word;
    if (!at || !parseReference(reference) || unusableReference(reference, configuration.project.release)) continue;
    if (content.kind === "unreadable") {
      yield { at, message: `\`${reference}\` cannot be read here (${content.because}), so it is not checked` };
    } else if (content.kind === "broken" && !reference.startsWith("fail:")) {
      const consequence = "whoever it is looked up for is told 451 4.3.5 Server configuration error";
      yield { at, message: `\`${reference}\` cannot be opened (${content.because}): ${consequence}` };
    }
  }
}
