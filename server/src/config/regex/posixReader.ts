import { setOf, has, type ByteSet } from "./byteSet.ts";
import { EMPTY, type Tree } from "./tree.ts";

/** What regcomp() of the GNU C library says about a pattern, as regerror() puts it. */
export type PosixError =
  | "Invalid regular expression"
  | "Invalid collation character"
  | "Invalid character class name"
  | "Trailing backslash"
  | "Invalid back reference"
  | "Unmatched [, [^, [:, [., or [="
  | "Unmatched ( or \\("
  | "Unmatched \\{"
  | "Invalid content of \\{\\}"
  | "Invalid range end"
  | "Invalid preceding regular expression"
  | "Regular expression too big";

/** A pattern being read. */
export interface PosixReader {
  readonly text: string;
  at: number;
  readonly extended: boolean;
  readonly ignoreCase: boolean;
  readonly newline: boolean;
  error: PosixError | undefined;
}

/** The byte `distance` behind the next one, "" behind the end. */
export function at(reader: PosixReader, distance: number): string {
  return reader.text.charAt(reader.at + distance);
}

/** Notes the first error and ends the reading: nothing is left to read. */
export function failed(reader: PosixReader, error: PosixError): Tree {
  reader.error ??= error;
  reader.at = reader.text.length;
  return EMPTY;
}

/** With REG_ICASE the library reads the pattern in capitals. */
export function folded({ ignoreCase }: PosixReader, char: string): string {
  return ignoreCase && char >= "a" && char <= "z" ? char.toUpperCase() : char;
}

/** The bytes of the subject that `set` means: with REG_ICASE the library compares them in capitals. */
export function foldedSet({ ignoreCase }: PosixReader, set: ByteSet): ByteSet {
  return ignoreCase ? setOf((code) => has(set, code >= 97 && code <= 122 ? code - 32 : code)) : set;
}
