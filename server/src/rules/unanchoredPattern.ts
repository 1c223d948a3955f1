import { derived } from "../text/derived.ts";
import { placeOfEntry, type Entries, type Entry } from "./accessTable.ts";
import { TABLE_LIMIT, upTo } from "./repeated.ts";
import { permits, rightHandSide } from "../config/rightHandSide.ts";
import type { Finding, Rule } from "./rule.ts";
import { tableUses, type TableUse } from "./tableUses.ts";

export const unanchoredPattern: Rule = {
  code: "unanchored-pattern",
  severity: "info",
  summary: "A pattern that permits matches other names, too, because it has no `^` or `$`",
  why: "A regular expression matches anywhere in the key. `/partner\\.example/ OK` lets in `partner.example.attacker.example` as well, a name that anybody can give himself. Begin the pattern with `^`, `@` or `\\.` and end it with `$`. See regexp_table(5) and pcre_table(5).",
  manual: "https://www.postfix.org/regexp_table.5.html",
  bad: `
smtpd_client_restrictions = check_client_access regexp:/etc/postfix/partners
smtpd_sender_restrictions = check_sender_access pcre:/etc/postfix/senders
#- partners
/partner\\.example/     OK
#<----------------------- The pattern also matches \`partner.example.attacker.example\`: anchor it with \`$\`
#- senders
/partner\\.example$/    OK
#<----------------------- The pattern also matches \`someone@attacker-partner.example\`: anchor it with \`^\`, \`@\` or \`\\.\` in front
`,
  good: `
smtpd_client_restrictions = check_client_access regexp:/etc/postfix/partners
smtpd_sender_restrictions = check_sender_access pcre:/etc/postfix/senders
#- partners
/^mail\\.partner\\.example$/    OK
/\\.partner\\.example$/         OK
/spammer\\.example/            REJECT
#- senders
/@partner\\.example$/          OK
`,
  *check({ project }) {
    for (const use of tableUses(project)) {
      const { keys } = use.content;
      if (keys === "regexp" || keys === "pcre") yield* upTo(TABLE_LIMIT, findingsIn(use));
    }
  },
};

function* findingsIn({ content, checks }: TableUse): Generator<Finding> {
  const isMail = [...checks].every((check) => check === "check_sender_access" || check === "check_recipient_access");
  for (const { entry, name, open } of looseEntries(content)) {
    const at = placeOfEntry(content, entry);
    if (!at) continue;
    const user = isMail && !name.includes("@") ? "someone@" : "";
    const example = open === "end" ? `${user}${name}.attacker.example` : `${user}attacker-${name}`;
    const anchor = open === "end" ? "`$`" : "`^`, `@` or `\\.` in front";
    yield { at, message: `The pattern also matches \`${example}\`: anchor it with ${anchor}` };
  }
}

interface LooseEntry {
  readonly entry: Entry;
  /** What the pattern says literally. */
  readonly name: string;
  /** The side that anybody can extend. */
  readonly open: "start" | "end";
}

/** Permitting entries whose pattern is a name, more or less, and open at one side. */
const looseEntries = derived((content: Entries): readonly LooseEntry[] => {
  const loose: LooseEntry[] = [];
  for (const [value, entries] of content.byValue) {
    if (!permits(rightHandSide(value))) continue;
    for (const entry of entries) {
      const found = loosePattern(entry.key ?? "");
      if (found) loose.push({ entry, ...found });
    }
  }
  return loose;
});

/** Only literal names: of other patterns nobody can say in general what else they match. */
function loosePattern(pattern: string): Omit<LooseEntry, "entry"> | undefined {
  const [, start = "", middle = "", end = ""] = /^(\^?)((?:[\w@-]|\\[.@-]|\.(?![*+?{]))+)(\$?)$/.exec(pattern) ?? [];
  if (!/[a-z].*\..*[a-z]/i.test(middle)) return undefined;
  const name = middle.replace(/\\/g, "");
  if (end === "") return { name, open: "end" };
  return start === "" && /^[\w-]/.test(name) ? { name, open: "start" } : undefined;
}
