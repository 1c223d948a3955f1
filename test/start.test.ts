import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { cachedDataVersionTag } from "node:v8";
import { setFlags } from "../server/src/start/flags.ts";

suite("The programs keep what was compiled", () => {
  let root: string;
  let cache: string;

  before(() => {
    root = mkdtempSync(path.join(tmpdir(), "mailflow-start-"));
    cache = path.join(root, "cache");
    for (const file of readdirSync("dist").filter((name) => /^(?:cli|part-.*)\.js$/.test(name))) {
      cpSync(path.join("dist", file), path.join(root, file));
    }
  });

  after(() => {
    rmSync(root, { recursive: true });
  });

  /** The answer, which is the same whatever was kept. */
  function explain(name = "permit"): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, "cli.js"), "explain", name], {
      encoding: "utf8",
    });
    assert.equal(stderr, "");
    assert.equal(status, 0);
    return stdout;
  }

  function kept(): readonly string[] {
    return readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  }

  test("each part of a command, where it may be written", () => {
    spawnSync(process.execPath, [path.join(root, "cli.js"), "nonsense"]);
    assert.equal(existsSync(cache), false, "nothing of a wrong call");
    const first = explain();
    const files = kept();
    assert.ok(files.some((name) => name.includes("part-cli")) && files.length > 3);
    assert.equal(explain(), first);
    assert.deepEqual(kept(), files);
  });

  test("what is broken is compiled again", () => {
    const first = explain();
    const files = kept();
    for (const name of files) truncateSync(path.join(cache, name), 100);
    assert.equal(explain(), first);
    assert.deepEqual(kept(), files);
  });

  test("what a later start has called besides, after some time", () => {
    const bytes = (): number => kept().reduce((sum, name) => sum + statSync(path.join(cache, name)).size, 0);
    const first = bytes();
    explain("myhostname");
    assert.equal(bytes(), first, "not at once: that takes time");
    const before = new Date(Date.now() - 2 * 60 * 60 * 1000);
    for (const name of readdirSync(cache)) utimesSync(path.join(cache, name), before, before);
    explain("myhostname");
    const completed = bytes();
    assert.ok(completed > first, `${completed} bytes are more than ${first}`);
    explain("hash");
    assert.equal(bytes(), completed, "it was completed a moment ago");
  });

  test("nothing where it may not be written", () => {
    const first = explain();
    rmSync(cache, { recursive: true });
    writeFileSync(cache, "");
    assert.equal(explain(), first);
  });
});

test("while code is loaded, the flags of V8 are those that Node begins with", () => {
  const atStart = cachedDataVersionTag();
  setFlags("running");
  assert.notEqual(cachedDataVersionTag(), atStart);
  setFlags("loading");
  assert.equal(cachedDataVersionTag(), atStart, "else V8 refuses what was compiled");
});
