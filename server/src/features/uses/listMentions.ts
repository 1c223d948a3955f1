import { accessMapIn, listsOf } from "../../config/accessMaps.ts";
import { clientSettingNamed } from "../../config/clientNames.ts";
import type { Configuration } from "../../config/configuration.ts";
import { placeOf, type ListWord } from "../../config/listWord.ts";
import { textAt, type Project } from "../../config/project.ts";
import { restrictionList, type ListItem } from "../../config/restrictionList.ts";
import { PARAMETERS } from "../../postfix/parameters.ts";
import { stageOf } from "../../postfix/stages.ts";
import { fileSpan, lineAround } from "../../syntax/logicalLines.ts";
import { splitNames, splitWords } from "../../syntax/words.ts";
import type { Location } from "../../text/location.ts";
import type { Span } from "../../text/span.ts";
import { logicalOffset } from "../../syntax/logicalOffset.ts";
import { inlineWords } from "./inlineWords.ts";
import type { Mention } from "./mention.ts";
import { placeIn, type Setting } from "./settings.ts";

/** The parameter that makes classes of others. */
export const CLASSES = "smtpd_restriction_classes";

/** Where the lists of a configuration name classes, and where these are declared; every `$name` is followed. */
export function* listMentions(configuration: Configuration): Generator<Mention> {
  const { project, parameters } = configuration;
  const declared = parameters.expanded(CLASSES);
  for (const { text, start, end } of splitNames(declared.text)) {
    yield* mention(project, text, { at: placeOf(declared, start, end).at, role: "declaration" });
  }
  for (const list of listsOf(configuration)) {
    for (const item of list.items) yield* inItem(project, item);
  }
}

/** The same in a value that no list takes in as things are: another one supersedes it, or nothing uses it. */
export function* deadMentions(setting: Setting): Generator<Mention> {
  const { name, value, configuration } = setting;
  const { project, classes } = configuration;
  if (name === CLASSES) {
    for (const { text, start, end } of splitNames(value)) {
      yield* mention(project, text, { at: placeIn(setting, start, end), role: "declaration" });
    }
  } else if (stageOf(name) || (!PARAMETERS.has(name) && !clientSettingNamed(project, name))) {
    const words = splitWords(value).map(({ text, start, end }) => ({
      text,
      at: placeIn(setting, start, end),
      via: [],
    }));
    for (const item of restrictionList(name, words, (word) => classes.has(word)).items) yield* inItem(project, item);
  }
}

function* inItem(project: Project, item: ListItem): Generator<Mention> {
  const { meaning, word } = item;
  if (meaning.kind === "class" || (meaning.kind === "unknown" && !PARAMETERS.has(word.text))) {
    yield* mention(project, word.text, { at: word.at, role: "use" });
  }
  const table = accessMapIn(item)?.word;
  if (table) yield* inInlineTable(project, table);
}

/** The right-hand sides of a table that stands in its own name: `inline:{…}`, `static:…`. */
function* inInlineTable(project: Project, { text, at }: ListWord): Generator<Mention> {
  const locate = at && partsOf(project, at);
  for (const word of inlineWords(text)) {
    if (!locate || PARAMETERS.has(word.text)) continue;
    const inside = locate(word);
    const isWritten = textAt(project, inside) === word.text;
    yield* mention(project, word.text, { at: isWritten ? inside : at, role: "use" });
  }
}

/** Where the parts of a word stand that may go on over several lines. */
function partsOf(project: Project, { file, span }: Location): ((part: Span) => Location) | undefined {
  const content = project.files.get(file);
  const line = content?.kind === "text" ? lineAround(content.text, span.start) : undefined;
  const base = line && logicalOffset(line, span.start);
  if (!line || base === undefined) return undefined;
  return ({ start, end }) => ({ file, span: fileSpan(line, base + start, base + end) });
}

function* mention(
  project: Project,
  name: string,
  { at, role }: { readonly at: Location | undefined; readonly role: Mention["role"] },
): Generator<Mention> {
  if (!at || name.includes("$")) return;
  const isWritten = textAt(project, at) === name;
  yield { subject: { kind: "parameter", name }, at, name: isWritten ? at.span : undefined, role };
}
