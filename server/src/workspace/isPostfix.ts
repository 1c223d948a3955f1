import { PARAMETERS } from "../postfix/parameters.ts";
import { parseMainCf, type MainCfNode } from "../syntax/mainCf.ts";
import { parseMasterCf } from "../syntax/masterCf.ts";

/** A prefix of a file is enough to know what it is. */
const ENOUGH = 1_000_000;

/**
 * Whether a text is a main.cf of Postfix: lines `name = value` with names that Postfix knows, and not much else.
 * Many programs have a file of that name.
 */
export function isPostfixMain(text: string): boolean {
  const { nodes } = parseMainCf(text.slice(0, ENOUGH));
  const lines = nodes.filter(({ kind }) => kind === "assignment" || kind === "malformed");
  const known = lines.filter(isKnown).length;
  const foreign = lines.filter((node) => isForeign(node, text)).length;
  return known > foreign && known * 3 >= lines.length;
}

/** Whether a text is a master.cf of Postfix: lines with the eight columns of master(5). */
export function isPostfixMaster(text: string): boolean {
  const { nodes } = parseMasterCf(text.slice(0, ENOUGH));
  const lines = nodes.filter(({ kind }) => kind === "service" || kind === "malformed");
  const services = nodes.filter((node) => node.kind === "service" && TYPES.has(node.columns[1]?.text ?? ""));
  return services.length > 0 && services.length * 2 >= lines.length;
}

const TYPES: ReadonlySet<string> = new Set(["inet", "unix", "unix-dgram", "fifo", "pass"]);

function isKnown(node: MainCfNode): boolean {
  return node.kind === "assignment" && PARAMETERS.has(node.name);
}

/** `[section]`, `<Directory …>`, `key: value`, `{`, `}`, `;`, `//`: what other languages begin a line with. `{%` and `{{` are templates. */
function isForeign({ span }: MainCfNode, text: string): boolean {
  return /^(?:\[[^\]]*\]|<\/?\w|\{(?![{%#])|[};]|\/[/*]|[\w.]+\s*:\s|\w+\s+\w+\s*\()/.test(
    text.slice(span.start, span.start + 200),
  );
}
