import { keepsOut, mayPermit, rightHandSide, saysNothing } from "../config/rightHandSide.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { namedBy, canBeStrangers, isPublicSuffix } from "./outsiders.ts";
import { addressCandidate, heloCandidate, recipientCounts, strangersClient } from "./candidates.ts";
import { addCandidate, oneOfEachKind } from "./pool.ts";
import { doubt, type Making } from "./representatives.ts";
import { addServer } from "./servers.ts";
import { ownDomains } from "./ownDomains.ts";
import type { TableKeys } from "./tableKeys.ts";
import { spelledValues } from "./words/spelledValues.ts";
import { wordsOf } from "./words/pipedWords.ts";
import { wordFor, type Tables } from "./words/patternWords.ts";
import { rulesOf, type PatternRule } from "./words/patternRules.ts";

export type TableAttribute = "client" | "helo" | "sender" | "recipient";

/** A pattern table that is asked about an attribute. */
export interface PatternTable {
  readonly attribute: TableAttribute;
  /** What of it. */
  readonly of: "itself" | "its servers";
  readonly reference: string;
  readonly rules: readonly PatternRule[];
  /** What the table behind it in a pipemap is asked about. */
  readonly feeds: readonly TableKeys[];
  /** The right-hand sides, without those that refuse, of the rules that are not looked into. */
  readonly left: readonly string[];
}

/** Adds a pattern table to those that are searched; `lists`: what a right-hand side says does not matter. */
export function addPatternTable(
  { patterns }: Making,
  { lists, ...asked }: Pick<PatternTable, "attribute" | "of" | "reference"> & { readonly lists?: true },
  { text, type, feeds }: Extract<TableKeys, { kind: "patterns" }>,
): void {
  const { rules, left } = rulesOf(text, type);
  const known = rules.map((rule) => ({ ...rule, value: "OK", parts: ["OK"] }));
  if (lists) patterns.push({ ...asked, feeds, rules: known, left });
  else patterns.push({ ...asked, feeds, rules, left: left.filter((value) => !keepsOut(value)) });
}

const LABEL = "[a-z0-9_]+(?:-+[a-z0-9_]+)*";
const HOST = `${LABEL}(?:\\.${LABEL})+`;
const ATOM = "[A-Za-z0-9_+=%!*/]+";
const LOCAL = `${ATOM}(?:[.-]${ATOM})*`;
/** A local part that has to stand in quotes. */
const QUOTED = "[A-Za-z0-9]+[ @][A-Za-z0-9@. ]*[A-Za-z0-9]";

/** What servers are called, and where they are. */
const SERVERS = [`(?:${LABEL}\\.)+[a-z]+`, "[1-9][0-9]?(?:\\.[1-9][0-9]?){3}"];

/** Rules of one table that are searched, and forms in which a word is looked for. */
const MOST_RULES = 300;
const MOST_DOMAINS = 12;

/** Adds values that the patterns of a table match, and one that none of those matches that refuse. */
export function addFromPatterns(making: Making, table: PatternTable, all: readonly PatternTable[]): void {
  const { attribute, of, rules, reference } = table;
  const alike = all.filter((other) => other !== table && other.attribute === attribute && other.of === of);
  const letting = telling(rules).filter((rule) => !keepsOut(rule.value));
  const left = [...letting.slice(MOST_RULES).map(({ value }) => value), ...table.left];
  if (left.length > 0) {
    const because = `${reference} has more patterns than are searched`;
    doubt(making, reference, { because, permits: left.some(opens) });
  }
  const tables: Tables = { rules, others: alike.map((other) => other.rules) };
  for (const rule of [undefined, ...letting.slice(0, MOST_RULES)]) search(making, table, tables, rule);
  const wanted = ["ok", "permit", ...making.configuration.classes.keys(), ...wordsOf(table.feeds)];
  for (const rule of letting.slice(0, MOST_RULES)) {
    const { rules: spelledRules, isCut } = spelledValues(rule, wanted);
    if (isCut)
      doubt(making, reference, {
        because: `${reference} spells actions in more ways than are searched`,
        permits: true,
      });
    for (const spelled of spelledRules) {
      const instead = rules.map((one) => (one === rule ? spelled : one));
      search(making, table, { ...tables, rules: instead }, spelled);
    }
  }
}

/** Without the last rules that say DUNNO: what they match is answered as what nothing matches. */
function telling(rules: readonly PatternRule[]): readonly PatternRule[] {
  return rules.slice(0, rules.findLastIndex(({ value }) => !saysNothing(value)) + 1);
}

function search(making: Making, table: PatternTable, tables: Tables, rule: PatternRule | undefined): void {
  let isFound = false;
  let isOpen = false;
  for (const shape of table.of === "its servers" ? SERVERS : shapes(making, table.attribute, rule)) {
    const found = wordFor(tables, rule, `^(?:${shape})$`);
    if (found.kind === "undecided") isOpen = true;
    if (found.kind === "word" && take(making, table, found.word)) isFound = true;
  }
  if (rule && isOpen && !isFound) {
    const { reference } = table;
    const because = `whether anything that a stranger says matches /${rule.text}/ in ${reference}`;
    doubt(making, reference, { because, permits: opens(rule.value) });
  }
}

function opens(value: string): boolean {
  return mayPermit(rightHandSide(value));
}

/** Whether a stranger can have the value that was found; then it is a candidate. */
function take(making: Making, { attribute, of }: PatternTable, word: string): boolean {
  const { pool, run, names, configuration } = making;
  const [address = ""] = names.addresses;
  if (of === "its servers") {
    addServer(making, attribute, word);
    return true;
  }
  if (attribute === "helo") {
    addCandidate(pool, "helo", heloCandidate(word));
    return true;
  }
  if (attribute === "client") {
    if (!canBeStrangers(word, namedBy(configuration))) return false;
    addCandidate(pool, "client", strangersClient(configuration, address, { name: word }, names));
    return true;
  }
  const candidate = addressCandidate(run, quoted(word), attribute);
  addCandidate(pool, attribute, candidate);
  if (!candidate) return false;
  return attribute === "sender" || recipientCounts(configuration, making.question)(candidate.seen);
}

/** Tables are asked about a local part in quotes as it is, and without them. See smtpd_check.c, check_mail_access(). */
function quoted(word: string): string {
  return word.replace(/^([^"]*[ @][^"]*)@([^@]*)$/, '"$1"@$2');
}

/** The forms in which a value that matches a rule is looked for, the likeliest first. */
function shapes(making: Making, attribute: TableAttribute, rule: PatternRule | undefined): readonly string[] {
  const { names } = making;
  if (attribute === "helo") return [HOST, LABEL, "\\[[0-9.]+\\]", "[A-Za-z0-9._:+=/,*~^!#$%&'?{|}\\[\\]-]+"];
  const suffixes = suffixesIn(rule);
  if (attribute === "client")
    return [`${LABEL}\\.${literal(names.domain)}`, `${HOST}\\.${literal(names.domain)}`, ...hostShapes(suffixes)];
  const domains = attribute === "recipient" ? [names.elsewhere] : [names.domain];
  const kinds = [...new Set([...domains, ...domainKinds(making, attribute)])].slice(0, MOST_DOMAINS);
  const own = attribute === "recipient" ? ownDomains(making.configuration).slice(0, 2) : [];
  return [
    ...kinds.map((domain) => `${LOCAL}@${literal(domain)}`),
    `someone@${HOST}`,
    `someone@${HOST}\\.${literal(names.elsewhere)}`,
    ...hostShapes(suffixes).map((shape) => `someone@${shape}`),
    ...extendedShapes(making, attribute),
    `${LOCAL}@${HOST}`,
    `${LOCAL}@${LABEL}`,
    ...own.map((domain) => `${LOCAL}%${literal(names.elsewhere)}@${literal(domain)}`),
    ...unusualShapes(rule?.text ?? ""),
  ];
}

const MOST_EXTENDED = 4;

/** Addresses that tables tell apart, with an extension. */
function extendedShapes({ pool, configuration }: Making, attribute: "sender" | "recipient"): readonly string[] {
  const [delimiter] = settingsOf(configuration).delimiter;
  if (delimiter === undefined) return [];
  const shapes = oneOfEachKind(pool, attribute).flatMap(({ given }) => {
    const [, local = "", domain = ""] = /^([\w.-]+)@([\w.-]+)$/.exec(given) ?? [];
    return local === "" ? [] : [`${literal(local + delimiter)}${ATOM}@${literal(domain)}`];
  });
  return shapes.slice(-MOST_EXTENDED);
}

/** Addresses in place of a domain, and local parts in quotes, where a pattern may mean such. */
function unusualShapes(pattern: string): readonly string[] {
  const literals = pattern.includes("\\[") ? [`${LOCAL}@\\[[0-9]+(?:\\.[0-9]+){3}\\]`] : [];
  const quotes = /["\s]|\\s|@.*@/.test(pattern) ? [`"${QUOTED}"@${HOST}`, `${QUOTED}@${HOST}`] : [];
  return [...literals, ...quotes];
}

/** Names that somebody can have registered: right below a public suffix, or below such a name. */
function hostShapes(suffixes: readonly string[]): readonly string[] {
  return suffixes.flatMap((suffix) => [
    `${LABEL}\\.${literal(suffix)}`,
    `(?:${LABEL}\\.)*not[a-z0-9-]*[a-z0-9]\\.${literal(suffix)}`,
    `(?:${LABEL}\\.)+[a-z0-9-]*[a-z0-9]x\\.${literal(suffix)}`,
  ]);
}

const USUAL_SUFFIXES = ["com", "net", "de"];

/** The public suffixes that a pattern may mean. */
function suffixesIn(rule: PatternRule | undefined): readonly string[] {
  const plain = (rule?.text ?? "").replace(/\\([.-])/g, "$1").toLowerCase();
  const found = new Set<string>();
  for (const [token] of plain.matchAll(/[\p{L}\d.-]+/gu)) {
    const labels = token.split(".");
    for (let at = 0; at < labels.length; at++) {
      const suffix = labels.slice(at).join(".");
      if (suffix !== "" && isPublicSuffix(suffix)) found.add(suffix);
    }
  }
  return [...new Set([...found, ...USUAL_SUFFIXES])].slice(0, 8);
}

function domainKinds({ pool }: Making, attribute: "sender" | "recipient"): readonly string[] {
  return oneOfEachKind(pool, attribute).flatMap(({ given }) => {
    const domain = given.slice(given.lastIndexOf("@") + 1);
    return /^[\w.-]+$/.test(domain) && given.includes("@") ? [domain] : [];
  });
}

function literal(text: string): string {
  return text.replace(/[.+*?()[\]{}|^$\\]/g, "\\$&");
}
