import { PARAMETERS } from "../postfix/parameters.ts";
import { assignments, type MainCf } from "./mainCf.ts";

/**
 * Whether a text is made into a configuration by another program first: Jinja, Go and Mustache (`{{ … }}`, `{% … %}`),
 * ERB and EPP (`<% … %>`), Template Toolkit (`[% … %]`), `{name}/` in a path, `{name}` as a whole value, `{=name}`, `{SOME_NAME}` as a word or part of one,
 * `${name[…]}`, `%(name)s`, `%{name}` at the begin of a line, or `@NAME@`, `%NAME%`, `!NAME!`, `__NAME__`, `##NAME##`, or `PH_NAME` (iRedMail) that the text
 * does not set. Comments do not count, apart from lines of Jinja in them. `${{…}}` and the braces of tables such as
 * `inline:{{key = value}}` are Postfix's own. Of a file that Ansible has encrypted nothing can be read.
 */
export function isTemplate(text: string): boolean {
  return MARKS.some(({ sign, mark, unless, inComments = false }) => {
    return text.includes(sign) && unless?.test(text) !== true && stands(mark, text, inComments);
  });
}

/** Whether a mark stands in a text. Behind a `#`, nothing more of the line is looked at. */
function stands(mark: RegExp, text: string, inComments: boolean): boolean {
  let from = 0;
  for (const { index } of text.matchAll(mark)) {
    if (index < from) continue;
    if (inComments || !text.slice(text.lastIndexOf("\n", index) + 1, index).includes("#")) return true;
    const end = text.indexOf("\n", index);
    from = end < 0 ? text.length : end;
  }
  return false;
}

interface Mark {
  /** What the mark cannot be without. */
  readonly sign: string;
  readonly mark: RegExp;
  /** What makes the mark the text's own. */
  readonly unless?: RegExp;
  readonly inComments?: boolean;
}

/** A name in capitals between two marks, which is a word or part of a path. */
function placeholder(sign: string, mark = sign): Mark {
  return { sign, mark: new RegExp(`(${mark})(?<=[\\s=,:/"[]\\1)[A-Z][A-Z0-9_]*\\1(?=[\\s,:/"\\]]|$)`, "gm") };
}

const MARKS: readonly Mark[] = [
  { sign: "{%", mark: /\{%[-+~]?\s*\w(?:(?!\{%)[^])*?%\}/g, inComments: true },
  { sign: "<%", mark: /<%[-=#]?\s(?:(?!<%)[^])*?%>/g, inComments: true },
  { sign: "[%", mark: /\[%[-+=~]?\s+[\w(](?:(?!\[%)[^\n])*?\s[-+=~]?%\]/g, inComments: true },
  {
    sign: "{{",
    mark: /\{\{(?<!(?:[$\w{]|(?:cidr|inline|pcre|pipemap|randmap|regexp|static|unionmap):)\{\{)[^={}\n]*\}\}/g,
  },
  { sign: "}\n", mark: /^\w+[ \t]*=[ \t]*\{[A-Za-z_]\w*\}$/gm },
  { sign: "{=", mark: /\{=\s*\$?[A-Za-z_][\w.]*\s*\}/g },
  { sign: "${", mark: /\$\{\w+\[/g },
  { sign: "}/", mark: /\{(?<![${\w]\{)[A-Za-z_]\w*\}\//g },
  {
    sign: "{",
    mark: /\{(?<!(?:[$\w{?]|[?:<>]\s|[=!<>]=\s|(?:cidr|inline|pcre|pipemap|randmap|regexp|static|unionmap):)\{)[A-Z][A-Z0-9]*_[A-Z0-9_]*\}(?!\})/g,
  },
  placeholder("@", "@@?"),
  placeholder("%", "%%?"),
  placeholder("!"),
  placeholder("__"),
  placeholder("##"),
  { sign: "PH_", mark: /(?<=[\s=,:/"[])PH_[A-Z][A-Z0-9_]*(?=[\s,:/"\]]|$)/gm, unless: /^PH_/m },
  { sign: "%{", mark: /^%\{\w+\}/gm },
  { sign: "%(", mark: /%\(\w+\)s/g },
  { sign: "$ANSIBLE_VAULT;", mark: /^\$ANSIBLE_VAULT;/g },
];

/**
 * Whether main.cf has names that stand for what a shell or envsubst(1) puts in their place: one in capitals that it does not
 * set, or so many `${names}` of nothing that they are no slips. Parameters of Postfix are written in small letters; commands
 * have `$USER` and the like.
 */
export function hasShellPlaceholders(mainCf: MainCf): boolean {
  const nodes = assignments(mainCf);
  const names = new Set(nodes.map(({ name }) => name));
  const values = nodes.filter(({ name, value }) => value.includes("$") && !OWN_NAMES.test(name));
  const unset = (mark: RegExp): ReadonlySet<string> =>
    new Set(
      values
        .flatMap(({ value }) => [...value.matchAll(mark)].map(([, name = ""]) => name))
        .filter((name) => !PARAMETERS.has(name) && !names.has(name)),
    );
  return unset(/\$\{?([A-Z][A-Z0-9_]{2,})\b/g).size > 0 || unset(/\$\{(\w+)\}/g).size >= TOO_MANY_SLIPS;
}

/** Parameters whose values may have names that the program knows that uses them. */
const OWN_NAMES = /command|debugger|transport|path|luser_relay|reply|footer|environment/;

const TOO_MANY_SLIPS = 4;
