import assert from "node:assert/strict";
import type { MessageInput } from "../../server/src/evaluate/inputs/messageInput.ts";
import type { Message } from "../../server/src/evaluate/message.ts";

export interface Expected {
  readonly message: Partial<Message>;
  readonly hint?: MessageInput["hint"];
  /** What the notes have to speak of, one by one. */
  readonly notes?: readonly RegExp[];
}

/** An input gives this message, and says what is missing. */
export function gives(input: MessageInput | string, { message, hint, notes = [] }: Expected): void {
  assert.ok(typeof input === "object", JSON.stringify(input));
  assert.deepEqual(input.message, message);
  assert.deepEqual(input.hint, hint);
  assert.equal(input.notes.length, notes.length, input.notes.join("\n"));
  notes.forEach((note, at) => {
    assert.match(input.notes[at] ?? "", note);
  });
}

/** Instead of an answer there is a sentence that says what is wrong. */
export function complains(answer: unknown, expected: RegExp): void {
  assert.ok(typeof answer === "string", JSON.stringify(answer));
  assert.match(answer, expected);
}

export const NO_NAME = /no verified name/;
