import { accessMapUses } from "../config/accessMaps.ts";
import type { Configuration } from "../config/configuration.ts";
import type { ListWord } from "../config/listWord.ts";
import { textAt } from "../config/project.ts";
import { parseReference } from "../config/tables/reference.ts";
import { mapTypeNamed } from "../postfix/mapTypes.ts";
import { compareReleases } from "../postfix/release.ts";
import { defaultTableType } from "./defaultTableType.ts";
import { perService } from "./perService.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Fix, Rule } from "./rule.ts";
import { tableParameters, tableWords } from "./tableWords.ts";
import { unusableReference } from "./unusableReference.ts";

export const unusableTable: Rule = {
  code: "unusable-table",
  severity: "error",
  summary: "A table has a type that Postfix does not know, or a name that it cannot read",
  why:
    "The type of a table is written in small letters: `HASH:` is another type, and an unknown one. `inline:`, `randmap:`, `unionmap:` and `pipemap:` want their parts in braces, and in `inline:` a value with blanks wants braces around the pair. " +
    "Braces around a whole table, with settings behind it, are for `check_ccert_access` alone. " +
    "A table that cannot be opened is no reason not to start: Postfix logs an error, and each look-up fails; in a restriction list that is `451 4.3.5 Server configuration error`. " +
    "A path without its type, or a type without its colon, is worse: before Postfix 3.12 no program that opens the table starts. See DATABASE_README, dict_open.c and dict_surrogate.c.",
  manual: "https://www.postfix.org/DATABASE_README.html#types",
  bad: `
smtpd_client_restrictions = check_client_access HASH:/etc/postfix/clients
#                                               ^^^^^^^^^^^^^^^^^^^^^^^^^ \`HASH:/etc/postfix/clients\` cannot be used, each look-up fails: Postfix has no type \`HASH\` of tables (did you mean \`hash\`?)
smtpd_data_restrictions = check_client_access { hash:/etc/postfix/clients }
#                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`{ hash:/etc/postfix/clients }\` cannot be used, each look-up fails: only \`check_ccert_access\` takes a table in braces
smtpd_sender_restrictions = check_sender_access inline:{example.com=REJECT no}
#                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`inline:{example.com=REJECT no}\` cannot be used, each look-up fails: missing '=' after attribute name: "inline:{example.com=REJECT no}"; need "inline:{name=value...}"
virtual_alias_maps = unionmap:hash:/etc/postfix/virtual
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \`unionmap:hash:/etc/postfix/virtual\` cannot be used, each look-up fails: \`unionmap:\` wants \`{type:name, type:name, …}\`
canonical_maps = hash /etc/postfix/canonical
#                ^^^^ \`hash\` is not \`type:name\`: each look-up in \`canonical_maps\` fails
transport_maps = /etc/postfix/transport
#                ^^^^^^^^^^^^^^^^^^^^^^ \`/etc/postfix/transport\` is not \`type:name\`: each look-up in \`transport_maps\` fails
`,
  good: `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
smtpd_sender_restrictions = check_sender_access inline:{{example.com = REJECT no}}
virtual_alias_maps = unionmap:{hash:/etc/postfix/virtual, static:root}
transport_maps = hash:/etc/postfix/transport
#- clients
203.0.113.8 REJECT
`,
  *check(context) {
    yield* perService(context, findUnusable);
    yield* perService(context, findBraced);
    yield* perService(context, findUnnamed);
  },
};

/** Words of a list of tables that are not `type:name`. See dict_open.c, dict_open(). */
function* findUnnamed(configuration: Configuration): Generator<Finding> {
  const isFatal = compareReleases(configuration.project.release, "3.12") < 0;
  for (const { name, words } of tableParameters(configuration)) {
    for (const [index, word] of words.entries()) {
      if (!word.at || parseReference(word.text) || isPathOf(words[index - 1], word)) continue;
      // What an earlier table answers does not come to this one: maps.c, maps_find().
      const which = index === 0 ? `each look-up in \`${name}\`` : `each look-up in \`${name}\` that comes to it`;
      const consequence = isFatal ? `programs that read \`${name}\` do not start` : `${which} fails`;
      const fix = isPath(word) ? typeAdded(configuration, word) : joined(configuration, word, words[index + 1]);
      yield { at: word.at, message: `\`${word.text}\` is not \`type:name\`: ${consequence}`, ...(fix && { fix }) };
    }
  }
}

/** Whether a path belongs to the type before it, which is said there. */
function isPathOf(type: ListWord | undefined, path: ListWord): boolean {
  return type !== undefined && isType(type) && isPath(path);
}

function isPath({ text }: ListWord): boolean {
  return text.startsWith("/");
}

function isType({ text }: ListWord): boolean {
  return mapTypeNamed(text.replace(/:$/, "")) !== undefined;
}

function typeAdded(configuration: Configuration, { at, text }: ListWord): Fix | undefined {
  return replaceText(configuration.project, at, text, { instead: `${defaultTableType(configuration)}:${text}` });
}

/** `hash /path` and `hash: /path` were meant as one word. */
function joined({ project }: Configuration, type: ListWord, path: ListWord | undefined): Fix | undefined {
  if (!path || !isType(type) || !isPath(path) || !type.at || type.at.file !== path.at?.file) return undefined;
  const at = { file: type.at.file, span: { start: type.at.span.start, end: path.at.span.end } };
  const written = textAt(project, at) ?? "";
  if (!/^[a-z]+:?[ \t]+\/[^\s,]*$/.test(written)) return undefined;
  return replaceText(project, at, written, { instead: `${type.text.replace(/:$/, "")}:${path.text}` });
}

/** Only check_ccert_access looks for its table in the braces. See smtpd_check.c, generic_checks() and check_mail_access(). */
function* findBraced(configuration: Configuration): Generator<Finding> {
  const { project } = configuration;
  for (const { word, reference, check } of accessMapUses(configuration)) {
    if (!word.at || !word.text.startsWith("{") || check === "check_ccert_access") continue;
    const message = `\`${word.text}\` cannot be used, each look-up fails: only \`check_ccert_access\` takes a table in braces`;
    const fix = reference.includes(":") && replaceText(project, word.at, word.text, { instead: reference });
    yield { at: word.at, message, ...(fix && { fix }) };
  }
}

function* findUnusable(configuration: Configuration): Generator<Finding> {
  const { project } = configuration;
  for (const word of tableWords(configuration)) {
    const bad = unusableReference(word.text, project.release);
    if (!bad || !word.at) continue;
    const message = `\`${word.text}\` cannot be used, each look-up fails: ${bad.because}`;
    const fix =
      bad.instead === undefined ? undefined : replaceText(project, word.at, word.text, { instead: bad.instead });
    yield { at: word.at, message, ...(fix && { fix }) };
  }
}
