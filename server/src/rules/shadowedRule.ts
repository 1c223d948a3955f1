import type { FileContent } from "../config/files.ts";
import { cidrNodes, type CidrIf, type CidrRule } from "../syntax/cidrTable.ts";
import { maskWords, type Network } from "../syntax/network.ts";
import { coveredRules } from "../relay/words/coveredRules.ts";
import { patternNodes, type PatternRule, type PatternTableType } from "../syntax/patternTable.ts";
import { derived } from "../text/derived.ts";
import { slice, type Span } from "../text/span.ts";
import { TABLE_LIMIT, upTo } from "./repeated.ts";
import type { Finding, Rule } from "./rule.ts";
import { tableUses } from "./tableUses.ts";

export const shadowedRule: Rule = {
  code: "shadowed-rule",
  slow: true,
  severity: "warning",
  summary: "A line of a cidr, regexp or pcre table never matches, because earlier lines do",
  why: "These tables are read from top to bottom, and the first line that matches counts, not the most specific one. A network inside of an earlier network, a pattern that stands above already or matches only what an earlier one matches, what several earlier lines cover together, and all that follows a pattern like `/.*/` are never reached. See cidr_table(5), regexp_table(5) and pcre_table(5).",
  manual: "https://www.postfix.org/cidr_table.5.html",
  bad: `
smtpd_client_restrictions = check_client_access cidr:/etc/postfix/networks
smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/names
#- networks
10.0.0.0/8      REJECT
10.1.0.0/16     OK
#<--------- \`10.1.0.0/16\` never matches: \`10.0.0.0/8\` comes first
192.0.2.0/25    REJECT
192.0.2.128/25  DUNNO
192.0.2.0/24    OK
#<---------- \`192.0.2.0/24\` never matches: \`192.0.2.0/25\` and \`192.0.2.128/25\` come first
#- names
/^friend$/      REJECT
/^friend$/      DUNNO
#<-------- \`/^friend$/\` never matches: it stands above
/dyn/           REJECT
/dyn[0-9]+\\./   OK
#<----------- \`/dyn[0-9]+\\./\` never matches: \`/dyn/\` comes first
/^[a-m]/        REJECT
/^[n-z]/        DUNNO
/^[a-z]+\\.test$/ OK
#<-------------- \`/^[a-z]+\\.test$/\` never matches: \`/^[a-m]/\` and \`/^[n-z]/\` come first
/.*/            DUNNO
/^localhost$/   REJECT
#<----------- \`/^localhost$/\` and what follows never match: \`/.*/\` comes first
`,
  good: `
smtpd_client_restrictions = check_client_access cidr:/etc/postfix/networks
smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/names
#- networks
10.1.0.0/16     OK
10.0.0.0/8      REJECT
#- names
/^friend$/      REJECT
/^localhost$/   REJECT
/.*/            DUNNO
`,
  *check({ project }) {
    for (const { content, hasOtherUse } of tableUses(project)) {
      const file = content.source?.file;
      const found = file === undefined ? undefined : project.files.get(file);
      if (file === undefined || found?.kind !== "text" || content.keys === "plain") continue;
      const shadows =
        content.keys === "networks" ? shadowedNetworks(found) : inPatterns(found, content.keys, hasOtherUse);
      yield* upTo(
        TABLE_LIMIT,
        shadows.map((shadow) => finding(file, shadow)),
      );
    }
  },
};

/** What a key of a session cannot be, the lines of a mail are: so only tables that nothing else reads are compared. */
function inPatterns(content: FileContent, type: PatternTableType, hasOtherUse: boolean): readonly Shadow[] {
  const shadows = shadowedPatterns[type](content);
  return hasOtherUse ? shadows : [...shadows, ...coveredPatterns[type](content)];
}

interface Shadow {
  readonly span: Span;
  /** The lines that come first; none: nothing can match. */
  readonly by: readonly Span[];
  readonly message: string;
  readonly sameValue: boolean;
}

function finding(file: string, { span, by, message, sameValue }: Shadow): Finding {
  const related = by.map((first) => ({ at: { file, span: first }, message: "this line comes first" }));
  const severity = sameValue ? { severity: "hint" as const } : {};
  return { at: { file, span }, message, related, ...severity, unnecessary: true };
}

/** Lines between `if` and `endif` hide nothing from those behind; what a `!` leaves is all that is asked behind it. */
const shadowedNetworks = derived((content: FileContent): readonly Shadow[] => {
  const text = content.kind === "text" ? content.text : "";
  const known: Known = new Map();
  const shadows: Shadow[] = [];
  const open: CidrIf[] = [];
  const left: CidrRule[] = [];
  const add = (rule: CidrRule): void => {
    const rest = restOf(rule, [...open.filter(({ negated }) => !negated), ...left]);
    if ("by" in rest) {
      shadows.push(leftOut(text, rule, rest.by));
      return;
    }
    const by = wider(known, rest.network);
    if (by) shadows.push(networkShadow(text, rule, by));
    else if (open.length === 0) remember(known, rule.network, { rules: [rule], count: 1, value: rule.value });
  };
  for (const node of cidrNodes(text)) {
    if (node.kind === "if") open.push(node);
    if (node.kind === "endif") open.pop();
    if (node.kind !== "rule") continue;
    if (!node.negated) add(node);
    else if (open.length === 0 && left.length < MOST_LEFT) left.push(node);
  }
  return shadows;
});

/** More lines with a `!` are not asked: the first ones leave nothing of the rest already. */
const MOST_LEFT = 20;

/** What is asked about a network inside all others; or the one that it has nothing in common with. */
function restOf(
  { network }: CidrRule,
  outer: readonly (CidrIf | CidrRule)[],
): { readonly network: Network } | { readonly by: CidrIf | CidrRule } {
  let rest = network;
  for (const node of outer) {
    const { address, length } = node.network;
    // An address of the other family is no reason for a `!`.
    if (address.family !== network.address.family) {
      if (node.kind === "if") return { by: node };
      continue;
    }
    const least = Math.min(length, rest.length);
    if (maskWords(address, least).join() !== maskWords(rest.address, least).join()) return { by: node };
    if (length > rest.length) rest = node.network;
  }
  return { network: rest };
}

function leftOut(text: string, { patternSpan }: CidrRule, by: CidrIf | CidrRule): Shadow {
  const name = `${by.kind === "if" ? "if " : "!"}${slice(text, by.patternSpan)}`;
  const message = `\`${slice(text, patternSpan)}\` never matches: \`${name}\` leaves nothing of it`;
  return { span: patternSpan, by: [by.patternSpan], message, sameValue: false };
}

/** Rules that cover a network together. */
interface Cover {
  /** The first of them, as many as are named. */
  readonly rules: readonly CidrRule[];
  readonly count: number;
  /** What all of them say; undefined: they differ. */
  readonly value: string | undefined;
}

/** By family and length what covers a network. */
type Known = Map<string, { readonly length: number; readonly covers: Map<string, Cover> }>;

function wider(known: Known, { address, length }: Network): Cover | undefined {
  for (const [name, { length: other, covers }] of known) {
    if (!name.startsWith(`${address.family}/`) || other > length) continue;
    const found = covers.get(maskWords(address, other).join());
    if (found) return found;
  }
  return undefined;
}

/** Two halves that are covered make a whole that is. */
function remember(known: Known, network: Network, cover: Cover): void {
  const { address, length } = network;
  const name = `${address.family}/${length}`;
  const group = known.get(name) ?? { length, covers: new Map<string, Cover>() };
  known.set(name, group);
  group.covers.set(address.words.join(), cover);
  if (length === 0) return;
  const other = group.covers.get(otherHalf(network).join());
  if (!other) return;
  const whole = { address: { ...address, words: maskWords(address, length - 1) }, length: length - 1 };
  const rules = [...other.rules, ...cover.rules].toSorted((a, b) => a.span.start - b.span.start);
  remember(known, whole, {
    rules: rules.slice(0, NAMED),
    count: other.count + cover.count,
    value: other.value === cover.value ? cover.value : undefined,
  });
}

/** So many lines are named that come first together. */
const NAMED = 2;

function otherHalf({ address: { words }, length }: Network): readonly number[] {
  const last = length - 1;
  return words.map((word, at) => (at === last >>> 5 ? (word ^ (0x80000000 >>> (last & 31))) >>> 0 : word));
}

function networkShadow(text: string, rule: CidrRule, { rules, count, value }: Cover): Shadow {
  const hidden = slice(text, rule.patternSpan);
  const by = rules.map(({ patternSpan }) => patternSpan);
  const isSame = count === 1 && by.every((span) => slice(text, span) === hidden);
  const message = `\`${hidden}\` never matches: ${isSame ? "it stands above" : first(text, by, count)}`;
  return { span: rule.patternSpan, by, message, sameValue: rule.value === value };
}

/** `a` comes first, `a` and `b` come first. */
function first(text: string, by: readonly Span[], count: number): string {
  const names = by.map((span) => `\`${slice(text, span)}\``);
  if (count > names.length) return `${names.join(", ")} and ${count - names.length} more come first`;
  return names.length > 1
    ? `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""} come first`
    : `${names[0] ?? ""} comes first`;
}

type AnyPattern = PatternRule<{ readonly groups: number }>;

const shadowedPatterns: Readonly<Record<PatternTableType, (content: FileContent) => readonly Shadow[]>> = {
  regexp: derived((content: FileContent) => findShadowedPatterns(content, "regexp")),
  pcre: derived((content: FileContent) => findShadowedPatterns(content, "pcre")),
};

const coveredPatterns: Readonly<Record<PatternTableType, (content: FileContent) => readonly Shadow[]>> = {
  regexp: derived((content: FileContent) => findCoveredPatterns(content, "regexp")),
  pcre: derived((content: FileContent) => findCoveredPatterns(content, "pcre")),
};

/** What only a comparison of the patterns themselves can tell: `/foobar/` behind `/foo/`. */
function findCoveredPatterns(content: FileContent, type: PatternTableType): readonly Shadow[] {
  const text = content.kind === "text" ? content.text : "";
  const said = findShadowedPatterns(content, type);
  const isSaid = ({ span: { start } }: { readonly span: Span }): boolean => {
    return said.some(({ span, message }) => span.start === start || (span.start < start && message.includes(FOLLOWS)));
  };
  return coveredRules(text, type).flatMap(({ rule, by }) => {
    if (isSaid(rule)) return [];
    const spans = by.map(({ span }) => span);
    const why = by.length > 0 ? first(text, spans, by.length) : "no text meets all of its conditions";
    const message = `\`${slice(text, rule.span)}\` never matches: ${why}`;
    const value = rule.parts.join();
    return [
      {
        span: rule.span,
        by: spans,
        message,
        sameValue: by.length > 0 && by.every(({ parts }) => parts.join() === value),
      },
    ];
  });
}

const FOLLOWS = "and what follows";

/** Patterns are not compiled here, so a line that uses a group hides nothing: it may be one that Postfix skips. */
function findShadowedPatterns(content: FileContent, type: PatternTableType): readonly Shadow[] {
  const text = content.kind === "text" ? content.text : "";
  const known = new Map<string, AnyPattern>();
  const shadows: Shadow[] = [];
  let all: AnyPattern | undefined;
  for (const { rule, isOutside } of rulesOf(text, type)) {
    if (all) return [...shadows, behindAll(text, rule, all)];
    const name = `${rule.pattern.negated ? "!" : ""}${slice(text, rule.pattern.span)}`;
    const by = known.get(name);
    if (by) shadows.push(repeated(text, rule, by));
    if (!isOutside || by || rule.value.some((part) => typeof part === "number")) continue;
    known.set(name, rule);
    if (matchesAll(rule)) all = rule;
  }
  return shadows;
}

/** The rules with one pattern, and whether each stands outside of all `if`. */
function* rulesOf(
  text: string,
  type: PatternTableType,
): Generator<{ readonly rule: AnyPattern; readonly isOutside: boolean }> {
  let depth = 0;
  for (const node of patternNodes(text, type, () => ({ groups: 1000 }))) {
    if (node.kind === "if") depth += 1;
    if (node.kind === "endif") depth -= 1;
    if (node.kind === "rule" && !node.second) yield { rule: node, isOutside: depth === 0 };
  }
}

/** A key is never empty. */
function matchesAll({ pattern: { text, negated } }: AnyPattern): boolean {
  const plain = text.replace(/\(([^()]*)\)/g, "$1");
  return !negated && plain !== "^$" && plain !== "^.$" && /^\^?(?:\.[*+]?)?\$?$/.test(plain);
}

function behindAll(text: string, { pattern: { span }, value }: AnyPattern, all: AnyPattern): Shadow {
  const message = `\`${slice(text, span)}\` ${FOLLOWS} never match: ${first(text, [all.pattern.span], 1)}`;
  return { span, by: [all.pattern.span], message, sameValue: value.join() === all.value.join() };
}

function repeated(text: string, { pattern: { span }, value }: AnyPattern, by: AnyPattern): Shadow {
  const message = `\`${slice(text, span)}\` never matches: it stands above`;
  return { span, by: [by.pattern.span], message, sameValue: value.join() === by.value.join() };
}
