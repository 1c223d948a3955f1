import { makeConfiguration, type Configuration } from "../config/configuration.ts";
import { listWords } from "../config/listWord.ts";
import { parseReference } from "../config/tables/reference.ts";
import { restrictionList } from "../config/restrictionList.ts";
import { PLAIN_SERVICE } from "../config/services.ts";
import { STAGES } from "../postfix/stages.ts";
import type { Project } from "../config/project.ts";
import { inComment } from "./comments.ts";
import { accessMapsOf, placesOf } from "./places.ts";
import type { Finding, Rule, RuleContext } from "./rule.ts";
import { nearest, undeclaredClasses } from "./suggest.ts";

export const unusedClass: Rule = {
  code: "unused-class",
  severity: "hint",
  summary: "A restriction class, or a list that looks like one, is not used",
  why:
    "A class does something only where a restriction list, another class or the right-hand side of an access map names it. Nothing is said when a class may be named by a table that cannot be read. " +
    "A parameter that Postfix does not know is ignored; postconf(1) calls it unused. See RESTRICTION_CLASS_README.",
  manual: "https://www.postfix.org/RESTRICTION_CLASS_README.html",
  bad: `
smtpd_restriction_classes = insiders, outsiders
#                                     ^^^^^^^^^ No list, class or access map uses the class \`outsiders\`
insiders = permit_mynetworks, reject
outsiders = reject_unknown_client_hostname
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders
smtpd_recipient_restriction = permit_mynetworks, reject_unauth_destination
#<------------------------- \`smtpd_recipient_restriction\` looks like a restriction list, but it is not a parameter of Postfix, not a declared class and not used (did you mean \`smtpd_recipient_restrictions\`?)
#- senders
example.com insiders
`,
  good: `
smtpd_restriction_classes = insiders, outsiders
insiders = permit_mynetworks, outsiders
outsiders = reject_unknown_client_hostname
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders
common = reject_non_fqdn_sender, reject_unknown_sender_domain
smtpd_recipient_restrictions = $common, reject_unauth_destination
#- senders
example.com insiders
`,
  *check(context) {
    const configurations = [...context.configurations, makeConfiguration(context.project, PLAIN_SERVICE)];
    const used = new Set(configurations.flatMap((configuration) => [...usedWords(configuration)]));
    yield* unusedClasses(context, configurations, used);
    yield* strayLists(context.project, configurations, used);
  },
};

/** What stands at the place of a restriction anywhere, except for a class in its own definition. */
function* usedWords(configuration: Configuration): Generator<string> {
  for (const place of placesOf(configuration)) {
    const itself = place.kind === "class" ? place.list.name : undefined;
    for (const { meaning, word } of place.list.items) {
      const isName = meaning.kind === "class" || meaning.kind === "unknown";
      if (isName && word.text !== itself && !inComment(configuration.project, word.at)) yield word.text;
    }
  }
}

function* unusedClasses(
  { configurations }: RuleContext,
  all: readonly Configuration[],
  used: ReadonlySet<string>,
): Generator<Finding> {
  const said = new Set<string>();
  for (const { classes, project } of configurations) {
    for (const { name, declared, list } of classes.values()) {
      const { at } = declared;
      if (!list || !at || said.has(name) || used.has(name) || inComment(project, at)) continue;
      said.add(name);
      const use = otherUse(all, name);
      const message = `No list, class or access map uses the class \`${name}\``;
      if (use.kind === "none") yield { at, message, unnecessary: true };
      else if (use.kind === "policy") yield { at, message: `${message}, so only an answer of ${use.service} could` };
    }
  }
}

type OtherUse =
  { readonly kind: "none" | "unknown" } | { readonly kind: "policy"; readonly service: string };

/** Who else may name a class: tables whose entries are not known here, policy services. */
function otherUse(configurations: readonly Configuration[], name: string): OtherUse {
  const maps = configurations.flatMap((configuration) => accessMapsOf(configuration));
  const hidden = maps.some(({ content }) => {
    if (content.kind === "unknown" || content.kind === "unreadable") return true;
    return content.kind === "patterns" && mayName(content.text, name);
  });
  if (hidden) return { kind: "unknown" };
  const [service] = configurations.flatMap((configuration) => policyServices(configuration));
  return service === undefined ? { kind: "none" } : { kind: "policy", service: `\`${service}\`` };
}

/** Whether the text has the name in it, or puts parts of what it matched into the answer. */
function mayName(text: string, name: string): boolean {
  return text.includes(name) || /\$[\d{(]/.test(text);
}

function policyServices(configuration: Configuration): readonly string[] {
  return placesOf(configuration).flatMap(({ list }) =>
    list.items
      .filter(({ meaning }) => meaning.kind === "restriction" && meaning.name === "check_policy_service")
      .map(({ text }) => text),
  );
}

/** Parameters that are neither Postfix's nor used, and whose value is a restriction list from end to end. */
function* strayLists(
  project: Project,
  configurations: readonly Configuration[],
  used: ReadonlySet<string>,
): Generator<Finding> {
  const [configuration] = configurations;
  if (!configuration) return;
  const texts = [project.mainCf?.text ?? "", project.masterCf?.text ?? ""];
  for (const name of undeclaredClasses(configuration)) {
    const declared = configurations.some(({ classes }) => classes.has(name));
    const at = configuration.parameters.written(name)?.nameAt;
    if (declared || at?.file !== "main.cf" || used.has(name) || texts.some((text) => refersTo(text, name))) continue;
    if (!looksLikeList(configuration, name)) continue;
    const meant = nearest(name, STAGES.map(({ parameter }) => parameter));
    const hint = meant === undefined ? "" : ` (did you mean \`${meant}\`?)`;
    const what = `\`${name}\` looks like a restriction list, but it is not a parameter of Postfix, not a declared class and not used`;
    yield { at, message: what + hint, unnecessary: true };
  }
}

/** A `$name` anywhere, in comments too: better to say nothing than to be wrong. */
function refersTo(text: string, name: string): boolean {
  return new RegExp(`\\$[({]?\\s*${name}\\b`).test(text);
}

/** One restriction alone may be the value of something else: `reject`. A name with `_` in it is a restriction. */
function looksLikeList({ parameters, classes }: Configuration, name: string): boolean {
  const { items } = restrictionList(name, listWords(parameters.expanded(name)), (word) => classes.has(word));
  const known = items.every(({ meaning, word }) => {
    return meaning.kind === "table" ? parseReference(word.text) !== undefined : meaning.kind !== "unknown";
  });
  return known && items.some(({ meaning, word }) => meaning.kind === "restriction" && word.text.includes("_"));
}
