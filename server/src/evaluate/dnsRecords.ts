import { parseAddress } from "../syntax/network.ts";
import type { DnsAnswer, RecordType } from "./facts.ts";

/** Records in one line, as a person may give them: `10 mx1.example.com, 20 mx2.example.com`. */
export function recordsText(records: readonly string[]): string {
  return records.join(", ");
}

/** Reads such a line; undefined when it holds no records of that type. */
export function recordsFrom(type: RecordType, text: string): DnsAnswer | undefined {
  const records = text.split(",").map((record) => record.trim());
  return records.every(FORMS[type]) ? { kind: "records", records } : undefined;
}

type Test = (record: string) => boolean;

const isName: Test = (record) => /^[\w-]+(?:\.[\w-]+)+\.?$/.test(record);

const FORMS: Readonly<Record<RecordType, Test>> = {
  A: (record) => parseAddress(record)?.family === 4,
  AAAA: (record) => parseAddress(record)?.family === 6,
  MX: (record) => /^\d+ [\w.-]+$/.test(record),
  NS: isName,
  PTR: isName,
  TXT: () => false,
};
