import { getLanguageService } from "vscode-json-languageservice";
import { TextDocument, type Position } from "vscode-languageserver-textdocument";
import type { FileContent } from "../../server/src/config/files.ts";
import { diagnostics } from "../../server/src/features/diagnostics.ts";
import { hover } from "../../server/src/features/hover.ts";
import { contentOf } from "../../server/src/workspace/host.ts";
import { Workspace } from "../../server/src/workspace/workspace.ts";
import { editorFiles, jsonOfSize } from "./editorFiles.ts";
import { middle } from "./measure.ts";

/** What one process is to do: who works, on how large a table, and where a person types. */
export interface EditorQuestion {
  readonly who: "we" | "json";
  readonly lines: number;
  /** How long the JSON file is. */
  readonly bytes: number;
  readonly edited: "main.cf" | "table";
  /** A table that is not open is read from the disk. */
  readonly open: boolean;
}

/** Milliseconds and megabytes. */
export interface EditorAnswer {
  readonly first: number;
  readonly edit: number;
  readonly hover: number;
  readonly heap: number;
  readonly resident: number;
  readonly peak: number;
}

const ROUNDS = 15;
const ENOUGH_MILLISECONDS = 3000;

/** An editor's work: from the opened files to their diagnostics, then one typed character after the other. */
export async function editorAnswer(question: EditorQuestion): Promise<EditorAnswer> {
  const work = question.who === "we" ? ourWork(question) : jsonWork(question);
  const first = await timed(() => work.first());
  const edit = await repeated((round) => work.edit(round));
  const hover = await repeated(() => work.hover());
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const peak = process.resourceUsage().maxRSS / 1e3;
  return { first, edit, hover, heap: heapUsed / 1e6, resident: rss / 1e6, peak };
}

interface Work {
  first(): Promise<void>;
  edit(round: number): Promise<void>;
  hover(): Promise<void>;
}

const DIRECTORY = "file:///etc/postfix";

function ourWork({ lines, edited, open }: EditorQuestion): Work {
  const { mainCf, table } = editorFiles(lines);
  const texts: Readonly<Record<string, string>> = { "main.cf": mainCf, table };
  const workspace = new Workspace({
    read: (_, name) => {
      const text = open ? undefined : texts[name];
      return Promise.resolve<FileContent>(text === undefined ? { kind: "missing" } : contentOf(name, text));
    },
    list: () => Promise.resolve([]),
  });
  const document = (name: string, languageId: string): TextDocument =>
    TextDocument.create(`${DIRECTORY}/${name}`, languageId, 0, texts[name] ?? "");
  const documents = [document("main.cf", "postfix-main"), ...(open ? [document("table", "postfix-table")] : [])];
  const typed = documents.find(({ uri }) => uri.endsWith(`/${edited}`));
  if (!typed) throw new Error("what is edited has to be open");
  const show = async (changed: readonly TextDocument[]): Promise<void> => {
    for (const document of changed) workspace.setText(document.uri, document.languageId, document.getText());
    for (const { uri } of documents) await workspace.sourceOf(uri);
    const found = await workspace.find(typed.uri);
    if (!found) throw new Error("the file is a Postfix file");
    const { project, source } = found;
    const uriOf = (file: string): string => source.uriOf(file) ?? "";
    JSON.stringify([...project.files.keys()].map((file) => diagnostics(project, file, uriOf)));
  };
  return {
    first: () => show(documents),
    async edit(round) {
      type(typed, round);
      await show([typed]);
    },
    async hover() {
      const found = await workspace.find(typed.uri);
      const text = typed.getText();
      const place = edited === "table" ? text.lastIndexOf("REJECT") : text.indexOf("hash:/etc/postfix/table");
      if (!found || !hover(found.project, found.file, place + 2)) throw new Error("there is something to say");
    },
  };
}

function jsonWork({ bytes }: EditorQuestion): Work {
  const service = getLanguageService({});
  service.configure({
    validate: true,
    schemas: [
      {
        uri: "schema:/table",
        fileMatch: ["*"],
        schema: { type: "object", description: "Actions", additionalProperties: { type: "string", description: "x" } },
      },
    ],
  });
  const document = TextDocument.create(`${DIRECTORY}/table.json`, "json", 0, jsonOfSize(bytes));
  let parsed = service.parseJSONDocument(document);
  const show = async (): Promise<void> => {
    parsed = service.parseJSONDocument(document);
    JSON.stringify(await service.doValidation(document, parsed));
  };
  return {
    first: show,
    async edit(round) {
      type(document, round);
      await show();
    },
    async hover() {
      const place = document.positionAt(document.getText().lastIndexOf("REJECT") + 2);
      if (!(await service.doHover(document, place, parsed))) throw new Error("there is something to say");
    },
  };
}

/** Types a character into the middle of the text, and deletes it the next time. */
function type(document: TextDocument, round: number): void {
  const line = Math.floor(document.lineCount / 2);
  const [start, behind] = [3, 4].map((character) => ({ line, character })) as [Position, Position];
  const change =
    round % 2 === 0 ? { range: { start, end: start }, text: "x" } : { range: { start, end: behind }, text: "" };
  TextDocument.update(document, [change], round + 1);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The middle time of several, of fewer when they take long. */
async function repeated(work: (round: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  let sum = 0;
  for (let round = 0; round < ROUNDS && (round < 3 || sum < ENOUGH_MILLISECONDS); round++) {
    const time = await timed(() => work(round));
    times.push(time);
    sum += time;
  }
  return middle(times);
}
