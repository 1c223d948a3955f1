/** A part of the value of a pattern rule: text, or the number of a group whose match is put there. */
export type ReplacementPart = string | number;

export type Replacement = { readonly parts: readonly ReplacementPart[] } | { readonly problem: string };

/**
 * Takes the value of a regexp or pcre rule apart: `$1`, `${1}` and `$(1)` name groups, `$$` is a dollar sign.
 * See mac_parse.c, mac_parse(); dict_regexp.c, dict_regexp_prescan().
 */
export function parseReplacement(text: string): Replacement {
  const parts: ReplacementPart[] = [];
  let literal = "";
  for (let at = 0; at < text.length;) {
    const dollar = text.indexOf("$", at);
    literal += text.slice(at, dollar < 0 ? text.length : dollar);
    if (dollar < 0) break;
    if (text[dollar + 1] === "$") {
      literal += "$";
      at = dollar + 2;
      continue;
    }
    const group = readGroup(text, dollar + 1);
    if ("problem" in group) return group;
    if (literal !== "") parts.push(literal);
    literal = "";
    parts.push(group.index);
    at = group.end;
  }
  return { parts: literal === "" ? parts : [...parts, literal] };
}

function readGroup(text: string, start: number): { index: number; end: number } | { problem: string } {
  const read = readName(text, start);
  if (!read) return { problem: `truncated macro reference: "${text}"` };
  const { name, end } = read;
  if (name === "") return { problem: `empty macro name: "${text}"` };
  if (!/^[0-9]+$/.test(name)) return { problem: `non-numeric replacement index "${name}"` };
  const index = Number(name);
  return index < 1 ? { problem: `out of range replacement index "${name}"` } : { index, end };
}

/** What stands behind a `$`; undefined when its parenthesis stays open. */
function readName(text: string, start: number): { readonly name: string; readonly end: number } | undefined {
  const open = text.charAt(start);
  if (open !== "(" && open !== "{") {
    const name = /^\w*/.exec(text.slice(start))?.[0] ?? "";
    return { name, end: start + name.length };
  }
  const close = open === "(" ? ")" : "}";
  let level = 1;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === open) level++;
    else if (text[at] === close && --level === 0) return { name: text.slice(start + 1, at), end: at + 1 };
  }
  return undefined;
}
