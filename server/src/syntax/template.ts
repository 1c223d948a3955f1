/**
 * Whether a text is made into a configuration by another program first: Jinja, Go and Mustache (`{{ … }}`, `{% … %}`),
 * ERB and EPP (`<% … %>`), or `@NAME@`. Comments do not count, apart from lines of Jinja in them. `${{…}}` and the
 * braces of tables such as `inline:{{key = value}}` are Postfix's own.
 */
export function isTemplate(text: string): boolean {
  if (!/\{[{%]|<%|@[A-Z]/.test(text)) return false;
  return MARKS.some((mark) => mark.test(text));
}

const MARKS: readonly RegExp[] = [
  /\{%[-+~]?\s*\w[^]*?%\}/,
  /<%[-=#]?\s[^]*?%>/,
  /^[^#\n]*(?<![$\w{]|(?:cidr|inline|pcre|pipemap|randmap|regexp|static|unionmap):)\{\{[^={}\n]*\}\}/m,
  /^[^#\n]*(?<=[\s=,:/"[])@[A-Z][A-Z0-9_]*@(?=[\s,:/"\]]|$)/m,
];
