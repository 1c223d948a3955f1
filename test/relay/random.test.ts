import assert from "node:assert/strict";
import { test } from "node:test";
import { randomRelay } from "./randomRelay.ts";

test("no stranger relays through a random configuration that is said to be closed, and every witness does", () => {
  const verdicts = new Map<string, number>();
  for (let seed = 1; seed <= 500; seed++) {
    const { verdict, problems, files } = randomRelay(seed);
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    assert.deepEqual(problems, [], `seed ${seed}\n${JSON.stringify(files, undefined, 2)}`);
  }
  for (const verdict of ["open", "closed", "depends"]) {
    assert.ok((verdicts.get(verdict) ?? 0) > 5, JSON.stringify([...verdicts]));
  }
});
