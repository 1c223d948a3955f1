import { makeDice, type Dice } from "../generate/dice.ts";

/** A line of a pattern table without its value, and keys to ask it for. */
export interface PatternCase {
  readonly type: "pcre" | "regexp";
  readonly pattern: string;
  readonly flags: string;
  readonly keys: readonly string[];
}

/** The random case of a number: always the same. */
export function randomPatternCase(seed: number, type: PatternCase["type"]): PatternCase {
  const dice = makeDice(seed);
  const making: Making = { dice, names: 0, depth: 0, pieces: type === "pcre" ? PCRE : POSIX };
  const start = type === "pcre" && dice.chance(8) ? dice.pick(STARTS) : "";
  const verbs = type === "pcre" && dice.chance(10) ? verb(making) : "";
  const pattern = start + verbs + alternatives(making);
  const keys = Array.from({ length: 12 }, () => randomKey(dice));
  return { type, pattern, flags: randomFlags(dice, type), keys: [...new Set(keys)] };
}

interface Making {
  readonly dice: Dice;
  names: number;
  depth: number;
  readonly pieces: Pieces;
}

type Piece = (making: Making) => string;
type Pieces = readonly (readonly [weight: number, piece: Piece])[];

const DEEPEST = 4;

function randomKey(dice: Dice): string {
  const alphabet = dice.chance(85)
    ? ["a", "a", "a", "b", "b", "b", "c", "c", "d"]
    : ["a", "b", "c", "A", "B", "C", "-", "_", "1", ".", "@", "é", "ß"];
  const length = 1 + dice.below(dice.chance(80) ? 6 : 14);
  return Array.from({ length }, () => dice.pick(alphabet)).join("");
}

function randomFlags(dice: Dice, type: PatternCase["type"]): string {
  const flags = type === "pcre" ? ["i", "m", "s", "A", "E", "U"] : ["i", "m"];
  return flags.filter(() => dice.chance(8)).join("");
}

function alternatives(making: Making): string {
  const { dice } = making;
  making.depth++;
  const count = dice.chance(70) ? 1 : 1 + dice.below(3);
  const options = Array.from({ length: count }, () => branch(making));
  making.depth--;
  return options.join("|");
}

function branch(making: Making): string {
  const { dice } = making;
  const count = making.depth > DEEPEST ? 1 : dice.below(5);
  return Array.from({ length: count }, () => repeated(making)).join("");
}

function repeated(making: Making): string {
  const { dice } = making;
  const item = making.depth > DEEPEST ? letter(making) : dice.weigh(making.pieces)(making);
  if (dice.chance(70)) return item;
  const quantifier = dice.pick(["*", "+", "?", "{2}", "{0,2}", "{1,3}", "{1,}", "{0}", "{0,1}"]);
  return item + quantifier + (making.pieces === PCRE && dice.chance(35) ? dice.pick(["?", "+"]) : "");
}

function letter({ dice }: Making): string {
  return dice.pick(["a", "b", "c", "a", "b", "."]);
}

function name({ dice }: Making): string {
  return dice.pick(["a", "b", "n"]);
}

function number({ dice }: Making): string {
  return String(1 + dice.below(3));
}

function oneOf(...texts: readonly string[]): Piece {
  return ({ dice }) => dice.pick(texts);
}

const POSIX: Pieces = [
  [30, letter],
  [8, oneOf("[ab]", "[^a]", "[[:alpha:]]", "[a-c]", "[^[:digit:]]", "[]a]", "[a-]", "\\w", "\\W")],
  [4, oneOf("^", "$", "\\b", "\\<", "\\>", "\\B", "\\`", "\\'")],
  [16, (making) => `(${alternatives(making)})`],
  [3, (making) => `\\${number(making)}`],
];

const PCRE: Pieces = [
  [36, letter],
  [6, oneOf("[ab]", "[^a]", "[[:alpha:]]", "[a-c]", "\\w", "\\W", "\\d", "\\D", "\\h", "[^\\d-]", "\\X", "\\R", "\\N")],
  [4, oneOf("^", "$", "\\b", "\\B", "\\A", "\\z", "\\Z", "\\G", "\\K")],
  [10, (making) => `(${alternatives(making)})`],
  [
    6,
    (making) =>
      `(?${making.dice.pick([":", ":", "|", "|", ">", "=", "!", "<=", "<!", "*", "<*"])}${alternatives(making)})`,
  ],
  [2, (making) => `(?<${name(making)}${making.names++ || ""}>${alternatives(making)})`],
  [2, (making) => `(*${making.dice.pick(LONG_GROUPS)}:${alternatives(making)})`],
  [1, (making) => `(?${making.dice.pick(["i", "s", "m", "U", "x", "n", "J", "^", "i-s"])})`],
  [1, (making) => `(?${making.dice.pick(["i", "s", "m", "U", "n", "-i"])}:${alternatives(making)})`],
  [2, (making) => `\\${number(making)}`],
  [
    2,
    (making) => making.dice.pick([`\\g{-1}`, `\\k<${name(making)}>`, `(?P=${name(making)})`, `\\g${number(making)}`]),
  ],
  [
    2,
    (making) =>
      making.dice.pick([
        "(?R)",
        `(?${number(making)})`,
        "(?-1)",
        "(?+1)",
        `(?&${name(making)})`,
        `\\g<${number(making)}>`,
      ]),
  ],
  [2, (making) => `(?(${making.dice.pick(CONDITIONS)})${alternatives(making)})`],
  [
    1,
    (making) =>
      `(?(?${making.dice.pick(["=", "!", "<=", "<!"])}${alternatives(making)})${branch(making)}|${branch(making)})`,
  ],
  [6, (making) => verb(making)],
  [
    2,
    oneOf(
      "\\p{L}",
      "\\p{Greek}",
      "\\pN",
      "\\P{Latin}",
      "\\p{sc:Latin}",
      "\\p{^Lu}",
      "\\p{Alphabetic}",
      "\\p{scx:Grek}",
      "\\p{bidi_class:L}",
      "[\\p{Common}]",
      "\\p{ASCII}",
      "\\p{no}",
    ),
  ],
];

const LONG_GROUPS = [
  "napla",
  "naplb",
  "pla",
  "nlb",
  "atomic",
  "sr",
  "asr",
  "non_atomic_positive_lookahead",
  "non_atomic_positive_lookbehind",
  "nla",
  "plb",
];
const CONDITIONS = ["1", "2", "R", "R1", "DEFINE", "<a>", "'b'", "-1", "R&a", "+1", "n", "VERSION>=10.4"];

function verb({ dice }: Making): string {
  const verbs = [
    "ACCEPT",
    "FAIL",
    "F",
    "COMMIT",
    "PRUNE",
    "SKIP",
    "THEN",
    "COMMIT",
    "SKIP",
    "THEN",
    "MARK:m",
    ":n",
    "SKIP:m",
    "SKIP:n",
  ];
  const chosen = dice.pick(verbs);
  return `(*${chosen}${!chosen.includes(":") && dice.chance(12) ? `:${dice.pick(["m", "n", ""])}` : ""})`;
}

const STARTS = [
  "(*UTF)",
  "(*UCP)",
  "(*UTF8)",
  "(*NOTEMPTY)",
  "(*NOTEMPTY_ATSTART)",
  "(*LIMIT_MATCH=1)",
  "(*LIMIT_MATCH=100000)",
  "(*LIMIT_DEPTH=0)",
  "(*LIMIT_DEPTH=10000)",
  "(*LIMIT_HEAP=0)",
  "(*LIMIT_HEAP=1000)",
  "(*CRLF)",
  "(*ANYCRLF)",
  "(*BSR_ANYCRLF)",
  "(*NO_START_OPT)",
  "(*NO_JIT)",
  "(*NO_AUTO_POSSESS)",
  "(*NO_DOTSTAR_ANCHOR)",
  "(*UCP)(*UTF)",
];
