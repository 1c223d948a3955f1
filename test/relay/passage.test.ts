import assert from "node:assert/strict";
import { test } from "node:test";
import { mainConfiguration } from "../../server/src/config/configurations.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { settingsOf } from "../../server/src/evaluate/settings.ts";
import { ATTRIBUTES, type Attribute, type Path } from "../../server/src/relay/box.ts";
import { newPassages } from "../../server/src/relay/passage.ts";
import { STRANGER_RELAYS } from "../../server/src/relay/question.ts";
import { messageOf, throughAllGates, type Choice } from "../../server/src/relay/relayAnalysis.ts";
import { replay } from "../../server/src/relay/replay.ts";
import { representatives, type Space } from "../../server/src/relay/representatives.ts";
import { makeDice, type Dice } from "../conformance/generate/dice.ts";
import { randomFiles } from "./randomRelay.ts";

test("the walk over sets of messages takes those that the evaluator takes", () => {
  const counts = { through: 0, refused: 0 };
  for (let seed = 1; seed <= 300; seed++) {
    const given = withoutCleanupChecks(randomFiles(seed));
    const configuration = mainConfiguration(projectOfCase({ ...given, message: { client_address: "" } }));
    const space = representatives(configuration, STRANGER_RELAYS);
    const isEmpty = ATTRIBUTES.some((attribute) => space.values[attribute].length === 0);
    if (settingsOf(configuration).fatal || isEmpty) continue;
    const passages = newPassages(configuration, space);
    const ways = throughAllGates(passages);
    const paths = typeof ways === "string" ? [] : ways;
    assert.ok(!passages.cut);
    for (const choice of choices(space, paths, makeDice(seed))) {
      const message = messageOf(space, choice, undefined);
      const told = `seed ${seed}: ${JSON.stringify(message)}\n${JSON.stringify(given.files, undefined, 2)}`;
      const taking = paths.filter(({ box }) =>
        ATTRIBUTES.every((attribute) => box[attribute] & bit(choice[attribute])),
      );
      for (const { answers } of taking) assert.ok(replay(configuration, message, answers), `refused, ${told}`);
      if (taking.length === 0) assert.ok(!replay(configuration, message, {}), `taken, ${told}`);
      counts[taking.length > 0 ? "through" : "refused"] += 1;
    }
  }
  assert.ok(counts.through > 200 && counts.refused > 500, JSON.stringify(counts));
});

/** What cleanup refuses stands behind the lists: a missing table, or more hops than it takes. */
function withoutCleanupChecks(given: ReturnType<typeof randomFiles>): ReturnType<typeof randomFiles> {
  return {
    ...given,
    files: { ...given.files, "main.cf": `${given.files["main.cf"] ?? ""}\nheader_checks =\nhopcount_limit = 50\n` },
  };
}

/** Messages of all kinds, and some from each of a few ways through. */
function choices({ values }: Space, paths: readonly Path[], dice: Dice): readonly Choice[] {
  const any = Array.from({ length: 5 }, () => choiceOf((attribute) => dice.below(values[attribute].length)));
  const through = Array.from({ length: paths.length > 0 ? 5 : 0 }, () => {
    const { box } = dice.pick(paths);
    return choiceOf((attribute) => dice.pick([...values[attribute].keys()].filter((at) => box[attribute] & bit(at))));
  });
  return [...any, ...through];
}

function bit(at: number): bigint {
  return 1n << BigInt(at);
}

function choiceOf(choose: (attribute: Attribute) => number): Choice {
  return Object.fromEntries(ATTRIBUTES.map((attribute) => [attribute, choose(attribute)])) as Choice;
}
