// What editors other than VS Code lack, or say in another way: Neovim, Emacs, Helix, Vim.
import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { suite, test } from "node:test";
import {
  CompletionRequest,
  CompletionResolveRequest,
  ConfigurationRequest,
  DidChangeTextDocumentNotification,
  DocumentSymbolRequest,
  HoverRequest,
  SignatureHelpRequest,
  type ClientCapabilities,
} from "vscode-languageserver/node";
import { Editor } from "./editor.ts";

const LIMIT = { timeout: 20_000 };
const RELAY = "smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n";
const TEXT = `${RELAY}smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients\n`;
const PLAIN = ["plaintext" as const];
/** As Eglot says it where there is no markdown-mode: of completion, nothing. */
const PLAIN_TEXT: ClientCapabilities = {
  textDocument: {
    hover: { contentFormat: PLAIN },
    completion: { completionItem: {} },
    signatureHelp: { signatureInformation: { documentationFormat: PLAIN } },
  },
};
/** As Neovim says it on Linux. */
const WATCHES_NOTHING: ClientCapabilities = { workspace: { didChangeWatchedFiles: { dynamicRegistration: false } } };

async function withEditor(
  begin: {
    readonly files?: Readonly<Record<string, string>>;
    readonly options?: unknown;
    readonly capabilities?: ClientCapabilities;
  },
  steps: (editor: Editor) => Promise<void>,
): Promise<void> {
  const editor = new Editor(begin.files ?? {});
  await editor.start(begin.options, begin.capabilities);
  await steps(editor);
  assert.equal(await editor.stop(), 0);
}

function placeIn(
  editor: Editor,
  text: string,
): { textDocument: { uri: string }; position: ReturnType<Editor["placeOf"]> } {
  return { textDocument: { uri: editor.uri("main.cf") }, position: editor.placeOf("main.cf", text) };
}

async function hoverText(editor: Editor, text: string): Promise<string> {
  const hover = await editor.connection.sendRequest(HoverRequest.type, placeIn(editor, text));
  assert.ok(hover && typeof hover.contents === "object" && "kind" in hover.contents);
  return hover.contents.value;
}

const has =
  (code: string) =>
  (codes: readonly string[]): boolean =>
    codes.includes(code);
const hasNot =
  (code: string) =>
  (codes: readonly string[]): boolean =>
    !codes.includes(code);

suite("An editor that shows plain text", LIMIT, () => {
  test("gets hovers without Markdown", () =>
    withEditor({ capabilities: PLAIN_TEXT }, async (editor) => {
      await editor.open("main.cf", "postfix-main", TEXT);
      const text = await hoverText(editor, "permit_mynetworks");
      assert.match(text, /^`permit_mynetworks` — restriction\n/);
      assert.match(text, /\n\nsmtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n\n/);
      assert.match(text, /Manual: https:\/\/www\.postfix\.org\/\S+$/);
      assert.doesNotMatch(text, /\*\*|```|\]\(/);
    }));

  test("gets documentation without Markdown", () =>
    withEditor({ capabilities: PLAIN_TEXT }, async (editor) => {
      await editor.open("main.cf", "postfix-main", TEXT);
      const list = await editor.connection.sendRequest(CompletionRequest.type, placeIn(editor, "permit_mynetworks"));
      const items = Array.isArray(list) ? list : (list?.items ?? []);
      const item = items.find(({ label }) => label === "reject_unlisted_recipient");
      assert.ok(item);
      const { documentation } = await editor.connection.sendRequest(CompletionResolveRequest.type, item);
      assert.ok(typeof documentation === "object" && documentation.kind === "plaintext");
      assert.doesNotMatch(documentation.value, /\*\*|```|\]\(/);
      const help = await editor.connection.sendRequest(SignatureHelpRequest.type, placeIn(editor, "hash:"));
      const parts = help?.signatures.flatMap((one) => [one, ...(one.parameters ?? [])]) ?? [];
      const kinds = parts.map(({ documentation }) => (typeof documentation === "object" ? documentation.kind : ""));
      assert.deepEqual(kinds, ["plaintext", "plaintext"]);
    }));
});

suite("Settings of editors", LIMIT, () => {
  const HINTS = "smtpd_relay_before_recipient_restrictions = yes\n";
  const options = { postfixVersion: "3.5" };

  /** Opens a document, and waits until the server has asked for its settings as often as an answer is due. */
  async function openAndAnswer(editor: Editor, settings: unknown): Promise<void> {
    const asked = new Promise<void>((resolve) => {
      editor.connection.onRequest(ConfigurationRequest.type, ({ items }) => {
        setImmediate(resolve);
        return items.map(() => settings);
      });
    });
    await editor.open("main.cf", "postfix-main", HINTS);
    await editor.connection.sendNotification("workspace/didChangeConfiguration", { settings: options });
    await asked;
  }

  const capabilities = { workspace: { configuration: true } };

  test("options of the beginning hold where the editor has no section of ours", () =>
    withEditor({ options, capabilities }, async (editor) => {
      await openAndAnswer(editor, null);
      assert.match(await hoverText(editor, "smtpd_relay"), /Postfix 3\.5 does not have it/);
    }));

  test("options of the beginning hold where other settings change", () =>
    withEditor({ options }, async (editor) => {
      await editor.open("main.cf", "postfix-main", HINTS);
      await editor.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
      assert.match(await hoverText(editor, "smtpd_relay"), /Postfix 3\.5 does not have it/);
    }));

  test("a section of ours is over the options of the beginning", () =>
    withEditor({ options, capabilities }, async (editor) => {
      await openAndAnswer(editor, { postfixVersion: "3.6" });
      assert.match(await hoverText(editor, "smtpd_relay"), /Default in 3\.6/);
    }));
});

suite("An editor that watches no files", LIMIT, () => {
  test("hears of a table that another program makes, writes and deletes", () =>
    withEditor({ capabilities: WATCHES_NOTHING }, async (editor) => {
      await editor.open("main.cf", "postfix-main", `${TEXT}smtpd_helo_restrictions = nonsense\n`);
      await editor.findings("main.cf", has("undefined-class"));
      editor.write("clients", "192.0.2.1 nonsense\n");
      await editor.findings("clients", has("undefined-class"));
      editor.write("clients", "192.0.2.1 OK\n");
      await editor.findings("clients", hasNot("undefined-class"));
      editor.write("clients", "192.0.2.1 nonsense\n");
      await editor.findings("clients", has("undefined-class"));
      rmSync(path.join(editor.directory, "clients"));
      await editor.findings("clients", hasNot("undefined-class"));
    }));

  test("hears of a table in a directory that is made later, and made anew", () =>
    withEditor({ capabilities: WATCHES_NOTHING }, async (editor) => {
      const text = TEXT.replace("postfix/clients", "postfix/maps/clients");
      await editor.open("main.cf", "postfix-main", `${text}smtpd_helo_restrictions = nonsense\n`);
      await editor.findings("main.cf", has("undefined-class"));
      for (let time = 1; time <= 2; time++) {
        mkdirSync(path.join(editor.directory, "maps"));
        editor.write("maps/clients", "192.0.2.1 nonsense\n");
        await editor.findings("maps/clients", has("undefined-class"));
        rmSync(path.join(editor.directory, "maps"), { recursive: true });
        await editor.findings("maps/clients", hasNot("undefined-class"));
      }
    }));
});

suite("An editor that knows little", LIMIT, () => {
  test("has no folder, and sends whole documents", async () => {
    const editor = new Editor({ "main.cf": TEXT, clients: "192.0.2.1 nonsense\n" });
    const start = { processId: null, rootUri: null, capabilities: {} };
    const { capabilities } = await editor.connection.sendRequest<{ capabilities: Record<string, unknown> }>(
      "initialize",
      start,
    );
    assert.equal(capabilities["renameProvider"], true);
    assert.equal(capabilities["codeActionProvider"], true);
    await editor.connection.sendNotification("initialized", {});
    await editor.open("clients", "conf", "192.0.2.1 nonsense\n");
    await editor.findings("clients", has("undefined-class"));
    await editor.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: editor.uri("clients"), version: 2 },
      contentChanges: [{ text: "192.0.2.1 OK\n" }],
    });
    await editor.findings("clients", hasNot("undefined-class"));
    assert.equal(await editor.stop(), 0);
  });

  test("gets a flat outline", () =>
    withEditor({}, async (editor) => {
      await editor.open("main.cf", "postfix-main", RELAY);
      const textDocument = { uri: editor.uri("main.cf") };
      const symbols = await editor.connection.sendRequest(DocumentSymbolRequest.type, { textDocument });
      const seen = symbols?.map((symbol) => ("location" in symbol ? [symbol.name, symbol.containerName] : symbol));
      assert.deepEqual(seen, [
        ["smtpd_relay_restrictions", undefined],
        ["permit_mynetworks", "smtpd_relay_restrictions"],
        ["reject_unauth_destination", "smtpd_relay_restrictions"],
      ]);
    }));

  test("is asked to complete again only where it says that it can", async () => {
    for (const commands of [[], ["editor.action.triggerSuggest"]]) {
      await withEditor({ options: { commands } }, async (editor) => {
        await editor.open("main.cf", "postfix-main", "smtpd_rel\n");
        const list = await editor.connection.sendRequest(CompletionRequest.type, placeIn(editor, "smtpd_rel"));
        const items = Array.isArray(list) ? list : (list?.items ?? []);
        const item = items.find(({ label }) => label === "smtpd_relay_restrictions");
        assert.equal(item?.textEdit?.newText, "smtpd_relay_restrictions = ");
        assert.deepEqual(item.command ? [item.command.command] : [], commands);
      });
    }
  });

  test("hears no notification that it did not ask for", () =>
    withEditor({}, async (editor) => {
      const unknown: string[] = [];
      editor.connection.onUnhandledNotification(({ method }) => {
        unknown.push(method);
      });
      await editor.open("main.cf", "postfix-main", `${RELAY}smtpd_client_restrictions = nonsense\n`);
      await editor.findings("main.cf", has("undefined-class"));
      await editor.type("main.cf", "nonsense", "permit");
      await editor.findings("main.cf", hasNot("undefined-class"));
      await editor.watches("main.cf");
      assert.deepEqual(unknown, []);
    }));
});
