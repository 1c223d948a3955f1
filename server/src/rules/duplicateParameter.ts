import { textOf } from "../config/project.ts";
import type { Span } from "../text/span.ts";
import type { Finding, Rule } from "./rule.ts";
import { writtenSettings, type WrittenSetting } from "./writtenSettings.ts";

export const duplicateParameter: Rule = {
  code: "duplicate-parameter",
  severity: "warning",
  summary: "A parameter is set twice, and the first value is lost",
  why: "The last setting of a name wins, in main.cf and among the `-o` options of a service. postconf(1) warns about main.cf (`overriding earlier entry`), a running Postfix says nothing. See postconf(5), “main.cf file format”, and dict_ht.c, dict_ht_update().",
  manual: "https://www.postfix.org/postconf.5.html",
  inParts: true,
  bad: `
mydestination = example.com
myhostname = mx.example.com
mydestination = $myhostname, localhost
#<----------- \`mydestination\` is set above already: this value wins, and the one above is lost
`,
  good: `
mydestination = example.com, $myhostname, localhost
myhostname = mx.example.com
`,
  *check({ project }) {
    const text = textOf(project, "master.cf");
    for (const setting of writtenSettings(project)) {
      if (setting.replacedBy) yield finding(text, setting, setting.replacedBy);
    }
  },
};

function finding(text: string, earlier: WrittenSetting, { name, nameAt, source }: WrittenSetting): Finding {
  const same = earlier.source.text === source.text;
  const consequence = same ? "with the same value" : "this value wins, and the one above is lost";
  const message = `\`${name}\` is set above already${same ? "," : ":"} ${consequence}`;
  const related = [{ at: earlier.nameAt, message: "the first setting" }];
  const { file, span } = earlier.line ?? { file: "master.cf", span: optionSpan(text, earlier) };
  const fix = span && {
    title: "Remove the setting that does not count",
    edits: [{ file, edits: [{ span, newText: "" }] }],
  };
  return { at: nameAt, message, related, ...(same && { severity: "info" as const }), ...(fix && { fix }) };
}

/** A `-o` with its value: whole lines when nothing else stands there, else with the white space beside it. */
function optionSpan(text: string, setting: WrittenSetting): Span | undefined {
  const option = optionOf(setting);
  if (!option) return undefined;
  const { start, end } = option;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  if (text.slice(lineStart, start).trim() !== "") return { start: text.slice(0, start).trimEnd().length, end };
  const rest = /^[ \t\r]*\n?/.exec(text.slice(end))?.[0] ?? "";
  const isAlone = rest.endsWith("\n") || end + rest.length === text.length;
  return { start: isAlone ? lineStart : start, end: end + rest.length };
}

/** From the `-o` to the end of its value, which may be one word. */
function optionOf({ entry, nameAt: { span } }: WrittenSetting): Span | undefined {
  const words = entry?.arguments ?? [];
  const index = words.findIndex((word) => word.span.start <= span.start && span.start < word.span.end);
  const value = words[index];
  const option = value?.text.startsWith("-o") ? value : words[index - 1];
  return value && option && { start: option.span.start, end: value.span.end };
}
