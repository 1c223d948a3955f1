/** A table of any size, and keys that are asked of it. */
export interface BigTable {
  readonly type: string;
  readonly text: string;
  /** Every second one is in the table, evenly spread. */
  readonly keys: readonly string[];
}

const KEYS = 1000;

export const BIG_TABLE_TYPES = ["hash", "cidr", "regexp", "pcre"] as const;
export type BigTableType = (typeof BIG_TABLE_TYPES)[number];

export function bigTable(type: BigTableType, lines: number): BigTable {
  const line = LINES[type];
  const text = Array.from({ length: lines }, (_, number) => `${line(number)} REJECT\n`).join("");
  const keys = Array.from({ length: KEYS }, (_, at) => {
    // Beyond the last line: numbers of which no line speaks.
    const number = Math.floor((at / KEYS) * lines) + (at % 2 === 0 ? 0 : lines);
    return type === "cidr" ? addressOf(number) : `user${number}@host${number}.example`;
  });
  return { type, text, keys };
}

const LINES: Readonly<Record<BigTableType, (number: number) => string>> = {
  hash: (number) => `user${number}@host${number}.example`,
  cidr: (number) => (number % 3 === 0 ? `${addressOf(number)}/32` : addressOf(number)),
  regexp: pattern,
  pcre: pattern,
};

/** The three usual kinds: a whole address, a domain and all below it, something in the middle. */
function pattern(number: number): string {
  if (number % 3 === 0) return `/^user${number}@host${number}\\.example$/`;
  return number % 3 === 1 ? `/[@.]host${number}\\.example$/` : `/ser${number}@.*(host|pool)/`;
}

function addressOf(number: number): string {
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}
