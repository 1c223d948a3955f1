// What a person sees: the packaged extension, installed in the real workbench, on the examples.
import assert from "node:assert/strict";
import { testInWorkbench } from "./inWorkbench.mjs";

// What the examples and the product's words decide; the rest of this file is about the order of things.
const SEEN = {
  file: "c-comments/main.cf",
  severity: "error",
  problem: "is not a comment",
  word: "reject_unauth_destination",
  hover: /strangers cannot relay/,
};

testInWorkbench("a finding and a hover", {}, async (workbench) => {
  await workbench.openFile(SEEN.file);
  await workbench.squiggle(SEEN.severity);
  await workbench.problem(SEEN.problem);
  assert.match(await workbench.hover(SEEN.word), SEEN.hover);
  await workbench.screenshot("finding-and-hover");
});
