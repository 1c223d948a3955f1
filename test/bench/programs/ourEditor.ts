/** Does what our language server does for an editor, without a connection. Its argument is an EditorQuestion. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { TextDocument } from "vscode-languageserver-textdocument";
import { diagnostics } from "../../../server/src/features/diagnostics.ts";
import { hover } from "../../../server/src/features/hover.ts";
import { setFlags } from "../../../server/src/start/flags.ts";
import { NODE_HOST } from "../../../server/src/workspace/nodeHost.ts";
import { Workspace, type Found } from "../../../server/src/workspace/workspace.ts";
import { printAnswer, typed, type EditorQuestion } from "../editorWork.ts";

setFlags("running"); // as dist/server.js does
const { directory, edited, open } = JSON.parse(process.argv[2] ?? "") as EditorQuestion;
const workspace = new Workspace(NODE_HOST);
const documents = [
  opened("main.cf", "postfix-main"),
  ...(open || edited === "table" ? [opened("table", "postfix-table")] : []),
];
const inHand = documents.at(edited === "table" ? 1 : 0) ?? opened("main.cf", "postfix-main");

function opened(name: string, languageId: string): TextDocument {
  const file = path.join(directory, name);
  return TextDocument.create(pathToFileURL(file).href, languageId, 0, readFileSync(file, "utf8"));
}

async function found(): Promise<Found> {
  const known = await workspace.find(inHand.uri);
  if (!known) throw new Error("the file is a Postfix file");
  return known;
}

async function show(changed: readonly TextDocument[]): Promise<void> {
  for (const document of changed) workspace.setText(document.uri, document.languageId, document.getText());
  for (const { uri } of documents) await workspace.sourceOf(uri);
  const { project, source } = await found();
  const uriOf = (file: string): string => source.uriOf(file) ?? "";
  JSON.stringify([...project.files.keys()].map((file) => diagnostics(project, file, uriOf)));
}

await printAnswer({
  first: () => show(documents),
  async edit(round) {
    TextDocument.update(inHand, typed(inHand, round), round + 1);
    await show([inHand]);
  },
  async hover() {
    const { project, file } = await found();
    const text = inHand.getText();
    const place = edited === "table" ? text.lastIndexOf("REJECT") : text.indexOf("hash:/etc/postfix/table");
    if (!hover(project, file, place + 2)) throw new Error("there is something to say");
  },
});
