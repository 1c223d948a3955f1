import { Range, Uri, workspace, type TestController, type TestItem } from "vscode";
import type { ListedTest } from "../../../server/src/lsp/protocol.ts";
import type { ServerRequests } from "../requests.ts";

/** Puts the tests of a file into the tree; `known` says what each item stands for. */
export async function listFile(
  controller: TestController,
  requests: ServerRequests,
  known: WeakMap<TestItem, ListedTest>,
  uri: Uri,
): Promise<void> {
  const { tests, problems } = await requests.send("postfixMailflow/tests", {
    uri: uri.toString(),
    text: await textOf(uri),
  });
  const id = uri.toString();
  const file = controller.items.get(id) ?? controller.createTestItem(id, workspace.asRelativePath(uri), uri);
  file.error = problems.length > 0 ? problems.map(problemText).join("\n") : undefined;
  const items = new Map<string, TestItem>();
  const groups = new Map<string, TestItem>();
  for (const [at, test] of tests.entries()) {
    const item = controller.createTestItem(`${id}#${at}`, test.name, uri);
    item.range = rangeOf(test.range);
    // Tests keep the order of the file.
    item.sortText = String(at).padStart(6, "0");
    known.set(item, test);
    const [parent] = test.parents;
    if (parent === undefined) items.set(item.id, item);
    else groupOf(parent, item).children.add(item);
  }
  file.children.replace([...items.values()]);
  controller.items.add(file);

  /** The tests of a table of cases stand below its name. */
  function groupOf(name: string, first: TestItem): TestItem {
    let group = groups.get(name);
    if (!group) {
      group = controller.createTestItem(`${first.id}:${name}`, name, uri);
      if (first.range) group.range = first.range;
      if (first.sortText !== undefined) group.sortText = first.sortText;
      groups.set(name, group);
      items.set(group.id, group);
    }
    return group;
  }
}

/** The text of a file as it stands in the editor, or on the disk. */
export async function textOf(uri: Uri): Promise<string> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open?.getText() ?? new TextDecoder().decode(await workspace.fs.readFile(uri));
}

function problemText({ range, message }: { readonly range: ListedTest["range"]; readonly message: string }): string {
  return `Line ${range.start.line + 1}: ${message}`;
}

function rangeOf({ start, end }: ListedTest["range"]): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
