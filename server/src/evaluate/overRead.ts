import { fromBytes, toBytes } from "../config/regex/bytes.ts";
import type { Table } from "../config/table.ts";
import { derived } from "../text/derived.ts";
import type { Run } from "./run.ts";

/** A string buffer that Postfix writes one answer after the other into. See vstring.c. */
export interface Buffer {
  readonly name: string;
  /** So many bytes it holds when it is new. */
  readonly size: number;
  /** Whether what a table is asked for is written into it too. See dict_pipe.c, dict_pipe_lookup(). */
  readonly holdsKeys?: boolean;
}

/** The buffer of policy answers. See smtpd_check.c, check_policy_service(). */
export const POLICY_BUFFER: Buffer = { name: "check_policy_service", size: 10 };

/**
 * The buffer for the values of a table; undefined when each value has a place of its own.
 * See dict_db.c, dict_lmdb.c, dict_proxy.c: 10; dict_union.c, dict_pipe.c: 100.
 */
export const bufferOf = derived(({ reference: name }: Table): Buffer | undefined => {
  if (/^(?:proxy|hash|btree|lmdb):/.test(name)) return { name, size: 10 };
  if (name.startsWith("unionmap:")) return { name, size: 100 };
  return name.startsWith("pipemap:") ? { name, size: 100, holdsKeys: true } : undefined;
});

/** Remembers the answer that Postfix writes into a buffer in this session. */
export function writeAnswer(run: Run, buffer: Buffer | undefined, text: string): void {
  if (!buffer || !run.settings.readsOn) return;
  const written = run.written.get(buffer.name);
  if (written) written.push(text);
  else run.written.set(buffer.name, [text]);
}

/** Remembers what a table is asked for, where that is written into its buffer too: folded by then. See dict_utf8.c. */
export function writeKey(run: Run, buffer: Buffer | undefined, key: string): void {
  if (buffer?.holdsKeys) writeAnswer(run, buffer, run.settings.usesUtf8 ? key.toLowerCase() : key);
}

/** What dsn_split() reads behind the last text in a buffer. */
export function behind(run: Run, buffer: Buffer | undefined): string {
  return buffer ? leftBehind(run, run.written.get(buffer.name) ?? [], buffer.size) : "";
}

/**
 * What dsn_split() takes for the text behind an enhanced status code that nothing follows: before 3.8, and in the first
 * patch levels of later releases, it reads on behind the zero byte that ends the text. There is the rest of what was in
 * the buffer earlier, or bytes that were never written, up to the next zero byte; a buffer grows to twice its size. See
 * dsn_util.c, dsn_split(); mymalloc.c, FILLER; vstring.c, vstring_extend().
 */
export function leftBehind(run: Run, texts: readonly string[], size: number): string {
  if (!run.settings.readsOn) return "";
  let content = UNWRITTEN.repeat(size);
  let end = 0;
  for (const text of texts) {
    const bytes = toBytes(text);
    end = bytes.length + 1;
    while (content.length < bytes.length) content += UNWRITTEN.repeat(content.length);
    content = `${bytes}\0${content.slice(end)}`;
  }
  const rest = content.slice(end);
  const zero = rest.indexOf("\0");
  return fromBytes(zero < 0 ? rest : rest.slice(0, zero)) ?? "";
}

/** Stands for a byte that no reply and no log line can hold: both show a blank or a question mark. */
const UNWRITTEN = "\u0001";
