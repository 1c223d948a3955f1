import assert from "node:assert/strict";
import { test } from "node:test";
import { hasDifference } from "../../server/src/compare/compare.ts";
import { randomEdit } from "./randomEdit.ts";

const EDITS = Number(process.env["EDITS"] ?? "40");

test("witnesses of random edits prove true, and random messages that differ are seldom news", (context) => {
  let [differing, found, told] = [0, 0, 0];
  for (let seed = 1; seed <= EDITS; seed++) {
    const { comparison, wrong, differing: message } = randomEdit(seed);
    assert.deepEqual(wrong, [], `seed ${seed}`);
    const isTold = hasDifference(comparison);
    if (isTold) told += 1;
    if (!message) continue;
    differing += 1;
    if (isTold) found += 1;
    else context.diagnostic(`seed ${seed} misses ${JSON.stringify(message)}`);
  }
  context.diagnostic(
    `${told} of ${EDITS} edits make a difference; of ${differing} that random messages show, ${found}`,
  );
  assert.ok(told > EDITS / 6, `${told} differences`);
  assert.ok(found >= differing * 0.8, `${found} of ${differing}`);
});
