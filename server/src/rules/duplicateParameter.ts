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
    for (const setting of writtenSettings(project)) {
      if (setting.replacedBy) yield finding(setting, setting.replacedBy);
    }
  },
};

function finding(earlier: WrittenSetting, { name, nameAt, source }: WrittenSetting): Finding {
  const same = earlier.source.text === source.text;
  const consequence = same ? "with the same value" : "this value wins, and the one above is lost";
  const message = `\`${name}\` is set above already${same ? "," : ":"} ${consequence}`;
  const related = [{ at: earlier.nameAt, message: "the first setting" }];
  const { line } = earlier;
  const fix = line && {
    title: "Remove the setting that does not count",
    edits: [{ file: line.file, edits: [{ span: line.span, newText: "" }] }],
  };
  return { at: nameAt, message, related, ...(same && { severity: "info" as const }), ...(fix && { fix }) };
}
