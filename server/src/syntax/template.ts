import { assignments, type MainCf } from "./mainCf.ts";

/**
 * Whether a text is made into a configuration by another program first: Jinja, Go and Mustache (`{{ … }}`, `{% … %}`),
 * ERB and EPP (`<% … %>`), `{name}/` in a path, `{SOME_NAME}` as a word or part of one, `%{name}` at the begin of a line, or `@NAME@`, `%NAME%`, `__NAME__`, `##NAME##`, or `PH_NAME` (iRedMail) that the text does not set. Comments do not count, apart from lines of Jinja in them. `${{…}}` and the
 * braces of tables such as `inline:{{key = value}}` are Postfix's own.
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
  ["{{", mark("\\{\\{", { own: `[$\\w{]|${TYPE}`, rest: "[^={}\\n]*\\}\\}" })],
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
  ["__", placeholder("__")],
  ["##", placeholder("##")],
  ["PH_", /^[^#\n]*(?<=[\s=,:/"[])PH_[A-Z][A-Z0-9_]*(?=[\s,:/"\]]|$)(?<!^PH_[^]*)(?![^]*^PH_)/m],
  ["%{", /^%\{\w+\}/m],
];

/**
 * Whether names in capitals that main.cf does not set stand for what a shell or envsubst(1) puts in their place.
 * Parameters of Postfix are written in small letters; commands have `$USER` and the like.
 */
export function hasShellPlaceholders(mainCf: MainCf): boolean {
  const nodes = assignments(mainCf);
  const names = nodes
    .filter(
      ({ name, value }) =>
        value.includes("$") && !/command|debugger|transport|path|luser_relay|reply|environment/.test(name),
    )
    .flatMap(({ value }) => [...value.matchAll(/\$\{?([A-Z][A-Z0-9_]{2,})\b/g)].map(([, name = ""]) => name));
  return names.some((name) => !nodes.some((node) => node.name === name));
}
