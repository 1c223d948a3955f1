import { spawnSync } from "node:child_process";
import { Editor } from "../lsp/editor.ts";
import { middle } from "./measure.ts";
import type { Cell, Table } from "./table.ts";

const ROUNDS = 7;
const EXAMPLE = "examples/restricted-senders";
const MAIN = `smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_client_restrictions = nonsense
`;

/** What a program does that loads the JSON language service of VS Code and checks a small file with it. */
const JSON_PROGRAM = `import { getLanguageService } from "vscode-json-languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";
const service = getLanguageService({});
const document = TextDocument.create("file:///a.json", "json", 0, '{"a": nonsense}');
console.log(JSON.stringify(await service.doValidation(document, service.parseJSONDocument(document))));`;

/** From the start of a process to its first findings, beside the JSON language service of VS Code. */
export async function startUp(): Promise<Table> {
  const json = processTime(["--input-type=module", "-e", JSON_PROGRAM]);
  const times: readonly (readonly [string, number])[] = [
    ["nothing: node -e 0", processTime(["-e", "0"])],
    ["JSON language service, a small file", json],
    ["server over stdio, to the first diagnostics", await serverTime()],
    ["command line: check of a small directory", processTime(["dist/cli.js", "check", EXAMPLE])],
  ];
  return {
    title: "Milliseconds from the start of a process to its findings (the middle one of several)",
    columns: ["", "milliseconds", "to JSON"],
    rows: times.map(([what, time]): readonly Cell[] => [what, time, `${(time / json).toFixed(2)} x`]),
    notes: ["The JSON language service stands alone there, without a server or a protocol around it."],
  };
}

function processTime(args: readonly string[]): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(`node ${args.join(" ")} failed: ${stderr}`);
    return performance.now() - start;
  });
  return middle(times);
}

async function serverTime(): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const editor = new Editor({ "main.cf": MAIN });
    try {
      await editor.start();
      await editor.open("main.cf", "postfix-main", MAIN);
      await editor.findings("main.cf", (codes) => codes.includes("undefined-class"));
      times.push(performance.now() - start);
    } finally {
      await editor.stop();
    }
  }
  return middle(times);
}
