import type { Configuration } from "../config/configuration.ts";
import type { ListWord } from "../config/listWord.ts";
import type { Project } from "../config/project.ts";
import type { ListItem } from "../config/restrictionList.ts";
import type { Location } from "../text/location.ts";
import { commentsIn, inComment } from "./comments.ts";
import { decider, type DecideContext } from "./decides.ts";
import { perService } from "./perService.ts";
import { placesOf, wordIn, type EntryList, type Place } from "./places.ts";
import { few, inEachTable } from "./repeated.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Fix, Related, Rule } from "./rule.ts";

export const neverReached: Rule = {
  code: "never-reached",
  severity: "warning",
  summary: "A restriction stands behind one that always decides",
  why:
    "`permit`, `reject` and `defer` always decide, and so do a class that comes to one of them for every message and a table that always answers about what is always there: `check_client_access static:REJECT`. " +
    "The list ends there, and smtpd logs “restriction `…' after `permit' is ignored”. The search for `reject_unauth_destination` at start-up ends at `permit`, too. " +
    "See smtpd_check.c, generic_checks() and has_required().",
  manual: "https://www.postfix.org/SMTPD_ACCESS_README.html#lists",
  bad: `
smtpd_recipient_restrictions =
    reject_unauth_destination
    permit
    reject_unknown_client_hostname
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_unknown_client_hostname\` is never reached: \`permit\` comes first
smtpd_sender_restrictions = insiders_only, reject_unknown_sender_domain, reject_non_fqdn_sender
#                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_unknown_sender_domain\` and what follows is never reached: \`insiders_only\` comes first
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
smtpd_restriction_classes = insiders_only
insiders_only = permit_mynetworks, reject
#- clients
203.0.113.8 REJECT, go away
#                   ^^ \`go\` and what follows is never reached: \`REJECT\` comes first
`,
  good: `
smtpd_recipient_restrictions =
    reject_unauth_destination
    reject_unknown_client_hostname
    warn_if_reject reject
    permit
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
#- clients
203.0.113.8 REJECT go away
`,
  check: (context) => perService(context, findDead),
};

function* findDead(configuration: Configuration): Generator<Finding> {
  const entries: EntryList[] = [];
  for (const place of placesOf(configuration)) {
    if (place.kind === "entry") entries.push(place);
    else yield* inList(deadItems(configuration, place));
  }
  yield* inEachTable(entries, (place) => inEntries(configuration, place));
}

/** What a list never gets to, and why. */
interface Dead {
  readonly items: readonly ListItem[];
  readonly by: ListItem;
}

function deadItems(configuration: Configuration, place: Place): Dead | undefined {
  const found = decider(configuration, place.list, contextOf(place));
  const by = found && place.list.items[found.index];
  if (!by) return undefined;
  const behind = place.list.items.slice(found.index + 1);
  return { items: behind.filter(({ word }) => !isComment(configuration, place, word)), by };
}

/** A right-hand side does not tell which list asks it. */
function contextOf(place: Place): DecideContext {
  return place.kind === "stage" ? place.stage : "class";
}

function isComment(configuration: Configuration, place: Place, word: ListWord): boolean {
  if (place.kind !== "entry") return inComment(configuration.project, word.at);
  return commentsIn(place.list.name, "C too", () => place.list.name.length).length > 0;
}

/** One finding for what stands together in one file. */
function* inList(dead: Dead | undefined): Generator<Finding> {
  if (!dead) return;
  const { items, by } = dead;
  let stretch: { first: ListItem; at: Location; count: number } | undefined;
  for (const item of items) {
    const at = shownAt(item, by);
    if (!at) continue;
    if (stretch && continues(stretch.at, at)) {
      stretch = { ...stretch, at: { file: at.file, span: { start: stretch.at.span.start, end: at.span.end } } };
      stretch.count += 1;
      continue;
    }
    if (stretch) yield finding(stretch.first, { at: stretch.at, more: stretch.count > 1 }, by);
    stretch = { first: item, at, count: 1 };
  }
  if (stretch) yield finding(stretch.first, { at: stretch.at, more: stretch.count > 1 }, by);
}

function continues(before: Location, at: Location): boolean {
  return before.file === at.file && before.span.start <= at.span.start;
}

/** A word that came by a `$name` which does not also bring what decides is shown at that `$name`. */
function shownAt({ word, argument }: ListItem, by: ListItem): Location | undefined {
  const depth = word.via.findIndex((reference, index) => by.word.via[index] !== reference);
  const reference = depth < 0 ? undefined : word.via[depth];
  if (reference) return reference.source.locate(reference.start, reference.end);
  const [start, end] = [word.at, argument?.at];
  if (!start || end?.file !== start.file || end.span.end < start.span.end) return start;
  return { file: start.file, span: { start: start.span.start, end: end.span.end } };
}

function finding(
  first: ListItem,
  { at, more }: { readonly at: Location; readonly more: boolean },
  by: ListItem,
): Finding {
  const related: readonly Related[] = by.word.at ? [{ at: by.word.at, message: "this always decides" }] : [];
  return { at, message: sentence(first, by, more), related, unnecessary: true };
}

function sentence(first: ListItem, by: ListItem, more: boolean): string {
  const what = more ? `\`${first.word.text}\` and what follows` : `\`${first.text}\``;
  return `${what} is never reached: \`${by.text}\` comes first`;
}

function* inEntries(configuration: Configuration, place: EntryList): Generator<Finding> {
  const { project } = configuration;
  const dead = deadItems(configuration, place);
  const [first] = dead?.items ?? [];
  if (!dead || !first) return;
  const { by } = dead;
  for (const { entry, note } of few(place.entries)) {
    const { at } = wordIn(place, entry, first.word);
    if (!at) continue;
    const fix = replyText(project, wordIn(place, entry, by.word).at, place.list.name);
    yield { at, message: `${sentence(first, by, dead.items.length > 1)}${note}`, ...(fix && { fix }) };
  }
}

/** `REJECT, text` was meant to be `REJECT text`. */
function replyText(project: Project, at: Location | undefined, value: string): Fix | undefined {
  if (!at || !/^(?:reject|defer),[ \t]+/i.test(value)) return undefined;
  const comma = { file: at.file, span: { start: at.span.end, end: at.span.end + 1 } };
  return replaceText(project, comma, ",", { instead: "", title: "Remove the comma: send the text with the refusal" });
}
