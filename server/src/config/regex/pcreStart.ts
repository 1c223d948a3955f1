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

interface Start {
  readonly options: StartOptions;
  /** Where the rest of the pattern begins. */
  readonly end: number;
  /** An option whose number is wrong. */
  readonly problem: { readonly message: string; readonly at: number } | undefined;
}

/** The largest number that fits; PCRE2 takes no larger one. */
const LARGEST = 4294967290;

const IDLE =
  /^\(\*(?:NO_(?:AUTO_POSSESS|JIT|DOTSTAR_ANCHOR)|CR|LF|CRLF|ANYCRLF|ANY|NUL|BSR_ANYCRLF|BSR_UNICODE|UTF8?|UCP|NOTEMPTY(?:_ATSTART)?|NO_START_OPT)\)/;
const LIMIT = /^\(\*LIMIT_(HEAP|MATCH|DEPTH|RECURSION)=/;

/** Reads the options at the start of a pattern; those that change nothing for a subject in one line are passed over. */
export function readStart(pattern: string): Start {
  let options: StartOptions = NO_OPTIONS;
  let end = 0;
  for (;;) {
    const rest = pattern.slice(end);
    const [idle] = IDLE.exec(rest) ?? [];
    const [limit, name = ""] = LIMIT.exec(rest) ?? [];
    if (idle !== undefined) options = { ...options, ...MEANING[idle] };
    else if (limit === undefined) return { options, end, problem: undefined };
    else {
      const digits = /^\d*/.exec(rest.slice(limit.length))?.[0] ?? "";
      const after = limit.length + digits.length;
      if (digits === "" || Number(digits) > LARGEST || rest.charAt(after) !== ")")
        return { options, end, problem: { message: "(*VERB) not recognized or malformed", at: end + after } };
      options = { ...options, limits: { ...options.limits, [LIMITED[name] ?? name]: Number(digits) } };
      end += after + 1;
      continue;
    }
    end += idle.length;
  }
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
