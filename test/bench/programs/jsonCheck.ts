/** The smallest command line for JSON: checks the files that its arguments name. */
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { getLanguageService } from "vscode-json-languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";
import { JSON_SETTINGS } from "./jsonSettings.ts";

const service = getLanguageService({});
service.configure(JSON_SETTINGS);
for (const file of process.argv.slice(2)) void check(file);

async function check(file: string): Promise<void> {
  const document = TextDocument.create(pathToFileURL(file).href, "json", 0, await readFile(file, "utf8"));
  for (const { range, message } of await service.doValidation(document, service.parseJSONDocument(document))) {
    process.stdout.write(`${file}:${range.start.line + 1}:${range.start.character + 1} ${JSON.stringify(message)}\n`);
  }
}
