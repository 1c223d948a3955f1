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
  const message = new TestMessage(new MarkdownString(messages.map(withLinks).join("\n\n")));
  if (expected !== undefined) message.expectedOutput = expected;
  if (actual !== undefined) message.actualOutput = actual;
  if (item.uri && item.range) message.location = new Location(item.uri, item.range);
  if (result.result === "failed") run.failed(item, message, milliseconds);
  else run.errored(item, message, milliseconds);
  run.appendOutput(`${item.label}\r\n${messages.map((line) => `  ${line}\r\n`).join("")}`, undefined, item);
}

/** Addresses in angle brackets are text; `[URI#L12]` becomes a link. */
function withLinks(line: string): string {
  const [, text = line, uri] = /^(.*) \[(\S+#L\d+)\]$/s.exec(line) ?? [];
  const plain = text.replace(/[<>*_\\]/g, "\\$&");
  if (uri === undefined) return plain;
  return `${plain} — [${uri.slice(uri.lastIndexOf("/") + 1).replace("#L", ":")}](${uri})`;
}
