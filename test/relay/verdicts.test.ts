import assert from "node:assert/strict";
import { test } from "node:test";
import { plainConfiguration } from "../../server/src/config/configurations.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { explore } from "../../server/src/evaluate/explore.ts";
import { knownWorld } from "../../server/src/evaluate/knownWorld.ts";
import { relayAnalysis, type Witness } from "../../server/src/relay/relayAnalysis.ts";
import { witnessCase } from "../../server/src/relay/witnessCase.ts";
import { KNOWN } from "./verdicts.ts";
import { WAYS } from "./waysToRelay.ts";

for (const { title, files, verdict, word, says } of [...KNOWN, ...WAYS]) {
  test(`${verdict}: ${title}`, () => {
    const configuration = plainConfiguration(
      projectOfCase({ files, message: { client_address: "" }, ...(verdict === "depends" && {}) }),
    );
    const answer = relayAnalysis(configuration);
    assert.equal(answer.verdict, verdict, answer.because);
    const [first] = answer.witnesses;
    assert.equal(first !== undefined, verdict !== "closed");
    for (const witness of answer.witnesses) {
      const given = witnessCase(configuration, witness);
      const { evaluation, assumed, alternatives } = explore(
        plainConfiguration(projectOfCase(given)),
        given.message,
        knownWorld(given),
      );
      assert.ok(evaluation.accepted.every(Boolean));
      assert.deepEqual([assumed, alternatives], [[], []]);
      if (witness === first) assert.equal(witness.if.length > 0, verdict === "depends");
    }
    if (first && word !== undefined) assert.equal(wordAt(files, first), word);
    if (first && says) assert.match(first.because, says);
  });
}

function wordAt(files: Readonly<Record<string, string>>, { blame: { at } }: Witness): string {
  return at ? (files[at.file] ?? "").slice(at.span.start, at.span.end) : "";
}
