import assert from "node:assert/strict";
import { test } from "node:test";
import { differencesOf } from "./differences.ts";
import { NEWER_RECORDING, readRecording } from "./recording.ts";

for (const recorded of [...readRecording(), ...readRecording(NEWER_RECORDING)]) {
  test(`${recorded.postfixVersion ?? ""} ${recorded.id}: ${recorded.note ?? ""}`, () => {
    // VRFY is no part of a message: what it leaves in the log is not traced.
    const traced = differencesOf(recorded).filter(({ aspect }) => aspect !== "log" || !recorded.message.vrfy);
    assert.deepEqual(traced, []);
  });
}
