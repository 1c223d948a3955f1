import LINES from "./publicSuffixes.txt";

/**
 * The part of a folded domain under which anybody can register names, as registries have it (not hosting companies):
 * the longest rule of the list wins, `*` is any label, and `!` takes one name out. See publicsuffix.org/list.
 * Undefined when the top-level domain is not known.
 */
export function publicSuffixOf(domain: string): string | undefined {
  const top = domain.slice(domain.lastIndexOf(".") + 1);
  const rules = rulesBelow(top);
  if (!rules) return undefined;
  const labels = domain.split(".").slice(0, -1);
  for (let at = 0; at < labels.length; at++) {
    const [label = "", ...behind] = labels.slice(at);
    const rule = [label, ...behind].join(".");
    if (rules.has(`!${rule}`)) return [...behind, top].join(".");
    if (rules.has(rule) || (label !== "" && rules.has(["*", ...behind].join(".")))) return `${rule}.${top}`;
  }
  return top;
}

const known = new Map<string, ReadonlySet<string> | undefined>();

/** The rules below a top-level domain, without it. Few of the many are ever asked for. */
function rulesBelow(top: string): ReadonlySet<string> | undefined {
  if (!known.has(top)) known.set(top, readRules(top));
  return known.get(top);
}

function readRules(top: string): ReadonlySet<string> | undefined {
  const line = `\n${top}:`;
  const start = LINES.indexOf(line);
  return start < 0
    ? undefined
    : new Set(LINES.slice(start + line.length, LINES.indexOf("\n", start + 1)).match(/\S+/g));
}
