import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Traced } from "../../client/src/view/traced.ts";
import { TraceSession, type Store } from "../../client/src/view/traceSession.ts";
import type { Question } from "../../server/src/features/questions.ts";
import type { ViewModel } from "../../client/src/view/viewModel.ts";
import { traceServer } from "../support/traceServer.ts";

const MAIN = `compatibility_level = 3.6
myhostname = mail.example.com
mydestination = example.com
local_recipient_maps =
smtpd_recipient_restrictions = reject_unauth_destination, reject_rbl_client list.example
`;

/** A view of that configuration, without an editor. */
async function started(): Promise<{
  readonly session: TraceSession;
  readonly edit: (main: string) => Promise<void>;
  readonly shown: () => ViewModel;
}> {
  const files = { current: { "main.cf": MAIN } };
  const saved = new Map<string, Traced>();
  const store: Store = {
    all: () => Object.fromEntries(saved),
    put(name, traced) {
      if (traced) saved.set(name, traced);
      else saved.delete(name);
      return Promise.resolve();
    },
  };
  const models: ViewModel[] = [];
  const session = new TraceSession(
    { requests: traceServer(files), store, show: (model) => models.push(model) },
    { uri: "file:///etc/postfix/main.cf", configuration: "main.cf" },
  );
  await session.start();
  return {
    session,
    async edit(main) {
      files.current = { "main.cf": main };
      await session.again();
    },
    shown: () => models.at(-1) ?? assert.fail("nothing is shown"),
  };
}

suite("The view", () => {
  test("says of a template that it is one", async () => {
    const { edit, shown } = await started();
    await edit(`{% if relay %}\n${MAIN}{% endif %}\n`);
    assert.equal(shown().result?.fatal, true);
    assert.match(shown().result?.reply ?? "", /template for a configuration.*missing '='/);
  });

  test("begins with the first preset, and takes others", async () => {
    const { session, shown } = await started();
    assert.equal(shown().fields.recipients, "someone@example.org");
    assert.equal(shown().result?.fates[0]?.fate, "defer");
    await session.takePreset("stranger → my user");
    assert.equal(shown().preset, "stranger → my user");
    assert.equal(shown().result?.fates[0]?.fate, "accept");
  });

  test("does not take another message for an edit", async () => {
    const { session, edit, shown } = await started();
    const [taken] = [session.takePreset("stranger → my user"), edit(`# new\n${MAIN}`)];
    await taken;
    await edit(MAIN);
    assert.equal(shown().comparison, undefined);
  });

  test("has a switch for what is not known, and a way back", async () => {
    const { session, shown } = await started();
    const switches = (): readonly Question[] => shown().result?.questions ?? [];
    await session.takePreset("stranger → my user");
    const [question] = switches();
    assert.deepEqual(question, {
      ask: "dns A 8.113.0.203.list.example",
      answer: "not listed",
      answers: ["not listed", "listed", "fails"],
      isChosen: false,
    });
    await session.answer(question.ask, "listed");
    assert.equal(shown().result?.fates[0]?.fate, "reject");
    const [chosen] = switches();
    assert.ok(chosen);
    assert.deepEqual([chosen.answer, chosen.isChosen], ["listed", true]);
    assert.deepEqual([...chosen.answers].sort(), ["fails", "listed", "not listed"]);
    await session.forgetAnswers();
    assert.equal(shown().result?.fates[0]?.fate, "accept");
  });

  test("compares with the result before an edit until that is undone or accepted", async () => {
    const { session, edit, shown } = await started();
    await session.takePreset("stranger → my user");
    const closed = MAIN.replace("list.example", "list.example, reject");
    await edit(closed);
    assert.deepEqual([shown().comparison?.was, shown().comparison?.now], ["250", "554"]);
    await edit(MAIN);
    assert.equal(shown().comparison, undefined);
    await edit(closed);
    session.accept();
    assert.equal(shown().comparison, undefined);
    assert.equal(shown().result?.fates[0]?.fate, "reject");
  });

  test("keeps a message under a name", async () => {
    const { session, shown } = await started();
    await session.change({ ...shown().fields, recipients: "joe@example.com" }, "smtp");
    await session.save("to joe");
    await session.takePreset("stranger → outside");
    assert.deepEqual(shown().saved, ["to joe"]);
    await session.takeSaved("to joe");
    assert.equal(shown().fields.recipients, "joe@example.com");
    assert.equal(shown().savedAs, "to joe");
    await session.forget("to joe");
    assert.deepEqual(shown().saved, []);
  });

  test("says what is wrong with a message", async () => {
    const { session, shown } = await started();
    await session.change({ ...shown().fields, client_address: "nowhere" }, "smtp");
    assert.match(shown().problem ?? "", /IPv4 or IPv6/);
    assert.equal(shown().result, undefined);
  });
});
