import assert from "node:assert/strict";
import { test } from "node:test";
import type { CompareResult } from "../../server/src/lsp/protocol.ts";
import { Editor } from "./editor.ts";

const MAIN = "mydestination = example.com\nsmtpd_relay_restrictions = reject_unauth_destination\n";
const LIST = "smtpd_recipient_restrictions = check_sender_access hash:/etc/postfix/old\n";

test(
  "the server compares with another version, file by file, as its client gets them",
  { timeout: 20_000 },
  async () => {
    const editor = new Editor({ "main.cf": MAIN });
    await editor.start();
    const compare = (before: Readonly<Record<string, string | null>>): Promise<CompareResult> =>
      editor.connection.sendRequest("postfixMailflow/compare", { uri: editor.uri("main.cf"), before });
    const first = await compare({});
    assert.deepEqual("wanted" in first && Object.keys(first.wanted).toSorted(), ["aliases", "main.cf", "master.cf"]);
    const given = { "main.cf": MAIN + LIST, "master.cf": null, aliases: null };
    const second = await compare(given);
    assert.deepEqual("wanted" in second && second.wanted, { old: editor.uri("old") });
    const third = await compare({ ...given, old: "spam.example REJECT\n" });
    assert.match("markdown" in third ? third.markdown : "", /Refused before, accepted now: strangers/);
    assert.deepEqual(await compare({ "main.cf": null, "master.cf": null, aliases: null }), { missing: "main.cf" });
    await editor.stop();
  },
);
