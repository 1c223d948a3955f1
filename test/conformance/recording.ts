import { readFileSync } from "node:fs";
import type { Answer, Case, Stages } from "../oracle/case.ts";

/** What a Postfix of the version that the case names once answered, as far as it is the same on every run. */
export interface RecordedAnswer {
  readonly stages: Omit<Stages, "starttls" | "auth" | "vrfy">;
  readonly accepted: readonly boolean[];
  readonly fatal: readonly string[] | null;
  readonly log: readonly string[];
}
export type RecordedCase = Case & { readonly answer: RecordedAnswer };

/** From the root of the project, where tests and scripts run: what Postfix 3.7 answered. */
export const RECORDING = "test/conformance/recorded.jsonl";
/** What Postfix 3.12 answered, most of all where 3.7 answers something else. */
export const NEWER_RECORDING = "test/conformance/recorded312.jsonl";

/** What Postfix 3.7 looks up, for keys of which it is said that nobody or hardly anybody asks for them. */
export const KEYS_RECORDING = "test/conformance/recordedKeys.jsonl";

export function readRecording(file = RECORDING): RecordedCase[] {
  return readCases(file) as RecordedCase[];
}

export function readCases(file: string): Case[] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Case);
}

/** Only what a replay needs: other fields of a case do not reach the recording. */
export function caseToRecord({ id, note, files, service, message, hosts, policy, no_postmap, hostname }: Case): Case {
  const fields = { id, note, files, service, message, hosts, policy, no_postmap, hostname };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as unknown as Case;
}

export function answerToRecord({ stages, accepted, fatal, log }: Answer): RecordedAnswer {
  const { connect, ehlo, mail, rcpt, data, eod, etrn } = stages;
  return { stages: { connect, ehlo, mail, rcpt, data, eod, etrn }, accepted, fatal, log };
}
