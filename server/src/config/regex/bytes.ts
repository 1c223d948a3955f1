import { isAscii } from "../../text/isAscii.ts";

/**
 * Text as the bytes that Postfix matches: each character of the result stands for one byte of UTF-8. Neither regcomp()
 * in smtpd's C locale nor pcre2_compile() as dict_pcre.c calls it knows of characters beyond one byte.
 */
export function toBytes(text: string): string {
  if (isAscii(text)) return text;
  let bytes = "";
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** The text of bytes; undefined when they are not UTF-8. */
export function fromBytes(bytes: string): string | undefined {
  if (isAscii(bytes)) return bytes;
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)),
  );
  return text.includes("\ufffd") && toBytes(text) !== bytes ? undefined : text;
}
