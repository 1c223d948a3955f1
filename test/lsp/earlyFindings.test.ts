import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Diagnostic } from "vscode-languageserver/node";
import { Editor } from "./editor.ts";

const MAIN = `compatibility_level = 3.6
smtpd_relay_restrictions = check_helo_access static:OK, reject_unauth_destination
no_such_parameter = x
`;

const codesOf = (diagnostics: readonly Diagnostic[]): readonly string[] => diagnostics.map(({ code }) => String(code));
const isRelay = ({ code }: Diagnostic): boolean => code === "open-relay";

suite("What is found at once comes first", { timeout: 20_000 }, () => {
  let editor: Editor;

  before(async () => {
    editor = new Editor({ "main.cf": MAIN });
    await editor.start();
    await editor.open("main.cf", "postfix-main", MAIN);
  });

  after(async () => {
    assert.equal(await editor.stop(), 0);
  });

  test("what slow rules find follows", async () => {
    const all = await editor.findings("main.cf", (codes) => codes.includes("open-relay"));
    assert.deepEqual(codesOf(all), ["open-relay", "unused-parameter"]);
    assert.deepEqual(editor.findingsSoFar("main.cf").map(codesOf), [codesOf(all).slice(1), codesOf(all)]);
  });

  test("it stays, and moves with the text, while they look again", async () => {
    const seen = editor.findingsSoFar("main.cf").length;
    await editor.replace("main.cf", { start: 0, end: 0 }, "# A comment\nnor_this = x\n");
    await editor.findings("main.cf", (codes) => codes.filter((code) => code === "unused-parameter").length === 2);
    const relays = editor
      .findingsSoFar("main.cf")
      .slice(seen)
      .map((found) => found.find(isRelay)?.range);
    const line = editor.placeOf("main.cf", "smtpd_relay_restrictions").line;
    assert.ok(relays.length > 0);
    for (const range of relays) assert.equal(range?.start.line, line);
  });

  test("it goes when it is mended", async () => {
    await editor.type("main.cf", "check_helo_access static:OK, ", "");
    await editor.findings("main.cf", (codes) => codes.length === 2 && !codes.includes("open-relay"));
  });
});
