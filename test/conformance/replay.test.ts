import assert from "node:assert/strict";
import { test } from "node:test";
import { makeConfiguration } from "../../server/src/config/configuration.ts";
import { findService } from "../../server/src/config/services.ts";
import { caseFrom, type Case } from "../../server/src/evaluate/case.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";
import { explore } from "../../server/src/evaluate/explore.ts";
import { knownWorld } from "../../server/src/evaluate/knownWorld.ts";
import { report, type Answer } from "../../server/src/evaluate/report.ts";
import { readRecording, type RecordedCase } from "./recording.ts";

/** What the machines of the recording had besides the files of the case. */
const TABLES: NonNullable<Case["tables"]> = {
  "unix:passwd.byname": Object.fromEntries(
    ["root", "daemon", "nobody", "postfix", "alice", "bob", "carol"].map((user) => [user, "x"]),
  ),
  "hash:/etc/aliases": { postmaster: "root", webmaster: "root", abuse: "root", info: "alice" },
  "nis:mail.aliases": {},
};

for (const recorded of readRecording()) {
  test(`${recorded.id}: ${recorded.note ?? ""}`, () => {
    const answer = answerOf(recorded);
    assert.deepEqual(replies(answer.stages), replies(recorded.answer.stages));
    assert.deepEqual(answer.accepted.slice(0, recorded.answer.accepted.length), recorded.answer.accepted);
    assert.equal(answer.fatal !== null, isFatal(recorded), "whether the server starts");
    assert.deepEqual(answer.assumed, [], "nothing is left open when the world is given");
  });
}

/** The only lines here that know how a case is evaluated. */
function answerOf(recorded: RecordedCase): Answer {
  const given = caseFrom({ policy: [], ...recorded, tables: TABLES });
  assert.ok(typeof given !== "string", String(given));
  const project = projectOfCase(given, "3.7");
  const service = findService(project, given.service);
  assert.ok(service);
  return report(project, explore(makeConfiguration(project, service), given.message, knownWorld(given)), "no trace");
}

/** A server that crashes while it starts gives no reason in its log: it only never greets. */
function isFatal({ answer }: RecordedCase): boolean {
  const { connect } = answer.stages;
  return answer.fatal !== null || (connect !== null && "closed" in connect);
}

type Stages = Answer["stages"] | RecordedCase["answer"]["stages"];

/** The replies byte for byte, by stage. */
function replies(stages: Stages): unknown {
  const { connect, ehlo, mail, rcpt, data, eod, etrn } = stages;
  return [connect, ehlo, mail, ...rcpt, data, eod, etrn].map((reply) =>
    reply && "raw" in reply ? reply.raw : (reply ?? null),
  );
}
