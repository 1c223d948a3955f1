import { assignments, type MainCf } from "./mainCf.ts";

/**
 * Whether a text is made into a configuration by another program first: Jinja, Go and Mustache (`{{ … }}`, `{% … %}`),
 * ERB and EPP (`<% … %>`), `{name}/` in a path, `{SOME_NAME}` as a word or part of one, `%{name}` at the begin of a line, or `@NAME@`, `%NAME%`, `__NAME__`, `##NAME##`, or `PH_NAME` (iRedMail) that the text does not set. Comments do not count, apart from lines of Jinja in them. `${{…}}` and the
 * braces of tables such as `inline:{{key = value}}` are Postfix's own.
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
  ["{{", /^[^#\n]*(?<![$\w{]|(?:cidr|inline|pcre|pipemap|randmap|regexp|static|unionmap):)\{\{[^={}\n]*\}\}/m],
  ["}/", /^[^#\n]*(?<![${\w])\{[A-Za-z_]\w*\}\//m],
  [
    "{",
    /^[^#\n]*(?<![$\w{?]|[?:<>]\s|[=!<>]=\s|(?:cidr|inline|pcre|pipemap|randmap|regexp|static|unionmap):)\{[A-Z][A-Z0-9]*_[A-Z0-9_]*\}(?!\})/m,
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
