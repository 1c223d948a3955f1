import { Location, MarkdownString, TestMessage, type TestItem, type TestRun } from "vscode";
import type { TestRun as Answer } from "../../../server/src/lsp/protocol.ts";

/** Tells the Test Explorer what came of a test; a string is why it could not be run. */
export function reportResult(
  run: TestRun,
  item: TestItem,
  result: Answer["results"][number] | string | undefined,
): void {
  if (result === undefined || typeof result === "string") {
    run.errored(item, new TestMessage(result ?? "The file has changed since its tests were listed."));
    return;
  }
  const { milliseconds, messages, expected, actual } = result;
  if (result.result === "passed") {
    run.passed(item, milliseconds);
    return;
  }
  const message = new TestMessage(new MarkdownString(messages.map(withLink).join("\n\n")));
  if (expected !== undefined) message.expectedOutput = expected;
  // Where VS Code shows the two side by side, it has room for one line of the message.
  if (actual !== undefined) message.actualOutput = [actual, ...messages.slice(1).map(plain)].map(wrapped).join("\n");
  if (item.uri && item.range) message.location = new Location(item.uri, item.range);
  if (result.result === "failed") run.failed(item, message, milliseconds);
  else run.errored(item, message, milliseconds);
  run.appendOutput(`${item.label}\r\n${messages.map((line) => `  ${plain(line)}\r\n`).join("")}`, undefined, item);
}

/** Addresses in angle brackets are text; `[URI#L12]` becomes a link. */
function withLink(line: string): string {
  const { text, uri } = parted(line);
  const escaped = text.replace(/[<>*_\\]/g, "\\$&");
  return uri === undefined ? escaped : `${escaped} — [${shortName(uri)}](${uri})`;
}

function plain(line: string): string {
  const { text, uri } = parted(line);
  return uri === undefined ? text : `${text} (${shortName(uri)})`;
}

/** VS Code shows two texts side by side in a narrow place, and breaks no lines there. */
const NARROW = 28;

/** The line in several, where it has spaces; they are set in from the second on. */
function wrapped(line: string): string {
  return line.split(" ").reduce((text, word) => {
    const length = text.length - (text.lastIndexOf("\n") + 1) + 1 + word.length;
    return length > NARROW ? `${text}\n  ${word}` : `${text} ${word}`;
  });
}

/** A line, and the place that it ends in. */
function parted(line: string): { readonly text: string; readonly uri?: string | undefined } {
  const [, text = line, uri] = /^(.*) \[(\S+#L\d+)\]$/s.exec(line) ?? [];
  return { text, uri };
}

/** `access:12` */
function shortName(uri: string): string {
  return uri.slice(uri.lastIndexOf("/") + 1).replace("#L", ":");
}
