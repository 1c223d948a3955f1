import { isDigit } from "./byteSet.ts";
import { failed, type PosixError, type PosixReader } from "./posixReader.ts";
import { nextToken } from "./posixToken.ts";

/** How often something is repeated; Infinity: any number of times. */
export interface Interval {
  readonly min: number;
  readonly max: number;
}

const MAX_REPEAT = 0x7fff;
const BAD_CONTENT = "Invalid content of \\{\\}";

/** Reads the rest of `{n}`, `{n,}`, `{,m}` or `{n,m}`. See fetch_number() and parse_dup_op() in regcomp.c. */
export function readInterval(reader: PosixReader): Interval {
  const first = readBoundary(reader);
  const min = first.value === "none" && first.end === "," ? 0 : first.value;
  if (min === "none") return complain(reader, BAD_CONTENT);
  if (min === "wrong") return complain(reader, first.end === "end" ? "Unmatched \\{" : BAD_CONTENT);
  const last = first.end === "}" ? { value: min, end: first.end } : readBoundary(reader);
  const max = last.value === "none" ? Infinity : last.value;
  if (max === "wrong") return complain(reader, last.end === "end" ? "Unmatched \\{" : BAD_CONTENT);
  return checked(reader, { min, max }, last.end);
}

function checked(reader: PosixReader, { min, max }: Interval, end: Boundary["end"]): Interval {
  if (min > max || end !== "}") return complain(reader, BAD_CONTENT);
  if ((max === Infinity ? min : max) > MAX_REPEAT) return complain(reader, "Regular expression too big");
  return { min, max };
}

function complain(reader: PosixReader, error: PosixError): Interval {
  failed(reader, error);
  return { min: 1, max: 1 };
}

interface Boundary {
  readonly value: number | "none" | "wrong";
  readonly end: "}" | "," | "end";
}

function readBoundary(reader: PosixReader): Boundary {
  let digits = "";
  for (;;) {
    const token = nextToken(reader, false);
    if (token.kind === "end") return { value: "wrong", end: "end" };
    if (token.kind === "}") return { value: valueOf(digits), end: "}" };
    const char = token.kind === "byte" ? token.char : "x";
    if (char === ",") return { value: valueOf(digits), end: "," };
    digits += isDigit(char.charCodeAt(0)) ? char : "x";
  }
}

function valueOf(digits: string): Boundary["value"] {
  if (digits === "") return "none";
  return digits.includes("x") ? "wrong" : Math.min(MAX_REPEAT + 1, Number(digits));
}
