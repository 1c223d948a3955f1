import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import {
  CodeActionRequest,
  CompletionRequest,
  CompletionResolveRequest,
  DefinitionRequest,
  FileChangeType,
  HoverRequest,
  SignatureHelpRequest,
  type Diagnostic,
  type Hover,
  type Location,
} from "vscode-languageserver/node";
import type { Preset } from "../../server/src/features/presets.ts";
import type { TraceResult } from "../../server/src/lsp/protocol.ts";
import { Editor, type Transport } from "./editor.ts";

const EXAMPLE = "examples/restricted-senders";
const MAIN = readFileSync(`${EXAMPLE}/main.cf`, "utf8");
const TABLE = "restricted_senders";
const SENDERS = readFileSync(path.join(EXAMPLE, TABLE), "utf8");

/** The files of the example, without its messages. */
function example(): Record<string, string> {
  const entries = readdirSync(EXAMPLE, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(entries.map(({ name }) => [name, readFileSync(path.join(EXAMPLE, name), "utf8")]));
}

const RELAY = "smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n";

/** Nothing but that the example trusts addresses that anybody can forge, which is true. */
const none = (codes: readonly string[]): boolean => codes.every((code) => code === "forgeable-sender");
const has =
  (code: string) =>
  (codes: readonly string[]): boolean =>
    codes.includes(code);

function hoverAt(editor: Editor, name: string, text: string): Promise<Hover | null> {
  const position = editor.placeOf(name, text);
  return editor.connection.sendRequest(HoverRequest.type, { textDocument: { uri: editor.uri(name) }, position });
}

function messageOf(finding: Diagnostic | undefined): string {
  return typeof finding?.message === "string" ? finding.message : "";
}

function hoverText(hover: Hover | null): string {
  return typeof hover?.contents === "object" && "value" in hover.contents ? hover.contents.value : "";
}

const LIMIT = { timeout: 20_000 };

suite("The server on an example", LIMIT, () => {
  let editor: Editor;

  before(async () => {
    editor = new Editor(example());
    await editor.start();
    await editor.open("main.cf", "postfix-main", MAIN);
    await editor.open(TABLE, "postfix-table", SENDERS);
  });

  after(async () => {
    assert.equal(await editor.stop(), 0);
  });

  test("an unsaved change of a table changes the findings of main.cf, and back", async () => {
    await editor.type(TABLE, "intern@example.com      local_only", "intern@example.com      OK");
    await editor.type(TABLE, "kiosk@example.com       local_only", "kiosk@example.com       REJECT");
    const [unused] = await editor.findings("main.cf", has("unused-class"));
    assert.equal(unused?.source, "postfix-mailflow");
    await editor.type(TABLE, "intern@example.com      OK", "intern@example.com      local_only");
    await editor.findings("main.cf", none);
  });

  test("an unsaved change of main.cf changes the findings of a table", async () => {
    await editor.type("main.cf", "smtpd_restriction_classes = local_only", "smtpd_restriction_classes =");
    await editor.findings(TABLE, has("undefined-class"));
    await editor.type("main.cf", "smtpd_restriction_classes =", "smtpd_restriction_classes = local_only");
    await editor.findings(TABLE, none);
  });

  test("a file that is not open has findings, too", async () => {
    editor.write("local_domains", "example.com no_such_class\n");
    await editor.changed("local_domains", FileChangeType.Changed);
    await editor.findings("local_domains", has("undefined-class"));
    editor.write("local_domains", "example.com OK\n");
    await editor.changed("local_domains", FileChangeType.Changed);
    await editor.findings("local_domains", none);
  });

  test("hover", async () => {
    assert.match(hoverText(await hoverAt(editor, "main.cf", "permit_mynetworks")), /`permit_mynetworks`/);
    assert.match(hoverText(await hoverAt(editor, TABLE, "local_only")), /check_recipient_access/);
    assert.match(hoverText(await hoverAt(editor, "main.cf", "hash:/etc/postfix/local_domains")), /1 entry/);
    assert.equal(await hoverAt(editor, "main.cf", "# Some users"), null);
  });

  test("completion, with documentation when asked", async () => {
    await editor.type("main.cf", "reject_unauth_destination", "reject_unauth_dest");
    const start = editor.placeOf("main.cf", "reject_unauth_dest");
    const position = { ...start, character: start.character + "reject".length };
    const params = { textDocument: { uri: editor.uri("main.cf") }, position };
    const list = await editor.connection.sendRequest(CompletionRequest.type, params);
    const items = Array.isArray(list) ? list : (list?.items ?? []);
    const item = items.find(({ label }) => label === "reject_unauth_destination");
    assert.ok(item?.textEdit && "range" in item.textEdit);
    const end = { ...start, character: start.character + "reject_unauth_dest".length };
    assert.deepEqual(item.textEdit, { range: { start, end }, newText: "reject_unauth_destination" });
    assert.equal(item.documentation, undefined);
    const { documentation } = await editor.connection.sendRequest(CompletionResolveRequest.type, item);
    assert.ok(typeof documentation === "object" && documentation.value.includes("restriction"));
    assert.ok(
      items.every(({ insertTextFormat }) => insertTextFormat !== 2),
      "this client knows no snippets",
    );
    await editor.type("main.cf", "reject_unauth_dest", "reject_unauth_destination");
    await editor.findings("main.cf", none);
  });

  test("completion offers the files of the directory", async () => {
    editor.write("not_yet_used", "x OK\n");
    const place = editor.placeOf("main.cf", "hash:/etc/postfix/local_domains");
    const position = { ...place, character: place.character + "hash:".length };
    const params = { textDocument: { uri: editor.uri("main.cf") }, position };
    const list = await editor.connection.sendRequest(CompletionRequest.type, params);
    const labels = (Array.isArray(list) ? list : (list?.items ?? [])).map(({ label }) => label);
    assert.ok(labels.includes("hash:/etc/postfix/not_yet_used"), labels.join(", "));
  });

  test("signature help", async () => {
    const place = editor.placeOf("main.cf", "hash:/etc/postfix/local_domains");
    const params = { textDocument: { uri: editor.uri("main.cf") }, position: place };
    const help = await editor.connection.sendRequest(SignatureHelpRequest.type, params);
    assert.equal(help?.signatures[0]?.label, "check_recipient_access type:name");
    assert.equal(help.activeParameter, 0);
  });

  test("definition", async () => {
    const params = { textDocument: { uri: editor.uri(TABLE) }, position: editor.placeOf(TABLE, "local_only") };
    const places = (await editor.connection.sendRequest(DefinitionRequest.type, params)) as Location[];
    const start = editor.placeOf("main.cf", "local_only =\n");
    const end = { ...start, character: start.character + "local_only".length };
    assert.deepEqual(places, [{ uri: editor.uri("main.cf"), range: { start, end } }]);
  });

  test("a quick fix for a class that is not declared", async () => {
    await editor.type("main.cf", "smtpd_restriction_classes = local_only", "smtpd_restriction_classes =");
    const [finding] = await editor.findings(TABLE, has("undefined-class"));
    assert.ok(finding);
    const { range } = finding;
    const params = { textDocument: { uri: editor.uri(TABLE) }, range, context: { diagnostics: [finding] } };
    const actions = await editor.connection.sendRequest(CodeActionRequest.type, params);
    const edits = actions?.flatMap((action) => ("edit" in action ? Object.keys(action.edit.changes ?? {}) : [])) ?? [];
    assert.ok(edits.includes(editor.uri("main.cf")), "main.cf is changed");
    await editor.type("main.cf", "smtpd_restriction_classes =", "smtpd_restriction_classes = local_only");
    await editor.findings(TABLE, none);
  });

  test("presets, services and traces", async () => {
    const uri = editor.uri("main.cf");
    const presets = await editor.connection.sendRequest<Preset[]>("postfixMailflow/presets", { uri });
    assert.ok(presets.some(({ title }) => title === "my network → outside"));
    assert.deepEqual(await editor.connection.sendRequest("postfixMailflow/services", { uri }), ["smtp"]);
    const params = { uri, preset: "stranger → outside" };
    const trace = await editor.connection.sendRequest<TraceResult>("postfixMailflow/trace", params);
    assert.match(trace.text, /C: RCPT TO:<someone@example\.org>\nS: 454 4\.7\.1/);
    assert.deepEqual(trace.json?.accepted, [false]);
    assert.equal(trace.files["main.cf"], uri);
    const message = { client_address: "192.0.2.9", sender: "kiosk@example.com", recipients: ["x@far.test"], helo: "x" };
    const own = await editor.connection.sendRequest<TraceResult>("postfixMailflow/trace", { uri, message });
    assert.match(own.text, /MAIL FROM:<kiosk@example\.com>/);
    const wrong = { uri, message: { ...message, recipients: "x@far.test" } };
    const refused = await editor.connection.sendRequest<TraceResult>("postfixMailflow/trace", wrong);
    assert.equal(refused.text, '"recipients" has to be a list of strings\n');
    assert.equal(refused.json, null);
  });

  test("the language of a table", async () => {
    const uri = editor.uri("local_domains");
    assert.equal(await editor.connection.sendRequest("postfixMailflow/languageOf", { uri, text: "" }), "postfix-table");
  });
});

suite("The server with bad input", { ...LIMIT, concurrency: 4 }, () => {
  /** Runs `steps` with a server, which has to be alive and well afterwards. */
  async function check(
    files: Readonly<Record<string, string | Uint8Array>>,
    steps: (editor: Editor) => Promise<void>,
    transport: Transport = "stdio",
  ): Promise<void> {
    const editor = new Editor(files, transport);
    await editor.start();
    await steps(editor);
    await editor.open("other/main.cf", "postfix-main", "smtpd_relay_restrictions = reject_unauth_destination\n");
    assert.match(hoverText(await hoverAt(editor, "other/main.cf", "reject_unauth")), /reject_unauth_destination/);
    assert.equal(await editor.stop(), 0);
  }

  const TEXT = `${RELAY}smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients\n`;

  test("a binary table", () =>
    check({ clients: new Uint8Array([1, 0, 2, 255]) }, async (editor) => {
      await editor.open("main.cf", "postfix-main", TEXT);
      const found = await editor.findings("main.cf", has("unreadable-file"));
      const finding = found.find(({ code }) => code === "unreadable-file");
      assert.match(messageOf(finding), /binary data/);
    }));

  test("a directory in place of a table", () =>
    check({}, async (editor) => {
      mkdirSync(path.join(editor.directory, "clients"));
      await editor.open("main.cf", "postfix-main", TEXT);
      const found = await editor.findings("main.cf", has("unreadable-file"));
      const finding = found.find(({ code }) => code === "unreadable-file");
      assert.match(messageOf(finding), /it is a directory/);
    }));

  test("a file that vanishes while it is open, and comes back", () =>
    check({ clients: "192.0.2.1 nonsense\n" }, async (editor) => {
      await editor.open("main.cf", "postfix-main", TEXT);
      await editor.open("clients", "postfix-table", "192.0.2.1 nonsense\n");
      await editor.findings("clients", has("undefined-class"));
      await editor.watches("clients");
      rmSync(path.join(editor.directory, "clients"));
      await editor.changed("clients", FileChangeType.Deleted);
      await editor.type("clients", "nonsense", "OK");
      await editor.findings("clients", none);
      await editor.close("clients");
      assert.match(hoverText(await hoverAt(editor, "main.cf", "hash:")), /There is no such file here/);
      editor.write("clients", "192.0.2.1 nonsense\n");
      await editor.changed("clients", FileChangeType.Created);
      await editor.findings("clients", has("undefined-class"));
    }));

  test("a main.cf of 50 MB", () =>
    check({}, async (editor) => {
      await editor.open("main.cf", "postfix-main", `${"# nothing but comments\n".repeat(2_200_000)}${RELAY}`);
      const found = await editor.findings("main.cf", has("unreadable-file"));
      const finding = found.find(({ code }) => code === "unreadable-file");
      assert.match(messageOf(finding), /it has 51 MB, more than the 8 MB that are read/);
      await editor.close("main.cf");
      await editor.findings("main.cf", none);
    }));

  test("a master.cf and a main.cf of nothing but noise", () =>
    check({}, async (editor) => {
      const noise = "=$(${{\u0000\ud83d\udce7\n\t-o {\n".repeat(500);
      await editor.open("master.cf", "postfix-master", noise.replaceAll("\0", ""));
      await editor.open("main.cf", "postfix-main", noise.replaceAll("\0", ""));
      await editor.findings("main.cf", (codes) => codes.length > 0);
      for (const line of [0, 1, 999, 5000]) {
        const params = { textDocument: { uri: editor.uri("main.cf") }, position: { line, character: 900 } };
        await editor.connection.sendRequest(HoverRequest.type, params);
        await editor.connection.sendRequest(DefinitionRequest.type, params);
      }
    }));

  test("a document that nobody opened, and requests without sense", () =>
    check({}, async (editor) => {
      const position = { line: 7, character: 7 };
      const params = { textDocument: { uri: editor.uri("nothing") }, position };
      assert.equal(await editor.connection.sendRequest(HoverRequest.type, params), null);
      const unknown = { uri: editor.uri("nothing"), preset: "stranger → outside" };
      assert.equal(await editor.connection.sendRequest("postfixMailflow/trace", unknown), null);
      assert.equal(await editor.connection.sendRequest("postfixMailflow/presets", { uri: "nonsense:" }), null);
      await assert.rejects(editor.connection.sendRequest("postfixMailflow/unknown", {}));
    }));

  test("positions count in UTF-16, also on lines that end with CR LF", () =>
    check({}, async (editor) => {
      const text = "smtpd_banner = \ud83d\udce7\ud83d\udce7 $myhostname\r\nsmtpd_client_restrictions =\r\n reject_\r\n";
      await editor.open("main.cf", "postfix-main", text);
      const hover = await hoverAt(editor, "main.cf", "$myhostname");
      assert.deepEqual(hover?.range, { start: { line: 0, character: 20 }, end: { line: 0, character: 31 } });
    }));

  test("over Node's own channel, as in VS Code", () =>
    check(
      {},
      async (editor) => {
        await editor.open("main.cf", "postfix-main", `${RELAY}smtpd_client_restrictions = nonsense\n`);
        await editor.findings("main.cf", has("undefined-class"));
      },
      "ipc",
    ));
});

suite("The settings", LIMIT, () => {
  test("the release decides what is known", async () => {
    const editor = new Editor({});
    await editor.start({ postfixVersion: "3.5" });
    await editor.open("main.cf", "postfix-main", "smtpd_relay_before_recipient_restrictions = yes\n");
    assert.match(hoverText(await hoverAt(editor, "main.cf", "smtpd_relay")), /Postfix 3\.5 does not have it/);
    const settings = { postfixMailflow: { postfixVersion: "3.6" } };
    await editor.connection.sendNotification("workspace/didChangeConfiguration", { settings });
    assert.match(hoverText(await hoverAt(editor, "main.cf", "smtpd_relay")), /Default in 3\.6/);
    assert.equal(await editor.stop(), 0);
  });
});
