import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Picture, PictureParams, Requests } from "../../server/src/lsp/protocol.ts";
import { Editor } from "./editor.ts";

const MAIN = `mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders
`;
const MASTER = "smtp inet n - n - - smtpd\nsubmission inet n - n - - smtpd\n";

suite("Pictures and the explorer", { timeout: 20_000 }, () => {
  const editor = new Editor({ "main.cf": MAIN, "master.cf": MASTER, senders: "a@example.com REJECT\n" });

  before(async () => {
    await editor.start();
    await editor.open("main.cf", "postfix-main", MAIN);
  });
  after(async () => {
    assert.equal(await editor.stop(), 0);
  });

  function ask<Method extends keyof Requests>(
    method: Method,
    params: Requests[Method]["params"],
  ): Promise<Requests[Method]["result"]> {
    return editor.connection.sendRequest(method, params);
  }

  async function pictureOf(params: Omit<PictureParams, "uri"> = {}): Promise<Picture> {
    const result = await ask("postfixMailflow/picture", { uri: editor.uri("main.cf"), ...params });
    assert.ok(result?.picture);
    return result.picture;
  }

  test("the picture of a service has the places of what it shows", async () => {
    const { service, svg, places, calls } = await pictureOf();
    assert.equal(service, "smtp");
    const row = "list smtpd_sender_restrictions #0";
    assert.ok(svg.includes(`data-id="${row}"`));
    assert.deepEqual(places[row]?.range.start, { line: 2, character: 28 });
    assert.equal(calls[row], "table hash:/etc/postfix/senders");
    assert.equal(places["table hash:/etc/postfix/senders #0"]?.uri, editor.uri("senders"));
  });

  test("the way of a message is shown, for another service too", async () => {
    const trace = { preset: "stranger → outside" };
    const { description, svg, mermaid } = await pictureOf({ trace, service: "submission" });
    assert.match(description, /The message is refused/);
    assert.match(svg, /class="row refuses decides"/);
    assert.match(mermaid, /classDef decides/);
    const { service } = await pictureOf({ trace, service: "submission" });
    assert.equal(service, "submission");
  });

  test("an unsaved edit changes picture and explorer", async () => {
    await editor.type("main.cf", "reject_unauth_destination", "reject");
    assert.ok((await pictureOf()).svg.includes(">reject</text>"));
    const explorer = await ask("postfixMailflow/explorer", { uri: editor.uri("main.cf") });
    const items = Object.values(explorer?.items ?? {});
    assert.equal(explorer?.roots.length, 2);
    const reject = items.find(({ label }) => label === "reject");
    assert.equal(reject?.place?.uri, editor.uri("main.cf"));
  });

  test("what is not there is null", async () => {
    const result = await ask("postfixMailflow/picture", { uri: editor.uri("main.cf"), service: "nowhere" });
    assert.equal(result?.picture, null);
    assert.deepEqual(result.services, ["smtp", "submission"]);
    assert.equal(await ask("postfixMailflow/picture", { uri: "file:///nowhere/else" }), null);
    assert.equal(await ask("postfixMailflow/explorer", { uri: "file:///nowhere/else" }), null);
  });
});
