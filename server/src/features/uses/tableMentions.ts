import { insideName, resolveFile, type Project } from "../../config/project.ts";
import { expand, type Expansion } from "../../config/expand.ts";
import { placeOf } from "../../config/listWord.ts";
import { isNestedTooDeep, parseReference } from "../../config/tables/reference.ts";
import { mapType, mapTypeNamed } from "../../postfix/mapTypes.ts";
import { splitWords } from "../../syntax/words.ts";
import { slice, type Span } from "../../text/span.ts";
import type { Mention } from "./mention.ts";
import { placeIn, type Setting } from "./settings.ts";

/** Each `type:path` in a value, those inside `unionmap:{…}` included, and each file of patterns that a match list names. */
export function tableMentions(setting: Setting): Generator<Mention> {
  return inText(setting, setting.value, 0);
}

/** The mentions in a part of the value that begins at `base`. */
function* inText(setting: Setting, text: string, base: number): Generator<Mention> {
  for (const word of splitWords(text)) {
    const written = word.text.replace(/^!+/, "");
    const start = base + word.end - written.length;
    const brace = /^(?:[a-z]+:)*\{/.exec(written)?.[0].length ?? 0;
    if (brace > 0) {
      if (isNestedTooDeep(written)) continue;
      yield* inText(setting, written.slice(brace, written.endsWith("}") ? -1 : undefined), start + brace);
      continue;
    }
    if (!/[:/$]/.test(written)) continue;
    const mention = inWord(setting, { start, end: base + word.end });
    if (mention) yield mention;
  }
}

function inWord(setting: Setting, word: Span): Mention | undefined {
  const expansion = expansionOf(setting, word);
  const name = tableNamed(setting.configuration.project, expansion.text);
  if (name === undefined || isElsewhere(expansion)) return undefined;
  return {
    subject: { kind: "table", name },
    at: placeIn(setting, word.start, word.end),
    name: lastPart(setting, expansion),
    role: "use",
  };
}

/** Whether all of it is the value of another parameter: that is where the table is mentioned. */
function isElsewhere({ pieces }: Expansion): boolean {
  return pieces.every(({ via }) => via.length > 0);
}

/** The table that `type:path` means, or a file of patterns: its file in the project, or its path where there is none. */
export function tableNamed(project: Project, word: string): string | undefined {
  const path = pathIn(project, word);
  return path === undefined || path === "" ? undefined : (resolveFile(project, path)?.name ?? insideName(path) ?? path);
}

/** The word with every `$name` replaced. Its text keeps its place in the value. */
function expansionOf({ value, ...setting }: Setting, { start, end }: Span): Expansion {
  const { parameters } = setting.configuration;
  const text = value.slice(start, end);
  const locate = (from: number, to: number) => placeIn({ ...setting, value }, start + from, start + to);
  return expand({ parameter: setting.name, text, nameAt: undefined, locate }, parameters.release, (name) =>
    parameters.find(name),
  );
}

/** The path of `type:path`, or of a file of patterns; undefined for anything else. */
function pathIn(project: Project, text: string): string | undefined {
  if (/[\s,]/.test(text)) return undefined;
  const reference = parseReference(text);
  const type = reference && mapTypeNamed(reference.type);
  if (type) return IN_FILES.has(mapType(type).source) ? reference.name : undefined;
  const inside = text.startsWith("/") ? insideName(text) : undefined;
  return inside !== undefined && project.files.get(inside)?.kind === "text" ? text : undefined;
}

const IN_FILES: ReadonlySet<string> = new Set(["file", "config-file"]);

/** Where the last part of the path is written; undefined where it comes from another value. */
function lastPart({ configuration: { project } }: Setting, expansion: Expansion): Span | undefined {
  const { text } = expansion;
  const start = text.search(/[^/:]+$/);
  if (start < 0) return undefined;
  const { at, via } = placeOf(expansion, start, text.length);
  const content = at && project.files.get(at.file);
  if (!at || via.length > 0 || content?.kind !== "text") return undefined;
  return slice(content.text, at.span) === text.slice(start) ? at.span : undefined;
}
