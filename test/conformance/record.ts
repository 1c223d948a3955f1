/**
 * Records anew what the installed Postfix answers to every case of recorded.jsonl, or to another file of cases:
 *
 *     npx esbuild test/conformance/record.ts --bundle --platform=node --format=esm --packages=external --outfile=.build/record.mjs
 *     node .build/record.mjs [cases.jsonl [answered.jsonl]]
 *
 * With the Postfix of the recording, `git diff` shows nothing afterwards.
 */
import { writeFileSync } from "node:fs";
import { askPostfix } from "../oracle/askPostfix.ts";
import { findInstallation } from "../oracle/installation.ts";
import { answerToRecord, caseToRecord, readCases, RECORDING } from "./recording.ts";

const cases = readCases(process.argv[2] ?? RECORDING).map(caseToRecord);
const answers = await askPostfix(cases);
const postfixVersion = /^\d+\.\d+/.exec(findInstallation().version)?.[0];
const lines = cases.map((asked, index) => {
  const answer = answers[index];
  return JSON.stringify({ ...asked, postfixVersion, answer: answer && answerToRecord(answer) });
});
writeFileSync(process.argv[3] ?? RECORDING, `${lines.join("\n")}\n`);
process.stdout.write(`${lines.length} cases recorded from Postfix ${findInstallation().version}\n`);
