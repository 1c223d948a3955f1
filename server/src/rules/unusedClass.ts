import type { Configuration } from "../config/configuration.ts";
import { plainConfiguration } from "../config/configurations.ts";
import { listWords } from "../config/listWord.ts";
import { parseReference } from "../config/tables/reference.ts";
import { restrictionList } from "../config/restrictionList.ts";
import { restrictionNamed } from "../postfix/restrictions.ts";
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
    const configurations = [...context.configurations, plainConfiguration(context.project)];
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
  { project, configurations }: RuleContext,
  all: readonly Configuration[],
  used: ReadonlySet<string>,
): Generator<Finding> {
  const declared = new Map(configurations.flatMap(({ classes }) => [...classes]));
  for (const [name, { declared: word, list }] of declared) {
    const { at } = word;
    if (!list || !at || used.has(name) || inComment(project, at)) continue;
    const message = unusedMessage(all, name);
    if (message !== undefined) yield { at, message, unnecessary: true };
  }
}

/** Undefined: it may be used where nobody can look, or `class-shadowed` says why it is not. */
function unusedMessage(configurations: readonly Configuration[], name: string): string | undefined {
  if (restrictionNamed(name)) return undefined;
  const message = `No list, class or access map uses the class \`${name}\``;
  const use = otherUse(configurations);
  if (use.kind === "policy") return `${message}, so only an answer of ${use.service} could`;
  return use.kind === "none" ? message : undefined;
}

type OtherUse = { readonly kind: "none" | "unknown" } | { readonly kind: "policy"; readonly service: string };

/** Who else may name a class: tables whose entries are not known here, policy services. */
function otherUse(configurations: readonly Configuration[]): OtherUse {
  const maps = configurations.flatMap((configuration) => accessMapsOf(configuration));
  const hidden = maps.some(({ content }) => {
    return content.kind === "unknown" || content.kind === "unreadable" || (content.kind === "entries" && content.open);
  });
  if (hidden) return { kind: "unknown" };
  const [service] = configurations.flatMap((configuration) => policyServices(configuration));
  return service === undefined ? { kind: "none" } : { kind: "policy", service: `\`${service}\`` };
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
  const texts = [project.mainCf, project.masterCf].flatMap((file) => file?.text ?? []);
  const isUsed = (name: string): boolean =>
    used.has(name) ||
    texts.some((text) => refersTo(text, name)) ||
    configurations.some(({ classes }) => classes.has(name));
  const plain = plainConfiguration(project);
  for (const name of undeclaredClasses(plain)) {
    const at = plain.parameters.written(name)?.nameAt;
    if (at?.file !== "main.cf" || isUsed(name) || !looksLikeList(plain, name)) continue;
    yield { at, message: strayMessage(name), unnecessary: true };
  }
}

function strayMessage(name: string): string {
  const lists = STAGES.map(({ parameter }) => parameter);
  const meant = nearest(name, lists);
  const hint = meant === undefined ? "" : ` (did you mean \`${meant}\`?)`;
  return `\`${name}\` looks like a restriction list, but it is not a parameter of Postfix, not a declared class and not used${hint}`;
}

/** A `$name` anywhere, in comments too: better to say nothing than to be wrong. */
function refersTo(text: string, name: string): boolean {
  for (const [, found] of text.matchAll(/\$[({]?\s*(\w+)/g)) if (found === name) return true;
  return false;
}

/** One restriction alone may be the value of something else: `reject`. A name with `_` in it is a restriction. */
function looksLikeList({ parameters, classes }: Configuration, name: string): boolean {
  const { items } = restrictionList(name, listWords(parameters.expanded(name)), (word) => classes.has(word));
  const known = items.every(({ meaning, word }) => {
    return meaning.kind === "table" ? parseReference(word.text) !== undefined : meaning.kind !== "unknown";
  });
  return known && items.some(({ meaning, word }) => meaning.kind === "restriction" && word.text.includes("_"));
}
