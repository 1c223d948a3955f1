import { test } from "node:test";
import fc from "fast-check";
import { anything, checkAnything } from "./anything.ts";
import { checkServer } from "./server.ts";

test("no text makes a feature throw, a rule fail, or anything hang", () => {
  fc.assert(fc.property(anything, checkAnything), { numRuns: 300 });
});

test("no sequence of edits and requests disturbs the server", { timeout: 60_000 }, async () => {
  await checkServer(4, 1);
});
