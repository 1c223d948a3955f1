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

/**
 * Begins with `first`, outside comments and not behind what makes it Postfix's own. The text is searched for `first`; what
 * stands before it is looked at only there.
 */
function mark(first: string, { own, rest }: { readonly own: string; readonly rest: string }): RegExp {
  return new RegExp(`${first}(?<=^[^#\\n]*${first})(?<!(?:${own})${first})${rest}`, "m");
}

/** A name in capitals between two signs, which is a word or part of a path. */
function placeholder(sign: string): RegExp {
  return new RegExp(`(${sign})(?<=^[^#\\n]*\\1)(?<=[\\s=,:/"[]\\1)[A-Z][A-Z0-9_]*\\1(?=[\\s,:/"\\]]|$)`, "m");
}

/** Types of tables that take braces. */
const TYPE = "(?:cidr|inline|pcre|pipemap|randmap|regexp|static|unionmap):";

/** What a mark cannot be without, and the mark. */
const MARKS: readonly (readonly [sign: string, mark: RegExp])[] = [
  ["{%", /\{%[-+~]?\s*\w[^]*?%\}/],
  ["<%", /<%[-=#]?\s[^]*?%>/],
  ["[%", /\[%[-+=~]?\s+[\w(][^\n]*?\s[-+=~]?%\]/],
  ["{{", mark("\\{\\{", { own: `[$\\w{]|${TYPE}`, rest: "[^={}\\n]*\\}\\}" })],
  ["}\n", /^\w+[ \t]*=[ \t]*\{[A-Za-z_]\w*\}$/m],
  ["${", /\$\{\w+\[(?<=^[^#\n]*)/m],
  ["}/", mark("\\{", { own: "[${\\w]", rest: "[A-Za-z_]\\w*\\}\\/" })],
  [
    "{",
    mark("\\{", {
      own: `[$\\w{?]|[?:<>]\\s|[=!<>]=\\s|${TYPE}`,
      rest: "[A-Z][A-Z0-9]*_[A-Z0-9_]*\\}(?!\\})",
    }),
  ],
  ["@", placeholder("@@?")],
  ["%", placeholder("%%?")],
  ["!", placeholder("!")],
  ["__", placeholder("__")],
  ["##", placeholder("##")],
  ["PH_", /^[^#\n]*(?<=[\s=,:/"[])PH_[A-Z][A-Z0-9_]*(?=[\s,:/"\]]|$)(?<!^PH_[^]*)(?![^]*^PH_)/m],
  ["%{", /^%\{\w+\}/m],
  ["%(", /%\(\w+\)s(?<=^[^#\n]*)/m],
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
