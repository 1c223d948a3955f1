/** What the options at the start of a pattern say. See pcre2pattern(3), "Special start-of-pattern items". */
export interface StartOptions {
  /** A match that takes nothing does not count, or not at the start of the subject. */
  readonly notEmpty: NotEmpty | undefined;
  /** Pattern and subject are characters in place of bytes, or bytes have the properties of characters. */
  readonly unicode: boolean;
  readonly optimizes: boolean;
  readonly limits: Limits;
}

export type NotEmpty = "anywhere" | "at the start";

/** What one attempt may take, where the pattern limits it: calls of match(), their depth, and KiB. */
export interface Limits {
  readonly match: number;
  readonly depth: number;
  readonly heap: number;
}

/** Whether the options can make a difference to what the rest of the pattern says. */
export function isRestricted({ notEmpty, unicode, limits }: StartOptions): boolean {
  return notEmpty !== undefined || unicode || Math.min(limits.match, limits.depth, limits.heap) < Infinity;
}

interface Start {
  readonly options: StartOptions;
  /** Where the rest of the pattern begins. */
  readonly end: number;
  /** An option whose number is wrong. */
  readonly problem: { readonly message: string; readonly at: number } | undefined;
}

/** The largest number that fits; PCRE2 takes no larger one. */
const LARGEST = 4294967290;

const SIMPLE =
  /^\(\*(?:NO_(?:AUTO_POSSESS|JIT|DOTSTAR_ANCHOR)|CR|LF|CRLF|ANYCRLF|ANY|NUL|BSR_ANYCRLF|BSR_UNICODE|UTF8?|UCP|NOTEMPTY(?:_ATSTART)?|NO_START_OPT)\)/;
const LIMIT = /^\(\*LIMIT_(HEAP|MATCH|DEPTH|RECURSION)=/;

/** Reads the options at the start of a pattern; those that change nothing for a subject in one line are passed over. */
export function readStart(pattern: string): Start {
  let start: Start = { options: NO_OPTIONS, end: 0, problem: undefined };
  for (let next: Start | undefined = start; next; next = start.problem ? undefined : readOne(pattern, start))
    start = next;
  return start;
}

function readOne(pattern: string, { options, end }: Start): Start | undefined {
  const rest = pattern.slice(end);
  const [simple] = SIMPLE.exec(rest) ?? [];
  if (simple !== undefined)
    return { options: { ...options, ...MEANING[simple] }, end: end + simple.length, problem: undefined };
  const [limit, name = ""] = LIMIT.exec(rest) ?? [];
  return limit === undefined ? undefined : readLimit(pattern, end + limit.length, { options, limited: LIMITED[name] });
}

function readLimit(
  pattern: string,
  at: number,
  { options, limited }: { readonly options: StartOptions; readonly limited: keyof Limits | undefined },
): Start {
  const digits = /^\d*/.exec(pattern.slice(at))?.[0] ?? "";
  const end = at + digits.length;
  if (digits === "" || Number(digits) > LARGEST || pattern.charAt(end) !== ")")
    return { options, end, problem: { message: "(*VERB) not recognized or malformed", at: end } };
  const limits = limited === undefined ? options.limits : { ...options.limits, [limited]: Number(digits) };
  return { options: { ...options, limits }, end: end + 1, problem: undefined };
}

const NO_OPTIONS: StartOptions = {
  notEmpty: undefined,
  unicode: false,
  optimizes: true,
  limits: { match: Infinity, depth: Infinity, heap: Infinity },
};

const MEANING: Readonly<Record<string, Partial<StartOptions>>> = {
  "(*NOTEMPTY)": { notEmpty: "anywhere" },
  "(*NOTEMPTY_ATSTART)": { notEmpty: "at the start" },
  "(*NO_START_OPT)": { optimizes: false },
  "(*UTF)": { unicode: true },
  "(*UTF8)": { unicode: true },
  "(*UCP)": { unicode: true },
};

const LIMITED: Readonly<Record<string, keyof Limits>> = {
  HEAP: "heap",
  MATCH: "match",
  DEPTH: "depth",
  RECURSION: "depth",
};
