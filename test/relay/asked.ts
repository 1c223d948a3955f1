import assert from "node:assert/strict";
import { plainConfiguration } from "../../server/src/config/configurations.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { explore } from "../../server/src/evaluate/explore.ts";
import { knownWorld } from "../../server/src/evaluate/knownWorld.ts";
import { askQuestions, type Answered, type Questions } from "../../server/src/relay/questions.ts";
import { witnessCase } from "../../server/src/relay/witnessCase.ts";
import { projectOf } from "../support/fixture.ts";

export const BASE =
  "compatibility_level = 3.6\nmydestination = example.com\nmynetworks = 127.0.0.0/8 192.0.2.0/24\n" +
  "local_recipient_maps =\n";

export type Files = Readonly<Record<string, string>>;

export type Question = Exclude<keyof Questions, "trusted">;

/** The answer to one question and what it says; each witness has to get through. */
export function asked(question: Question, files: Files): readonly string[] {
  const configuration = plainConfiguration(projectOf(Object.entries(files)));
  const { answer, because, witnesses }: Answered = askQuestions(configuration)[question];
  assert.ok(witnesses.length > 0 || answer !== "yes");
  assert.ok(witnesses.length === 0 || answer !== "no");
  for (const witness of witnesses) {
    const given = witnessCase(configuration, witness);
    const { evaluation } = explore(plainConfiguration(projectOfCase(given)), given.message, knownWorld(given));
    assert.deepEqual(evaluation.accepted, [true]);
  }
  return [answer, because];
}

export function main(lines: string): Files {
  return { "main.cf": BASE + lines };
}
