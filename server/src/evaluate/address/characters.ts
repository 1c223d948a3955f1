/** Codes of the characters that have a meaning in addresses and host names. */
export const DOT = 0x2e;
export const HYPHEN = 0x2d;
export const AT = 0x40;
export const BACKSLASH = 0x5c;
export const UNDERSCORE = 0x5f;

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** ASCII only, whatever the locale. sys_defs.h, ISALNUM(). */
export function isLetterOrDigit(code: number): boolean {
  return isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
}

/** ASCII only. sys_defs.h, ISCNTRL(). */
export function isControl(code: number): boolean {
  return code < 0x20 || code === 0x7f;
}
