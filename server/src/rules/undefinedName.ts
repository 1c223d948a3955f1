import type { Reference } from "../config/expand.ts";
import type { Project } from "../config/project.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import { derived } from "../text/derived.ts";
import { EXPANDED_LATER } from "./macroError.ts";
import type { Finding, Rule } from "./rule.ts";
import { nearest } from "./suggest.ts";
import { settingsInForce, type WrittenSetting } from "./writtenSettings.ts";

export const undefinedName: Rule = {
  code: "undefined-name",
  severity: "warning",
  summary: "A `$name` stands for nothing",
  why:
    "Postfix replaces a name that nobody has set with nothing and goes on; only postconf(1) warns. A list loses what should stand there, often the only rule it had: the stock master.cf has `$mua_client_restrictions`, which means nothing until main.cf sets it. " +
    "`${name?text}` and `${name:text}` ask whether a name has a value, so they may name what is not set. See postconf(5) and mac_expand.c.",
  manual: "https://www.postfix.org/postconf.5.html",
  bad: `
smtpd_client_restrictions = permit_mynetworks, $common_check
#                                              ^^^^^^^^^^^^^ \`$common_check\` is not set, so nothing takes its place (did you mean \`$common_checks\`?)
common_checks = reject_unknown_client_hostname
#- master.cf
submission inet n - n - - smtpd
    -o smtpd_client_restrictions=$mua_client_restrictions
#                                ^^^^^^^^^^^^^^^^^^^^^^^^ \`$mua_client_restrictions\` is not set, so \`smtpd_client_restrictions\` is empty
`,
  good: `
smtpd_client_restrictions = permit_mynetworks, $common_checks
common_checks = reject_unknown_client_hostname
mua_client_restrictions = permit_sasl_authenticated, reject
#- master.cf
submission inet n - n - - smtpd
    -o smtpd_client_restrictions=$mua_client_restrictions
`,
  *check({ project }) {
    for (const setting of settingsInForce(project)) {
      if (EXPANDED_LATER.has(setting.name)) continue;
      for (const reference of missingReferences(setting)) yield* finding(setting, reference, namesIn(project));
    }
  },
};

/** What a name without a value may have meant. */
const namesIn = derived((project: Project): readonly string[] => [
  ...new Set([...settingsInForce(project).map(({ name }) => name), ...PARAMETERS.keys()]),
]);

/** The names without a value that stand in the value itself, not in what it refers to. */
function missingReferences({ name, parameters }: WrittenSetting): readonly Reference[] {
  return parameters
    .expanded(name)
    .references.filter(
      (reference) =>
        reference.source === parameters.written(name) &&
        reference.mode === "use" &&
        !reference.found &&
        parameters.written(reference.name) === undefined &&
        !PARAMETERS.has(reference.name),
    );
}

function* finding(
  { name, source, parameters }: WrittenSetting,
  reference: Reference,
  known: readonly string[],
): Generator<Finding> {
  const at = source.locate(reference.start, reference.end);
  if (!at) return;
  const meant = nearest(reference.name, known);
  const isEmpty = parameters.value(name).trim() === "";
  const consequence = isEmpty ? `\`${name}\` is empty` : "nothing takes its place";
  const hint = meant === undefined ? "" : ` (did you mean \`$${meant}\`?)`;
  const message = `\`$${reference.name}\` is not set, so ${consequence}${hint}`;
  if (meant === undefined) {
    yield { at, message };
    return;
  }
  const newText = source.text.slice(reference.start, reference.end).replace(reference.name, meant);
  const edits = [{ file: at.file, edits: [{ span: at.span, newText }] }];
  yield { at, message, fix: { title: `Change to \`${newText}\``, edits } };
}
