import type { Configuration } from "../config/configuration.ts";
import { plainConfiguration } from "../config/configurations.ts";
import { restrictionNamed } from "../postfix/restrictions.ts";
import { inComment } from "./comments.ts";
import { accessMapsOf, placesOf } from "./places.ts";
import type { Finding, Rule, RuleContext } from "./rule.ts";

export const unusedClass: Rule = {
  code: "unused-class",
  severity: "hint",
  summary: "A restriction class is not used",
  why:
    "A class does something only where a restriction list, another class or the right-hand side of an access map names it. Nothing is said when a class may be named by a table that cannot be read. " +
    "See RESTRICTION_CLASS_README.",
  manual: "https://www.postfix.org/RESTRICTION_CLASS_README.html",
  bad: `
smtpd_restriction_classes = insiders, outsiders
#                                     ^^^^^^^^^ No list, class or access map uses the class \`outsiders\`
insiders = permit_mynetworks, reject
outsiders = reject_unknown_client_hostname
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders
#- senders
example.com insiders
`,
  good: `
smtpd_restriction_classes = insiders, outsiders
insiders = permit_mynetworks, outsiders
outsiders = reject_unknown_client_hostname
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders
#- senders
example.com insiders
`,
  *check(context) {
    const configurations = [...context.configurations, plainConfiguration(context.project)];
    const used = new Set(configurations.flatMap((configuration) => [...usedWords(configuration)]));
    yield* unusedClasses(context, configurations, used);
  },
};

/** What stands at the place of a restriction anywhere, except for a class in its own definition. */
export function* usedWords(configuration: Configuration): Generator<string> {
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
