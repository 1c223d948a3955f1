import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { run, type Ran } from "../support/commandLine.ts";

function diff(cwd: string, ...args: readonly string[]): Ran {
  return run(["diff", ...args], { cwd });
}

const BEFORE = "mydestination = example.com\nsmtpd_relay_restrictions = reject_unauth_destination\n";
const TABLE = "smtpd_recipient_restrictions = check_sender_access hash:/etc/postfix/maps/senders\n";
const OPEN = "smtpd_relay_restrictions = check_helo_access static:OK, reject_unauth_destination\n";

function directory(): string {
  return mkdtempSync(path.join(tmpdir(), "mailflow-diff-"));
}

/** A repository with the configuration below mail/postfix, and an edit of its table that is not committed. */
function repository(): string {
  const root = directory();
  const postfix = path.join(root, "mail", "postfix");
  mkdirSync(path.join(postfix, "maps"), { recursive: true });
  const git = (...args: readonly string[]): void => {
    const who = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"];
    execFileSync("git", ["-C", root, ...who, ...args], { stdio: "ignore" });
  };
  git("init");
  writeFileSync(path.join(postfix, "main.cf"), BEFORE);
  git("add", "-A");
  git("commit", "-m", "first");
  writeFileSync(path.join(postfix, "main.cf"), BEFORE + TABLE);
  writeFileSync(path.join(postfix, "maps", "senders"), "spam.example REJECT\n");
  git("add", "-A");
  git("commit", "-m", "second");
  writeFileSync(path.join(postfix, "maps", "senders"), "worse.example REJECT\n");
  return root;
}

test("diff compares directories; the exit status says whether they differ", () => {
  const [before, after] = [directory(), directory()];
  writeFileSync(path.join(before, "main.cf"), BEFORE);
  writeFileSync(path.join(after, "main.cf"), BEFORE + OPEN);
  const same = diff(before, ".", before);
  assert.deepEqual(same, { status: 0, out: "No difference in the mail flow was found.\n", err: "" });
  const { status, out } = diff(".", before, after);
  assert.equal(status, 1);
  assert.match(out, /relay: closed before, open now/);
  assert.match(diff(".", before, after, "--format", "markdown").out, /^## What this changes for the mail flow/);
  const report = JSON.parse(diff(".", before, after, "--json").out) as {
    different: boolean;
    services: readonly { relay: { after: { verdict: string } }; classes: readonly { change: string }[] }[];
  };
  assert.equal(report.different, true);
  assert.equal(report.services[0]?.relay.after.verdict, "open");
  assert.equal(report.services[0].classes[0]?.change, "reject → accept");
});

test("diff reads git revisions", () => {
  const root = repository();
  const postfix = path.join(root, "mail", "postfix");
  for (const [cwd, ...args] of [
    [postfix, "HEAD"],
    [postfix, "HEAD", "."],
    [root, "HEAD", "mail/postfix"],
    [root, "HEAD:mail/postfix"],
    [postfix, "HEAD:./"],
  ] as const) {
    const { status, out, err } = diff(cwd, ...args);
    assert.equal(err, "");
    assert.equal(status, 1, args.join(" "));
    assert.match(out, /spam\.example/);
    assert.match(out, /worse\.example/);
  }
  const { status, out } = diff(postfix, "HEAD~1", "HEAD");
  assert.equal(status, 1);
  assert.match(out, /accepted before, refused now/);
  assert.equal(diff(postfix, "HEAD", "HEAD").status, 0);
});

test("diff answers wrong calls in one line", () => {
  const [root, outside] = [repository(), directory()];
  writeFileSync(path.join(outside, "main.cf"), BEFORE);
  for (const [cwd, args, expected] of [
    [root, [], /diff takes two directories or git revisions/],
    [root, ["a", "b", "c"], /no third argument `c`/],
    [outside, ["HEAD"], /git says: not a git repository/],
    [path.join(root, "mail", "postfix"), ["no-such-revision"], /git says: Not a valid object name/],
    [root, ["HEAD"], /HEAD: there is no main\.cf/],
    [path.join(root, "mail", "postfix"), ["HEAD", "--service", "nothing"], /no smtpd service `nothing`/],
    [outside, [".", ".", "--format", "xml"], /--format takes text, json, markdown/],
  ] as const) {
    const { status, out, err } = diff(cwd, ...args);
    assert.equal(status, 2, args.join(" "));
    assert.equal(out, "");
    assert.match(err, expected);
    assert.equal(err.trimEnd().split("\n").length, 1);
  }
});
