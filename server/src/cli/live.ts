import { spawnSync } from "node:child_process";
import path from "node:path";
import { publicTexts } from "../config/tableFiles.ts";
import type { Evaluation } from "../evaluate/evaluate.ts";
import { replyFrom } from "../evaluate/reply.ts";
import type { Answered } from "../evaluate/session.ts";
import { differences } from "../mailflow/differences.ts";
import type { RanFile, PlacedTest } from "./runTestFile.ts";
import { UsageError } from "./usage.ts";

/**
 * Lets the installed Postfix have the last word: each test that could be run is sent to it, in private namespaces, and
 * its replies count instead of ours. What decides is only known to us, so `by` is not compared.
 */
export function askLive(files: readonly RanFile[]): readonly RanFile[] {
  const asked = files.flatMap((file) =>
    file.tests.filter(({ result }) => result.kind !== "error").map((ran) => ({ file, ran })),
  );
  const answers = answersOf(asked.map(({ file, ran }, at) => caseOf(file, ran, String(at))));
  const results = new Map(asked.map(({ ran }, at) => [ran, liveResult(ran, answers[at])]));
  return files.map((file) => ({ ...file, tests: file.tests.map((ran) => results.get(ran) ?? ran) }));
}

function caseOf({ project }: RanFile, { test }: PlacedTest, id: string): object {
  const { service, message, world } = test;
  return { id, files: publicTexts(project), ...(service !== undefined && { service }), message, ...world };
}

/** What the program beside this one answers: the part of the contract's answer that is compared. */
interface LiveAnswer {
  readonly error?: string;
  readonly stages: Readonly<Record<"connect" | "ehlo" | "mail" | "data" | "eod" | "etrn", LiveReply>> & {
    readonly rcpt: readonly LiveReply[];
  };
  readonly accepted: readonly boolean[];
  readonly fatal: readonly string[] | null;
  readonly log: readonly string[];
  readonly warnings: readonly string[];
}

type LiveReply = { readonly raw: string } | { readonly closed: true } | { readonly skipped: true } | null | undefined;

function answersOf(cases: readonly object[]): readonly LiveAnswer[] {
  const program = path.join(import.meta.dirname, "oracle.mjs");
  const input = cases.map((one) => JSON.stringify(one)).join("\n");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "-"], {
    input,
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  if (status !== 0)
    throw new UsageError(`--live: ${stderr.trim().split("\n").at(-1) ?? "the installed Postfix cannot be asked"}`);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as LiveAnswer);
}

function liveResult(ran: PlacedTest, answer: LiveAnswer | undefined): PlacedTest {
  const { result, test } = ran;
  if (!answer || result.kind === "error") return ran;
  const { exploration } = result;
  if (answer.error !== undefined) return { ...ran, result: { kind: "error", because: `--live: ${answer.error}` } };
  const found = differences({ ...test.expect, by: undefined }, test.message, evaluationOf(answer));
  if (found.length === 0) return { ...ran, result: { kind: "passed", exploration } };
  return {
    ...ran,
    result: { kind: "failed", exploration, failure: { differences: found, if: [], decided: undefined } },
  };
}

function evaluationOf({ stages, accepted, fatal, log, warnings }: LiveAnswer): Evaluation {
  const { connect, ehlo, mail, rcpt, data, eod, etrn } = stages;
  return {
    connect: answeredOf(connect) ?? { closed: true },
    ehlo: answeredOf(ehlo),
    mail: answeredOf(mail),
    rcpt: rcpt.map((reply) => answeredOf(reply) ?? { closed: true }),
    data: answeredOf(data),
    eod: answeredOf(eod),
    etrn: answeredOf(etrn),
    accepted,
    steps: [],
    fatal: fatal ?? undefined,
    log,
    warnings,
  };
}

function answeredOf(reply: LiveReply): Answered | undefined {
  if (!reply) return undefined;
  return "raw" in reply ? replyFrom(reply.raw) : reply;
}
