import { randomAction } from "./actions.ts";
import { newFile, type Draft } from "./draft.ts";
import { keysFor, type KeyKind } from "./names.ts";
import { patternLines } from "./patterns.ts";

type Make = (draft: Draft, content: Content) => string;

/** What is to stand in a table. */
interface Content {
  readonly keys: readonly string[];
  readonly value: () => string;
}

const ACCESS_TABLES: readonly (readonly [weight: number, make: Make])[] = [
  [24, indexed("hash")],
  [18, indexed("texthash")],
  [2, indexed("btree")],
  [1, indexed("proxy:hash")],
  [1, indexed("proxy:texthash")],
  [1, indexed("$default_database_type")],
  [12, (draft) => newTable(draft, "cidr", cidrLines(draft))],
  [14, ({ dice }, { value }) => `static:${braced(value(), dice.chance(80))}`],
  [12, inline],
  [4, (draft, content) => `unionmap:{${inline(draft, content)}, ${inline(draft, content)}}`],
  [4, pipe],
  [1, ({ dice }) => `randmap:{${dice.pick(["REJECT", "OK", "DUNNO"])}}`],
  [2, (draft) => inPlace("cidr", cidrLines(draft))],
  [1, (draft) => newTable(draft, "proxy:cidr", cidrLines(draft))],
  [5, broken],
];

const PATTERN_TABLES: readonly (readonly [weight: number, make: Make])[] = [
  [12, (draft) => newTable(draft, "regexp", patternLines(draft, "regexp"))],
  [10, (draft) => newTable(draft, "pcre", patternLines(draft, "pcre"))],
  [1, (draft) => inPlace("regexp", patternLines(draft, "regexp"))],
  [1, (draft) => inPlace("pcre", patternLines(draft, "pcre"))],
  [1, (draft) => newTable(draft, "proxy:pcre", patternLines(draft, "pcre"))],
];

/** The lines of a table in main.cf itself. See postconf(5), "inline:"; cidr_table(5). */
function inPlace(type: string, lines: string): string {
  const texts = lines.split("\n").filter((line) => !/[{}"#]/.test(line));
  return `${type}:{${texts.map((line) => `{${line.replace(/\$/g, "$$$$")}}`).join(", ")}}`;
}

/** Writes an access map about something and gives its `type:name`. */
export function accessMap(draft: Draft, kind: KeyKind): string {
  const { dice, patterns } = draft;
  const make = dice.weigh(patterns ? [...ACCESS_TABLES, ...PATTERN_TABLES] : ACCESS_TABLES);
  const reference = make(draft, { keys: keysFor(draft, kind), value: () => randomAction(draft) });
  return dice.chance(2) ? `{ ${reference} }` : reference;
}

const LOOKUP_TABLES: readonly (readonly [weight: number, make: Make])[] = [
  [8, indexed("hash")],
  [5, indexed("texthash")],
  [8, inline],
  [2, ({ dice }, { value }) => `static:${braced(value(), dice.chance(80))}`],
  [1, (draft, content) => `unionmap:{${inline(draft, content)}, static:x}`],
  [1, pipe],
  [1, ({ dice }) => dice.pick(["regexp:{{/^alice/ x}}", "pcre:{{/@virtual\\.test$$/ x}}", "cidr:{{0.0.0.0/0 x}}"])],
  [1, broken],
];

/** Writes a table of addresses, domains or logins and gives its `type:name`. */
export function lookupTable(draft: Draft, content: Content): string {
  return draft.dice.weigh(LOOKUP_TABLES)(draft, content);
}

function indexed(type: string): Make {
  return (draft, content) => {
    const reference = newTable(draft, type, asWritten(draft, entries(draft, content, " ")));
    if (type === "hash" && draft.dice.chance(3))
      draft.notCompiled.push(reference.slice(reference.lastIndexOf("/") + 1));
    return reference;
  };
}

/** The lines of a table as people write them. */
function asWritten({ dice }: Draft, lines: readonly string[]): string {
  return lines
    .flatMap((line) =>
      dice.weigh<readonly string[]>([
        [30, [line]],
        [1, ["# a comment", "", line]],
        [1, [line.replace(" ", "\t \t")]],
        [1, [line.replace(" ", "\n   ")]],
        [1, [line, "   # a comment", "  continued"]],
        [1, [line, line.replace(/ .*/, " REJECT twice")]],
        [1, [line.replace(/\s.*/, "")]],
        [1, [` ${line}`]],
        [1, [`${line}   `]],
        [1, [line.replace(" ", " : ")]],
      ]),
    )
    .join("\n");
}

function newTable(draft: Draft, type: string, text: string): string {
  return `${type}:/etc/postfix/${newFile(draft, `${text}\n`)}`;
}

function entries({ dice }: Draft, { keys, value }: Content, between: string): string[] {
  const chosen = dice.some(keys, 1 + dice.below(3));
  return chosen.map(
    (key) => `${/\s/.test(key) ? quoted(key) : dice.chance(5) ? key.toUpperCase() : key}${between}${value()}`,
  );
}

function quoted(key: string): string {
  return `"${key.replace(/"/g, "")}"`;
}

function inline(draft: Draft, content: Content): string {
  const pairs = entries(draft, content, " = ").filter((entry) => !/[{}"#]/.test(entry));
  const texts = pairs.map((pair) => `{${pair.replace(/\$/g, "$$$$")}}`);
  return `inline:{${texts.length > 0 ? texts.join(", ") : "{none = DUNNO}"}}`;
}

function braced(value: string, properly: boolean): string {
  const text = value.replace(/\$/g, "$$$$");
  return properly && /[\s,]/.test(text) ? `{${text}}` : text.replace(/[\s,].*/, "");
}

function pipe(draft: Draft, content: Content): string {
  const { dice } = draft;
  const key = dice.pick(content.keys);
  if (/[\s{}",=]/.test(key)) return inline(draft, content);
  const second = dice.chance(70) ? "one" : "other";
  const value = content.value().replace(/\$/g, "$$$$").replace(/[{}]/g, "");
  return `pipemap:{inline:{${key}=one}, inline:{{${second} = ${value}}}}`;
}

function broken({ dice }: Draft): string {
  return dice.pick([
    "hash:/etc/postfix/missing",
    "texthash:/etc/postfix/missing",
    "cidr:/etc/postfix/missing",
    "fail:broken",
    "nosuch:/etc/postfix/x",
    "HASH:/etc/postfix/missing",
    "inline:{a=REJECT no}",
  ]);
}

const NETWORKS = [
  "203.0.113.0/24",
  "203.0.113.8",
  "203.0.113.8/32",
  "203.0.113.8/24",
  "198.51.100.0/24",
  "0.0.0.0/0",
  "10.0.0.0/8",
  "2001:db8::/32",
  "2001:db8:1:2::99",
  "::/0",
  "not-a-network",
];

function cidrLines(draft: Draft): string {
  const { dice } = draft;
  const lines = dice.some(NETWORKS, 1 + dice.below(3)).map((network) => `${network} ${randomAction(draft)}`);
  const negated = dice.chance(12) ? lines.map((line, at) => (at === 0 ? `!${line}` : line)) : lines;
  return (dice.chance(10) ? [`if ${dice.pick(NETWORKS)}`, ...negated, "endif"] : negated).join("\n");
}
