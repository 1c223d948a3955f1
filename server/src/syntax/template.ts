import { assignments, type MainCf } from "./mainCf.ts";

/**
 * Whether a text is made into a configuration by another program first: Jinja, Go and Mustache (`{{ … }}`, `{% … %}`),
 * ERB and EPP (`<% … %>`), `{name}/` in a path, or `@NAME@`. Comments do not count, apart from lines of Jinja in them. `${{…}}` and the
 * braces of tables such as `inline:{{key = value}}` are Postfix's own.
 */
export function isTemplate(text: string): boolean {
  return MARKS.some(([sign, mark]) => text.includes(sign) && mark.test(text));
}

/** What a mark cannot be without, and the mark. */
const MARKS: readonly (readonly [sign: string, mark: RegExp])[] = [
  ["{%", /\{%[-+~]?\s*\w[^]*?%\}/],
  ["<%", /<%[-=#]?\s[^]*?%>/],
  ["{{", /^[^#\n]*(?<![$\w{]|(?:cidr|inline|pcre|pipemap|randmap|regexp|static|unionmap):)\{\{[^={}\n]*\}\}/m],
  ["}/", /^[^#\n]*(?<![${\w])\{[A-Za-z_]\w*\}\//m],
  ["@", /^[^#\n]*(?<=[\s=,:/"[])@[A-Z][A-Z0-9_]*@(?=[\s,:/"\]]|$)/m],
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
