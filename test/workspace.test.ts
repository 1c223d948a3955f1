import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { suite, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { FileContent } from "../server/src/config/files.ts";
import { tableFiles } from "../server/src/config/tableFiles.ts";
import type { Host } from "../server/src/workspace/host.ts";
import { isPostfixMain, isPostfixMaster } from "../server/src/workspace/isPostfix.ts";
import { loadProject } from "../server/src/workspace/loadProject.ts";
import { NODE_HOST } from "../server/src/workspace/nodeHost.ts";
import { Workspace } from "../server/src/workspace/workspace.ts";

/** A host with these files and no others, by URI. It remembers what was read. */
function hostOf(files: Readonly<Record<string, string | undefined>>): Host & { readonly reads: readonly string[] } {
  const reads: string[] = [];
  return {
    reads,
    list: () => Promise.resolve(Object.keys(files).flatMap((uri) => uri.split("/").at(-1) ?? [])),
    read: (directory, name) => {
      reads.push(`${directory}/${name}`);
      const text = files[`${directory}/${name}`];
      return Promise.resolve<FileContent>(text === undefined ? { kind: "missing" } : { kind: "text", text });
    },
  };
}

const POSTFIX = "myhostname = mail.example.com\nmydestination = $myhostname\n";

suite("Loading a directory", () => {
  /** The files that are loaded, main.cf and master.cf left out. */
  async function check(files: Readonly<Record<string, string>>, expected: readonly string[]): Promise<void> {
    const host = hostOf(Object.fromEntries(Object.entries(files).map(([name, text]) => [`d:/${name}`, text])));
    const project = await loadProject((name) => host.read("d:", name), {});
    const loaded = [...project.files].filter(([, { kind }]) => kind === "text").map(([name]) => name);
    assert.deepEqual(loaded.filter((name) => !name.endsWith(".cf")).sort(), expected);
  }

  test("brings the tables that any parameter names", () =>
    check(
      {
        "main.cf":
          "base = /etc/postfix\nsmtpd_client_restrictions = check_client_access hash:$base/clients\n" +
          "virtual_alias_maps = proxy:hash:/etc/postfix/maps/virtual\nmy_list = check_helo_access cidr:/srv/helo\n",
        clients: "",
        "maps/virtual": "",
        helo: "",
        unrelated: "",
      },
      ["clients", "helo", "maps/virtual"],
    ));

  test("brings those that a service of master.cf names", () =>
    check(
      {
        "main.cf": POSTFIX,
        "master.cf":
          "submission inet n - n - - smtpd\n  -o smtpd_client_restrictions=check_client_access,hash:/etc/postfix/clients\n",
        clients: "",
      },
      ["clients"],
    ));

  test("brings the files of match lists, and the tables that they name in turn", () =>
    check(
      { "main.cf": "mynetworks = 127.0.0.1, /etc/postfix/networks", networks: "cidr:/etc/postfix/more", more: "" },
      ["more", "networks"],
    ));

  test("brings the settings of database tables", () =>
    check({ "main.cf": "virtual_mailbox_maps = mysql:/etc/postfix/sql.txt", "sql.txt": "user = x" }, ["sql.txt"]));

  test("asks for nothing outside the directory", async () => {
    const host = hostOf({ "file:///p/secret": "x OK" });
    const workspace = new Workspace(host);
    const text = "virtual_alias_maps = hash:../secret hash:/etc/postfix/../secret hash:/etc/postfix/a/../../secret\n";
    workspace.setText("file:///p/q/main.cf", "postfix-main", text);
    await workspace.find("file:///p/q/main.cf");
    assert.deepEqual(
      host.reads.filter((name) => !/^file:\/\/\/p\/q\/\w/.test(name)),
      [],
    );
  });
});

suite("Files of the disk", () => {
  /** What the host says about a file of a directory that `prepare` fills. */
  async function check(
    prepare: (directory: string) => void,
    name: string,
    expected: FileContent["kind"],
    because = /(?:)/,
  ): Promise<void> {
    const directory = mkdtempSync(path.join(tmpdir(), "mailflow-host-"));
    try {
      prepare(directory);
      const content = await NODE_HOST.read(pathToFileURL(directory).href, name);
      assert.equal(content.kind, expected);
      if (content.kind === "unreadable") assert.match(content.because, because);
    } finally {
      rmSync(directory, { recursive: true });
    }
  }
  const makeDirectory = (directory: string): void => {
    mkdirSync(path.join(directory, "access"));
  };
  const file =
    (name: string, content: string, size?: number) =>
    (directory: string): void => {
      writeFileSync(path.join(directory, name), content);
      if (size !== undefined) truncateSync(path.join(directory, name), size);
    };

  test("lists the files of a directory, and nothing where there is none", async () => {
    const directory = mkdtempSync(path.join(tmpdir(), "mailflow-host-"));
    try {
      makeDirectory(directory);
      file("main.cf", "a = b")(directory);
      assert.deepEqual(await NODE_HOST.list(pathToFileURL(directory).href), ["main.cf"]);
      file("access/clients", "")(directory);
      mkdirSync(path.join(directory, "access", "more"));
      file("access/more/hidden", "")(directory);
      assert.deepEqual(await NODE_HOST.list(directory), ["main.cf", "access/clients"]);
      assert.deepEqual(await NODE_HOST.list(path.join(directory, "nowhere")), []);
      assert.deepEqual(await NODE_HOST.list("ftp://host/etc/postfix"), []);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test("text is text", () => check(file("main.cf", "a = b"), "main.cf", "text"));
  test("what is not there is missing", () => check(() => undefined, "main.cf", "missing"));
  test("a file is no directory", () => check(file("a", ""), "a/b", "missing"));
  test("a name that leads out is missing", () => check(() => undefined, `../${path.basename(tmpdir())}`, "missing"));
  test("a directory is unreadable", () => check(makeDirectory, "access", "unreadable", /^it is a directory$/));
  test("binary data is unreadable", () =>
    check(file("access", "a\0b"), "access", "unreadable", /^it holds binary data, not text$/));
  test("a huge main.cf is unreadable", () =>
    check(
      file("main.cf", "", 50_000_000),
      "main.cf",
      "unreadable",
      /^it has 50 MB, more than the 8 MB that are read$/,
    ));
  test("a table may be larger", () => check(file("access", "x".repeat(9_000_000)), "access", "text"));
  test("a huge table is unreadable", () =>
    check(file("access", "", 200_000_000), "access", "unreadable", /^it has 200 MB, more than the 128 MB/));
  test("a link is followed inside the directory only", async () => {
    await check(
      (directory) => {
        file("real", "x y")(directory);
        symlinkSync("real", path.join(directory, "access"));
      },
      "access",
      "text",
    );
    await check(
      (directory) => {
        symlinkSync("/etc/hostname", path.join(directory, "access"));
      },
      "access",
      "unreadable",
      /^it is a link that leads out of the directory/,
    );
  });
});

suite("The project of a document", () => {
  const NAMING_TABLE = `${POSTFIX}smtpd_client_restrictions = check_client_access hash:/etc/postfix/deep/er/clients\n`;

  /** The directory that a document belongs to, and its name there. */
  async function check(
    files: Readonly<Record<string, string>>,
    uri: string,
    expected: readonly [directory: string, file: string] | undefined,
  ): Promise<void> {
    const workspace = new Workspace(hostOf(files));
    const found = await workspace.find(uri);
    assert.deepEqual(found && [found.source.home.directory, found.file], expected);
  }

  test("is that of its own directory for a main.cf", () =>
    check({ "file:///p/main.cf": POSTFIX }, "file:///p/main.cf", ["file:///p", "main.cf"]));

  test("is none for the main.cf of another program", () =>
    check({ "file:///p/main.cf": "[camera]\nname = x\n" }, "file:///p/main.cf", undefined));

  test("is the nearest above for a table", () =>
    check({ "file:///p/main.cf": POSTFIX }, "file:///p/deep/er/clients", ["file:///p", "deep/er/clients"]));

  test("is the one that names the table, if there are several", () => {
    const table = "file:///p/deep/er/clients";
    const files = { "file:///p/main.cf": NAMING_TABLE, "file:///p/deep/main.cf": POSTFIX, [table]: "" };
    return check(files, table, ["file:///p", "deep/er/clients"]);
  });

  test("is none without a main.cf", () => check({}, "file:///p/clients", undefined));

  test("is not above the folder that is open", async () => {
    const workspace = new Workspace(hostOf({ "file:///main.cf": POSTFIX }));
    workspace.setFolders(["file:///p"]);
    assert.equal(await workspace.find("file:///p/clients"), undefined);
  });

  test("is the same however the URI is spelled", () =>
    check({ "file:///p%20q/main.cf": POSTFIX }, "file:///p q/main.cf", ["file:///p%20q", "main.cf"]));

  test("a main.cf.sample stands for main.cf in a project of its own", async () => {
    const workspace = new Workspace(hostOf({ "file:///p/main.cf": POSTFIX }));
    workspace.setText("file:///p/main.cf.sample", "postfix-main", "mydomain = sample.test");
    const found = await workspace.find("file:///p/main.cf.sample");
    const content = found?.project.files.get("main.cf");
    assert.deepEqual([found?.file, content], ["main.cf", { kind: "text", text: "mydomain = sample.test" }]);
  });

  test("a document that was never saved has one too", async () => {
    const workspace = new Workspace(hostOf({}));
    workspace.setText("untitled:Untitled-1", "postfix-main", POSTFIX);
    assert.equal((await workspace.find("untitled:Untitled-1"))?.file, "main.cf");
  });
});

suite("Open documents", () => {
  const MAIN = "file:///p/main.cf";
  const TABLE = "file:///p/clients";
  const TEXT = "smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients\n";

  async function tableText(workspace: Workspace): Promise<unknown> {
    const content = (await workspace.find(MAIN))?.project.files.get("clients");
    return content?.kind === "text" ? content.text : content?.kind;
  }

  test("win over what is saved, until they are closed", async () => {
    const files = { [TABLE]: "saved OK" };
    const workspace = new Workspace(hostOf(files));
    workspace.setText(MAIN, "postfix-main", TEXT);
    assert.equal(await tableText(workspace), "saved OK");
    const affected = workspace.setText(TABLE, "postfix-table", "typed OK");
    assert.deepEqual(affected, workspace.sources);
    assert.equal(await tableText(workspace), "typed OK");
    files[TABLE] = "saved again OK";
    workspace.close(TABLE);
    assert.equal(await tableText(workspace), "saved again OK");
  });

  test("the disk is read once, and again when it has changed", async () => {
    const files: Record<string, string | undefined> = { [TABLE]: "one OK" };
    const host = hostOf(files);
    const workspace = new Workspace(host);
    workspace.setText(MAIN, "postfix-main", TEXT);
    await tableText(workspace);
    workspace.setText(MAIN, "postfix-main", `${TEXT}# typing\n`);
    await tableText(workspace);
    assert.equal(host.reads.filter((name) => name === TABLE).length, 1);
    files[TABLE] = undefined;
    workspace.changedOnDisk(TABLE);
    assert.equal(await tableText(workspace), "missing");
  });

  test("without a change the project is the same object", async () => {
    const workspace = new Workspace(hostOf({}));
    workspace.setText(MAIN, "postfix-main", TEXT);
    const first = await workspace.find(MAIN);
    assert.equal((await workspace.find(MAIN))?.project, first?.project);
  });

  test("a table that nobody names yet is part of the project while it is open", async () => {
    const workspace = new Workspace(hostOf({ [MAIN]: POSTFIX }));
    workspace.setText(TABLE, "postfix-table", "x OK");
    const found = await workspace.find(TABLE);
    assert.ok(found);
    assert.equal(found.project.files.get("clients")?.kind, "text");
    assert.equal(tableFiles(found.project).has("clients"), false);
  });

  test("a document that is too large is unreadable, too", async () => {
    const workspace = new Workspace(hostOf({}));
    workspace.setText(MAIN, "postfix-main", "#".repeat(50_000_000));
    assert.equal((await workspace.find(MAIN))?.project.files.get("main.cf")?.kind, "unreadable");
  });
});

suite("The language of a document", () => {
  async function check(
    uri: string,
    text: string,
    expected: string | undefined,
    files: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    assert.equal(await new Workspace(hostOf(files)).languageOf(uri, text), expected);
  }

  const MAIN = `${POSTFIX}transport_maps = texthash:/etc/postfix/routes\nalias_maps = hash:/etc/postfix/people\n`;
  const files = { "file:///x/main.cf": MAIN, "file:///x/routes": "", "file:///x/people": "" };

  test("follows from its content", async () => {
    await check("file:///x/main.cf", POSTFIX, "postfix-main");
    await check("file:///x/main.cf", "[section]\nname = x\n", undefined);
    await check("file:///x/master.cf", "smtp inet n - n - - smtpd\n", "postfix-master");
    await check("file:///x/master.cf", "server { listen 80; }\n", undefined);
  });

  test("is that of a table when a main.cf names it", async () => {
    await check("file:///x/routes", "", "postfix-table", files);
    await check("file:///x/notes.txt", "", undefined, files);
  });

  test("is another one for aliases", () => check("file:///x/people", "", undefined, files));
});

suite("Is it Postfix's?", () => {
  const check = (text: string, expected: boolean): void => {
    assert.equal(isPostfixMain(text), expected, text);
  };

  test("a main.cf by its parameters", () => {
    check(POSTFIX, true);
    check("# a comment\n\nsmtpd_relay_restrictions =\n  permit_mynetworks\n  reject\n", true);
    check("myhostname = a\nmy_class = permit\nother = reject\n", true);
  });

  test("with a mistake or two, or as a template", () => {
    check("myhostname = a\nmydomain b\nmynetworks = 127.0.0.0/8\n", true);
    check("myhostname = {{ name }}\n{% if x %}\nrelayhost = {{ relay }}\n{% endif %}\n", true);
  });

  test("other programs' files are not", () => {
    check("", false);
    check("[camera]\nname = x\npath = C:\\y\n", false);
    check("#include <stdio.h>\nint main(void) {\n  return 0;\n}\n", false);
    check("<VirtualHost *:80>\nServerName x\n</VirtualHost>\n", false);
    check("name = value\nother = thing\n", false);
    check("log_path = /var/log/dovecot.log\nprotocols = imap\nservice imap {\n  port = 143\n}\n", false);
    check("key: value\nmyhostname: x\n", false);
  });

  test("a master.cf by its columns", () => {
    assert.equal(isPostfixMaster("# x\nsmtp inet n - n - - smtpd\n  -o a=b\npickup unix n - n 60 1 pickup\n"), true);
    assert.equal(isPostfixMaster("one two three four five six seven eight\n"), false);
    assert.equal(isPostfixMaster(POSTFIX), false);
  });
});
