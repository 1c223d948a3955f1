import { isRelease, type Release } from "../../server/src/postfix/release.ts";
import { askPostfix } from "../oracle/askPostfix.ts";
import type { Case } from "../oracle/case.ts";
import { findInstallation, postfixAvailable } from "../oracle/installation.ts";
import { unsupported } from "../oracle/unsupported.ts";
import { randomRelay } from "./randomRelay.ts";

/**
 * Analyses random configurations: no stranger relays where it says closed, and where it says open the evaluator and, if
 * there is one, the real Postfix take the witness. Answers the exit status.
 */
export async function relayConformance(count: number, seed: number, print: (line: string) => void): Promise<number> {
  const release = installedRelease();
  const verdicts = new Map<string, number>();
  const witnesses: Case[] = [];
  let wrong = 0;
  for (let at = 0; at < count; at++) {
    const number = seed * 1_000_000 + at;
    const found = randomRelay(number, release);
    verdicts.set(found.verdict, (verdicts.get(found.verdict) ?? 0) + 1);
    for (const problem of found.problems) print(`seed ${number}: ${found.verdict}, but ${problem}`);
    wrong += found.problems.length;
    witnesses.push(...found.witnesses.map((one, index) => ({ ...one, id: `${number}-${index}` }) as Case));
  }
  print(`${count} random configurations: ${[...verdicts].map(([name, times]) => `${times} ${name}`).join(", ")}`);
  wrong += release === undefined ? 0 : await refusedByPostfix(witnesses, print);
  return wrong === 0 ? 0 : 1;
}

function installedRelease(): Release | undefined {
  if (postfixAvailable() !== undefined) return undefined;
  const name = findInstallation().version.split(".").slice(0, 2).join(".");
  return isRelease(name) ? name : undefined;
}

async function refusedByPostfix(witnesses: readonly Case[], print: (line: string) => void): Promise<number> {
  const possible = witnesses.filter((one) => unsupported(one) === undefined);
  const answers = await askPostfix(possible);
  const refused = answers.filter(({ accepted }) => accepted[0] !== true);
  print(`${possible.length} witnesses sent to Postfix, ${refused.length} refused`);
  for (const { id, stages } of refused) print(`${id}: ${JSON.stringify(stages)}`);
  return refused.length;
}
