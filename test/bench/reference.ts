import type { Case } from "../oracle/case.ts";
import { findInstallation, postfixAvailable } from "../oracle/installation.ts";
import { startWorker } from "../oracle/pool.ts";
import { evaluation } from "./evaluator.ts";
import { REFERENCE_CASES } from "./referenceCase.ts";
import type { SessionsAnswer, SessionsQuestion } from "./sessions.ts";
import type { Cell, Table } from "./table.ts";
import { speedOfAll } from "./traces.ts";

const PARALLEL = [1, 2, 4];

/** Why the real Postfix is missing beside our figures. */
export function missingPostfix(): readonly string[] {
  const reason = postfixAvailable();
  return reason === undefined ? [] : [`No figures of Postfix: ${reason}`];
}

/** Our traces and Postfix's sessions with the same configuration and the same messages. */
export async function referenceTraces(seconds: number): Promise<Table> {
  const rows: Cell[][] = [];
  for (const asked of REFERENCE_CASES) {
    const ours = speedOfAll([evaluation(asked)], seconds);
    rows.push([`${asked.id}: trace`, ours.perSecond, 1e3 / ours.perProcessorSecond, undefined, undefined]);
    const real = await askForSessions({ asked, parallel: PARALLEL, seconds });
    real?.speeds.forEach(({ perSecond, processorMilliseconds }, at) => {
      const ratios = [ours.perSecond / perSecond, ours.perProcessorSecond * (processorMilliseconds / 1e3)];
      const name = `${asked.id}: Postfix, ${PARALLEL[at] ?? 0} at a time`;
      rows.push([name, perSecond, processorMilliseconds, ...ratios.map((ratio) => `${Math.round(ratio)} x`)]);
    });
  }
  return {
    title: "Reference configuration: five restrictions, two tables of 1,000 lines; connect … RCPT TO",
    columns: ["", "per second", "processor ms each", "we are", "by processor time"],
    rows,
    notes: missingPostfix(),
  };
}

/** Sessions with a real Postfix that is started once; undefined where there is none. */
export async function askForSessions(question: SessionsQuestion): Promise<SessionsAnswer | undefined> {
  if (postfixAvailable() !== undefined) return undefined;
  const worker = startWorker(process.argv[1] ?? "", findInstallation());
  try {
    return (await worker.ask(question)) as SessionsAnswer;
  } finally {
    await worker.stop();
  }
}

/** From the texts of the files to the end of the first session. */
export async function firstSession(asked: Case): Promise<number | undefined> {
  return (await askForSessions({ asked, parallel: [], seconds: 0 }))?.firstMilliseconds;
}
