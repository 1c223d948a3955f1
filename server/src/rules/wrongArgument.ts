import { textAt } from "../config/project.ts";
import type { Configuration } from "../config/configuration.ts";
import type { ListItem } from "../config/restrictionList.ts";
import { parseReference } from "../config/tables/reference.ts";
import { compareReleases } from "../postfix/release.ts";
import { mapTypeNamed } from "../postfix/mapTypes.ts";
import { restriction, restrictionNamed, type RestrictionName } from "../postfix/restrictions.ts";
import type { Location } from "../text/location.ts";
import { defaultTableType } from "./defaultTableType.ts";
import { eachItem, type ItemProblem } from "./items.ts";
import { perService } from "./perService.ts";
import { replaceText } from "./replaceText.ts";
import type { Fix, Rule } from "./rule.ts";

export const wrongArgument: Rule = {
  code: "wrong-argument",
  severity: "error",
  summary: "A restriction has no argument, or one of the wrong kind",
  why:
    "Some restrictions take the next word of the list with them, whatever it is. `check_*_access` without `type:name` behind it, and `sleep` without a number, are told to whoever gets there as `451 4.3.5 Server configuration error`; " +
    "a DNS list takes the name of the next restriction for its domain, so that restriction is lost; at the end of the list it is skipped with a warning. `type:` without a name keeps smtpd before 3.12 from starting; later releases cannot open the table. " +
    "See smtpd_check.c, is_map_command() and generic_checks(); dict_open.c.",
  manual: "https://www.postfix.org/postconf.5.html#smtpd_recipient_restrictions",
  bad: `
smtpd_client_restrictions = check_client_access permit_mynetworks, sleep
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`check_client_access\` needs a table, \`type:name\`, and takes \`permit_mynetworks\` for it: whoever gets here is told 451 4.3.5 Server configuration error
#                                                                  ^^^^^ \`sleep\` needs a number of seconds: whoever gets here is told 451 4.3.5 Server configuration error
smtpd_sender_restrictions = check_sender_access /etc/postfix/senders, warn_if_reject
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`check_sender_access\` needs a table, \`type:name\`, and takes \`/etc/postfix/senders\` for it: whoever gets here is told 451 4.3.5 Server configuration error
#                                                                     ^^^^^^^^^^^^^^ \`warn_if_reject\` has no restriction behind it and does nothing
smtpd_recipient_restrictions =
    reject_rbl_client reject_unauth_destination zen.example.org
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`reject_rbl_client\` takes \`reject_unauth_destination\` for the domain of the DNS list, so that restriction is lost
    reject_unauth_destination
    reject_rhsbl_sender
#   ^^^^^^^^^^^^^^^^^^^ \`reject_rhsbl_sender\` needs the domain of a DNS list: Postfix skips it with a warning
`,
  good: `
smtpd_client_restrictions = check_client_access static:DUNNO, permit_mynetworks, sleep 1
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders, warn_if_reject reject_unknown_sender_domain
smtpd_recipient_restrictions =
    reject_unauth_destination
    reject_rbl_client zen.example.org
    reject_rhsbl_sender dbl.example.org=127.0.1.2
#- senders
example.com OK
`,
  check: (context) =>
    perService(context, (configuration) => eachItem(configuration, (item) => problemOf(configuration, item))),
};

const BROKEN = "whoever gets here is told 451 4.3.5 Server configuration error";

function* problemOf(configuration: Configuration, item: ListItem): Generator<ItemProblem> {
  const { meaning } = item;
  if (meaning.kind === "table") yield* withoutName(configuration, item);
  if (meaning.kind !== "restriction") return;
  switch (restriction(meaning.name).argument) {
    case "access-map":
      yield* tableProblem(configuration, item);
      break;
    case "client-dns-list":
    case "domain-dns-list":
      yield* dnsListProblem(configuration, item);
      break;
    case "seconds":
      yield* secondsProblem(item);
      break;
    case "restriction":
      yield* nothingSoftened(item);
      break;
    case "policy-service":
    case "none":
  }
}

function* tableProblem(configuration: Configuration, item: ListItem): Generator<ItemProblem> {
  const { word, argument } = item;
  if (argument?.text.includes(":")) {
    yield* withoutName(configuration, item);
    return;
  }
  const taken = argument ? `, and takes \`${argument.text}\` for it` : "";
  const message = `\`${word.text}\` needs a table, \`type:name\`${taken}: ${BROKEN}`;
  yield { words: [word, argument], message, fix: (at) => typeAdded(configuration, item, at) };
}

/** `/path` alone is a table without its type, a type without its colon stands before its path. */
function typeAdded(configuration: Configuration, { argument, next }: ListItem, at: Location): Fix | undefined {
  if (mapTypeNamed(argument?.text ?? "") && next?.text.startsWith("/")) {
    return joined(configuration, at, { newText: ":", title: `Change to \`${argument?.text ?? ""}:${next.text}\`` });
  }
  if (!argument?.text.startsWith("/")) return undefined;
  const { end } = at.span;
  const place = { file: at.file, span: { start: end - argument.text.length, end } };
  return replaceText(configuration.project, place, argument.text, {
    instead: `${defaultTableType(configuration)}:${argument.text}`,
  });
}

/** `hash:` with its path behind a blank, or with none. */
function* withoutName(configuration: Configuration, item: ListItem): Generator<ItemProblem> {
  const word = item.argument ?? item.word;
  if (word.text.startsWith("{") || parseReference(word.text)) return;
  const fatal = compareReleases(configuration.project.release, "3.12") < 0;
  const consequence = fatal ? "smtpd does not start" : "the table cannot be opened";
  const { next } = item;
  const isPath = word.text.endsWith(":") && next?.text.startsWith("/") === true;
  const message = `\`${word.text}\` is not \`type:name\`: ${consequence}`;
  yield { words: [word], message, fix: (at) => (isPath ? joined(configuration, at, NO_BLANK) : undefined) };
}

const NO_BLANK = { newText: "", title: "Remove the blank" };

/** Puts a text in place of the blanks between a type and its path. */
function joined({ project }: Configuration, at: Location, { newText, title }: typeof NO_BLANK): Fix | undefined {
  const { end } = at.span;
  const behind = textAt(project, { file: at.file, span: { start: end, end: end + 100 } }) ?? "";
  const blanks = /^[ \t]+(?=\/)/.exec(behind)?.[0];
  if (blanks === undefined) return undefined;
  const span = { start: end, end: end + blanks.length };
  return { title, edits: [{ file: at.file, edits: [{ span, newText }] }] };
}

function* dnsListProblem(configuration: Configuration, item: ListItem): Generator<ItemProblem> {
  const { word, argument, next } = item;
  if (!argument) {
    const message = `\`${word.text}\` needs the domain of a DNS list: Postfix skips it with a warning`;
    yield { words: [word], message };
    return;
  }
  if (isTable(argument.text)) {
    const message = `\`${word.text}\` takes \`${argument.text}\` for the domain of a DNS list, and no list has that name`;
    yield { words: [word, argument], message };
    return;
  }
  if (!isInList(configuration, argument.text)) return;
  const message = `\`${word.text}\` takes \`${argument.text}\` for the domain of the DNS list, so that restriction is lost`;
  const isDomain = next !== undefined && /^[\w-]+(?:\.[\w-]+)+/.test(next.text);
  yield { words: [word, argument], message, fix: (at) => (isDomain ? swapped(configuration, item, at) : undefined) };
}

function isTable(word: string): boolean {
  return mapTypeNamed(parseReference(word)?.type ?? "") !== undefined;
}

function isInList({ classes }: Configuration, word: string): boolean {
  const name: RestrictionName | undefined = restrictionNamed(word);
  return name !== undefined || classes.has(word);
}

/** `reject_rbl_client, reject_unauth_destination zen.example.org` has two words in the wrong order. */
function swapped({ project }: Configuration, { word, argument, next }: ListItem, at: Location): Fix | undefined {
  if (!argument || next?.at?.file !== at.file || argument.at?.file !== at.file) return undefined;
  const [first, second] = [argument.at, next.at];
  if (textAt(project, first) !== argument.text || textAt(project, second) !== next.text) return undefined;
  const edits = [
    { span: first.span, newText: next.text },
    { span: second.span, newText: argument.text },
  ];
  return { title: `Put \`${next.text}\` behind \`${word.text}\``, edits: [{ file: at.file, edits }] };
}

function* secondsProblem({ word, argument }: ListItem): Generator<ItemProblem> {
  if (argument && /^[0-9]+$/.test(argument.text)) return;
  yield { words: [word, argument], message: `\`${word.text}\` needs a number of seconds: ${BROKEN}` };
}

function* nothingSoftened({ word, next }: ListItem): Generator<ItemProblem> {
  if (next) return;
  const message = `\`${word.text}\` has no restriction behind it and does nothing`;
  yield { words: [word], message, severity: "info", unnecessary: true };
}
