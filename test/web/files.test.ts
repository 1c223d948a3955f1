// What the server of a browser may read: files in the folders of the workspace, and nothing else.
import assert from "node:assert/strict";
import { suite, test } from "mocha";
import * as vscode from "vscode";
import { listDirectory, readFile } from "../../client/src/files.ts";

suite("Files for the server", () => {
  const mail = (): string => `${folder().uri.toString()}/mail`;
  const read = (directory: string, name: string): Promise<unknown> => readFile({ directory, name });

  test("are read in a folder of the workspace", async () => {
    const uri = vscode.Uri.parse(`${mail()}/main.cf`);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    assert.deepEqual(await read(mail(), "main.cf"), { kind: "text", text });
    assert.deepEqual(await read(folder().uri.toString(), "mail/./main.cf"), { kind: "text", text });
    assert.ok((await listDirectory({ directory: mail() })).includes("main.cf"));
  });

  test("are missing, or no files", async () => {
    assert.deepEqual(await read(mail(), "no.such.file"), { kind: "missing" });
    assert.deepEqual(await read(mail(), "main.cf/x"), { kind: "missing" });
    assert.deepEqual(await read(folder().uri.toString(), "mail"), { kind: "unreadable", because: "it is a directory" });
    assert.deepEqual(await listDirectory({ directory: `${mail()}/none` }), []);
  });

  test("are not read outside, whatever leads there", async () => {
    const outside = folder().uri.with({ path: "/etc" }).toString();
    assert.ok((await vscode.workspace.fs.stat(vscode.Uri.parse(`${outside}/hosts`))).size > 0); // the editor could
    for (const [directory, name] of [
      [outside, "hosts"],
      [folder().uri.with({ path: "/" }).toString(), "etc/hosts"],
      [`${folder().uri.toString()}/../../../../../../../../etc`, "hosts"],
      [mail(), "../../../../../../../../etc/hosts"],
    ] as const) {
      assert.deepEqual(await read(directory, name), { kind: "missing" }, `${directory} ${name}`);
    }
    assert.deepEqual(await listDirectory({ directory: outside }), []);
    for (const name of ["link", "linked/hosts"]) {
      const because = "it is a link, and the editor does not say where to";
      assert.deepEqual(await read(mail(), name), { kind: "unreadable", because });
    }
  });
});

function folder(): vscode.WorkspaceFolder {
  const found = vscode.workspace.workspaceFolders?.[0];
  assert.ok(found, "the tests run in a workspace");
  return found;
}
