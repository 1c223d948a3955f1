import { PARAMETERS } from "../postfix/parameters.ts";
import { assignments, type MainCf } from "./mainCf.ts";

/**
 * Whether a text is made into a configuration by another program first: Jinja, Go and Mustache (`{{ … }}`, `{% … %}`),
 * ERB and EPP (`<% … %>`), Template Toolkit (`[% … %]`), `{name}/` in a path, `{name}` as a whole value, `{SOME_NAME}` as a word or part of one,
 * `${name[…]}`, `%(name)s`, `%{name}` at the begin of a line, or `@NAME@`, `%NAME%`, `!NAME!`, `__NAME__`, `##NAME##`, or `PH_NAME` (iRedMail) that the text
 * does not set. Comments do not count, apart from lines of Jinja in them. `${{…}}` and the braces of tables such as
 * `inline:{{key = value}}` are Postfix's own. Of a file that Ansible has encrypted nothing can be read.
 */
export function isTemplate(text: string): boolean {
  return MARKS.some(([sign, mark]) => text.includes(sign) && mark.test(text));
}

/** A name in capitals between two marks, which is a word or part of a path. */
function placeholder(mark: string): RegExp {
  return new RegExp(`^[^#\\n]*(?<=[\\s=,:/"[])(${mark})[A-Z][A-Z0-9_]*\\1(?=[\\s,:/"\\]]|$)`, "m");
}

/** What a mark cannot be without, and the mark. */
const MARKS: readonly (readonly [sign: string, mark: RegExp])[] = [
  ["{%", /\{%[-+~]?\s*\w[^]*?%\}/],
  ["<%", /<%[-=#]?\s[^]*?%>/],
  ["[%", /\[%[-+=~]?\s+[\w(][^\n]*?\s[-+=~]?%\]/],
  ["{{", /^[^#\n]*(?<![$\w{]|(?:cidr|inline|pcre|pipemap|randmap|regexp|static|unionmap):)\{\{[^={}\n]*\}\}/m],
  ["}\n", /^\w+[ \t]*=[ \t]*\{[A-Za-z_]\w*\}$/m],
  ["${", /^[^#\n]*\$\{\w+\[/m],
  ["}/", /^[^#\n]*(?<![${\w])\{[A-Za-z_]\w*\}\//m],
  [
    "{",
    /^[^#\n]*(?<![$\w{?]|[?:<>]\s|[=!<>]=\s|(?:cidr|inline|pcre|pipemap|randmap|regexp|static|unionmap):)\{[A-Z][A-Z0-9]*_[A-Z0-9_]*\}(?!\})/m,
  ],
  ["@", placeholder("@@?")],
  ["%", placeholder("%%?")],
  ["!", placeholder("!")],
  ["__", placeholder("__")],
  ["##", placeholder("##")],
  ["PH_", /^[^#\n]*(?<=[\s=,:/"[])PH_[A-Z][A-Z0-9_]*(?=[\s,:/"\]]|$)(?<!^PH_[^]*)(?![^]*^PH_)/m],
  ["%{", /^%\{\w+\}/m],
  ["%(", /^[^#\n]*%\(\w+\)s/m],
  ["$ANSIBLE_VAULT;", /^\$ANSIBLE_VAULT;/],
];

/**
 * Whether main.cf has names that stand for what a shell or envsubst(1) puts in their place: one in capitals that it does not
 * set, or so many `${names}` of nothing that they are no slips. Parameters of Postfix are written in small letters; commands
 * have `$USER` and the like.
 */
export function hasShellPlaceholders(mainCf: MainCf): boolean {
  const nodes = assignments(mainCf);
  const values = nodes.filter(({ name, value }) => value.includes("$") && !OWN_NAMES.test(name));
  const unset = (mark: RegExp): ReadonlySet<string> =>
    new Set(
      values
        .flatMap(({ value }) => [...value.matchAll(mark)].map(([, name = ""]) => name))
        .filter((name) => !PARAMETERS.has(name) && !nodes.some((node) => node.name === name)),
    );
  return unset(/\$\{?([A-Z][A-Z0-9_]{2,})\b/g).size > 0 || unset(/\$\{(\w+)\}/g).size >= TOO_MANY_SLIPS;
}

/** Parameters whose values may have names that the program knows that uses them. */
const OWN_NAMES = /command|debugger|transport|path|luser_relay|reply|footer|environment/;

const TOO_MANY_SLIPS = 4;
