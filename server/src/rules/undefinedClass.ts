import type { Configuration } from "../config/configuration.ts";
import type { ListWord } from "../config/listWord.ts";
import type { ListItem, RestrictionList } from "../config/restrictionList.ts";
import { actionNamed } from "../postfix/actions.ts";
import { mapTypeNamed } from "../postfix/mapTypes.ts";
import { restriction, restrictionNamed } from "../postfix/restrictions.ts";
import type { Location } from "../text/location.ts";
import { commentsIn, inComment } from "./comments.ts";
import { isWithin, swallowedAssignment, swallowedFinding, type SwallowedAssignment } from "./swallowedAssignment.ts";
import { declareClass } from "./declareClass.ts";
import { decider, type DecideContext } from "./decides.ts";
import { perService } from "./perService.ts";
import { placesOf, wordIn, type EntryList } from "./places.ts";
import { few, inEachTable } from "./repeated.ts";
import { replaceText } from "./replaceText.ts";
import { UNKNOWN_RESTRICTION, type Finding, type Fix, type Related, type Rule } from "./rule.ts";
import { meantInList, meantInTable, undeclaredClasses } from "./suggest.ts";

export const undefinedClass: Rule = {
  code: "undefined-class",
  severity: "error",
  summary: "A word in a list is neither a restriction nor a declared restriction class",
  why:
    "Postfix starts all the same. Only when the word is reached it logs `unknown smtpd restriction` and replies `451 4.3.5 Server configuration error`, so every message that gets there is put off, with `warn_if_reject` too. " +
    "A parameter is a restriction class only when `smtpd_restriction_classes` names it, and the case of the name matters. In an access map, what is not an action is such a list, too. " +
    "See RESTRICTION_CLASS_README, access(5) and smtpd_check.c, generic_checks().",
  manual: "https://www.postfix.org/RESTRICTION_CLASS_README.html",
  bad: `
smtpd_recipient_restrictions =
    permit_mynetworks
    reject_unauth_destinations
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_unauth_destinations\` is neither a restriction nor a declared class (did you mean \`reject_unauth_destination\`?): whoever gets here is told 451 4.3.5 Server configuration error
    check_recipient_access hash:/etc/postfix/protected
smtpd_sender_restrictions = Insiders
#                           ^^^^^^^^ \`Insiders\` is neither a restriction nor a declared class (did you mean \`insiders\`?): whoever gets here is told 451 4.3.5 Server configuration error
smtpd_restriction_classes = insiders
insiders = permit_mynetworks, reject
greylist = check_policy_service inet:127.0.0.1:10023
#- protected
all@example.com    insiders
staff@example.com  greylist
#                  ^^^^^^^^ \`greylist\` is defined but not declared in smtpd_restriction_classes: whoever gets here is told 451 4.3.5 Server configuration error
sales@example.com  BLOCK
#                  ^^^^^ \`BLOCK\` is neither a restriction nor a declared class (did you mean \`REJECT\`?): whoever gets here is told 451 4.3.5 Server configuration error
`,
  good: `
smtpd_recipient_restrictions =
    permit_mynetworks
    reject_unauth_destination
    check_recipient_access hash:/etc/postfix/protected
smtpd_restriction_classes = insiders, greylist
insiders = permit_mynetworks, reject
greylist = check_policy_service inet:127.0.0.1:10023
#- protected
all@example.com    insiders
staff@example.com  greylist
sales@example.com  REJECT
`,
  check: (context) => perService(context, findUnknown),
};

function* findUnknown(configuration: Configuration): Generator<Finding> {
  const entries: EntryList[] = [];
  for (const place of placesOf(configuration)) {
    if (place.kind === "entry") entries.push(place);
    else yield* inList(configuration, place.list, place.kind === "stage" ? place.stage : "class");
  }
  yield* inEachTable(entries, (place) => inEntries(configuration, place));
}

function* inList(configuration: Configuration, list: RestrictionList, context: DecideContext): Generator<Finding> {
  let swallowed: SwallowedAssignment | undefined;
  for (const item of reached(configuration, list, context)) {
    const { word } = item;
    const { at } = word;
    if (isLostArgument(list, item)) continue;
    if (!at || inComment(configuration.project, at) || (swallowed && isWithin(at, swallowed.line))) continue;
    swallowed = swallowedAssignment(configuration.project, at);
    if (swallowed) yield swallowedFinding(configuration.project, swallowed);
    else yield* finding(configuration, word, meantInList(word.text, configuration));
  }
}

/** What the item before it should have taken for its argument: `wrong-argument` says that. */
function isLostArgument({ items }: RestrictionList, item: ListItem): boolean {
  const before = items[items.indexOf(item) - 1];
  if (!before) return false;
  const { meaning, word, argument } = before;
  if (isTypeAlone((argument ?? word).text)) return item.word.text.startsWith("/");
  if (meaning.kind !== "restriction" || !restriction(meaning.name).argument.endsWith("-dns-list")) return false;
  return restrictionNamed(argument?.text ?? "") !== undefined && /^[\w-]+(?:\.[\w-]+)+/.test(item.word.text);
}

/** `hash:`, or the type without its colon. */
function isTypeAlone(word: string): boolean {
  return word.endsWith(":") || mapTypeNamed(word) !== undefined;
}

/** The unknown words of a list that Postfix can get to. */
function reached(configuration: Configuration, list: RestrictionList, context: DecideContext): readonly ListItem[] {
  const end = decider(configuration, list, context)?.index ?? list.items.length;
  return list.items.slice(0, end).filter(({ meaning }) => meaning.kind === "unknown");
}

/** Of a text that is no list at all only the first word is of interest. */
function* inEntries(configuration: Configuration, place: EntryList): Generator<Finding> {
  const { list, entries } = place;
  if (commentsIn(list.name, "C too", () => list.name.length).length > 0) return;
  const unknown = reached(configuration, list, "class");
  for (const [index, { word }] of unknown.entries()) {
    const meant = meantInTable(word.text, configuration);
    if (index > 0 && meant === undefined) continue;
    for (const { entry, note } of few(entries)) {
      for (const found of finding(configuration, wordIn(place, entry, word), meant)) {
        yield { ...found, message: `${found.message}${note}` };
      }
    }
  }
}

function* finding(configuration: Configuration, word: ListWord, meant: string | undefined): Generator<Finding> {
  const { text, at } = word;
  if (!at) return;
  if (text === "\\") {
    yield { at, message: `${BACKSLASH}: ${UNKNOWN_RESTRICTION}`, fix: removal(at) };
    return;
  }
  const declare = undeclaredClasses(configuration).includes(text);
  const fix = declare
    ? declareClass(configuration, text)
    : meant === undefined
      ? undefined
      : replace(configuration, word, meant);
  const related = declare ? definition(configuration, text) : [];
  yield { at, message: sentence(text, declare ? "declare" : meant), related, ...(fix && { fix }) };
}

const BACKSLASH = "`\\` is taken as a restriction, for white space alone continues a line";

function removal({ file, span }: Location): Fix {
  return { title: "Remove the backslash", edits: [{ file, edits: [{ span, newText: "" }] }] };
}

function sentence(word: string, meant: string | undefined): string {
  if (meant === "declare") {
    return `\`${word}\` is defined but not declared in smtpd_restriction_classes: ${UNKNOWN_RESTRICTION}`;
  }
  const isAction = actionNamed(word) !== undefined;
  const what = isAction ? "an action of access maps, not a restriction" : "neither a restriction nor a declared class";
  const unknown = `\`${word}\` is ${what}`;
  return meant === undefined
    ? `${unknown}: ${UNKNOWN_RESTRICTION}`
    : `${unknown} (did you mean \`${meant}\`?): ${UNKNOWN_RESTRICTION}`;
}

function definition({ parameters }: Configuration, name: string): readonly Related[] {
  const at = parameters.written(name)?.nameAt;
  return at ? [{ at, message: `\`${name}\` is defined here` }] : [];
}

/** Without braces around it a `-o` has no white space. */
function replace({ project }: Configuration, { text, at }: ListWord, meant: string): Fix | undefined {
  const instead = at?.file === "master.cf" ? meant.replaceAll(", ", ",") : meant;
  return replaceText(project, at, text, { instead });
}
