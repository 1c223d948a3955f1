/** Does what a language server for JSON does for an editor, without a connection. Its argument is the file. */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { getLanguageService } from "vscode-json-languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";
import { printAnswer, typed } from "../editorWork.ts";
import { JSON_SETTINGS } from "./jsonSettings.ts";

const file = process.argv[2] ?? "";
const document = TextDocument.create(pathToFileURL(file).href, "json", 0, readFileSync(file, "utf8"));
const service = getLanguageService({});
service.configure(JSON_SETTINGS);
let parsed: ReturnType<typeof service.parseJSONDocument> | undefined;

async function show(): Promise<void> {
  parsed = service.parseJSONDocument(document);
  JSON.stringify(await service.doValidation(document, parsed));
}

await printAnswer({
  first: show,
  async edit(round) {
    TextDocument.update(document, typed(document, round), round + 1);
    await show();
  },
  async hover() {
    const place = document.positionAt(document.getText().lastIndexOf("REJECT") + 2);
    if (!parsed || !(await service.doHover(document, place, parsed))) throw new Error("there is something to say");
  },
});
