import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { directory, refuses, run } from "./support/commandLine.ts";

test("check tells place, message, rule and the marked line", () => {
  const { status, out } = run(["check", "examples/c-comments"]);
  assert.equal(status, 1);
  assert.match(
    out,
    /^examples\/c-comments\/main\.cf:10:5: error: .*\[comment-in-value\]\n {4} {4}\/\* replace.*\n {8}\^{3,}/m,
  );
  assert.ok(!out.includes("\u001b"), "no colour outside a terminal");
});

test("of a long line check shows what is around the place", () => {
  const checks = Array.from({ length: 100 }, (_, at) => `reject_rbl_client d${at}.example`).join(", ");
  const list = `smtpd_client_restrictions = ${checks}, nonsense, ${checks}\n`;
  const lines = run(["check", directory({ "main.cf": `compatibility_level = 3.6\n${list}` })]).out.split("\n");
  const [shown = "", marker = ""] = lines.slice(lines.findIndex((line) => line.includes("[undefined-class]")) + 1);
  assert.match(shown, /^ {4}….*nonsense.*…$/);
  assert.equal(shown.slice(marker.indexOf("^"), marker.lastIndexOf("^") + 1), "nonsense");
});

test("check as JSON has what others rely on", () => {
  const { status, out } = run(["check", "--format", "json", "examples/c-comments"]);
  assert.equal(status, 1);
  const { findings } = JSON.parse(out) as { findings: Record<string, unknown>[] };
  const [first] = findings;
  assert.deepEqual(Object.keys(first ?? {}), ["rule", "severity", "message", "file", "range", "related", "fixable"]);
  assert.equal(first?.["file"], "main.cf");
  assert.equal(first["fixable"], true);
  assert.deepEqual((first["range"] as { start: unknown }).start, { line: 9, character: 4 });
});

test("check speaks SARIF and GitHub's workflow commands", () => {
  const { runs } = JSON.parse(run(["check", "--format", "sarif", "examples/c-comments"]).out) as {
    runs: { results: { ruleId: string }[] }[];
  };
  assert.ok(runs[0]?.results.some(({ ruleId }) => ruleId === "comment-in-value"));
  assert.match(
    run(["check", "--format", "github", "examples/c-comments"]).out,
    /^::error file=main\.cf,line=10,col=5,/m,
  );
});

test("--fail-on decides about the exit status", () => {
  const root = directory({ "main.cf": "compatibility_level = 3.6\nmynetworks = 127.0.0.0/8\n" });
  assert.equal(run(["check", root]).status, 0);
  const broken = directory({ "main.cf": "this is no assignment\n" });
  assert.equal(run(["check", broken, "--fail-on", "error"]).status, 1);
});

test("check takes the severities of rules", () => {
  const checkWith = (...options: readonly string[]): string => run(["check", "examples/c-comments", ...options]).out;
  assert.doesNotMatch(checkWith("--rule", "comment-in-value=off"), /comment-in-value/);
  assert.match(checkWith("--rule", "comment-in-value=information"), /info.*comment-in-value/s);
  refuses(["check", "--rule", "comment=off"], /there is no rule `comment`/);
  refuses(["check", "--rule", "open-relay"], /takes =error, =warning/);
});

test("check takes one file of a directory", () => {
  assert.equal(run(["check", "examples/c-comments/local_domains"]).out, "No findings.\n");
  assert.match(run(["check", "examples/c-comments/main.cf"]).out, /comment-in-value/);
});

test("check finds the main.cf of a table in a directory below, and says when nobody reads the file", () => {
  const root = directory({
    "main.cf":
      "compatibility_level = 3.6\nsmtpd_client_restrictions = check_client_access hash:/etc/postfix/maps/clients\n",
    "maps/clients": "a.example nonsense\n",
    "maps/others": "a.example nonsense\n",
  });
  assert.match(run(["check", path.join(root, "maps/clients")]).out, /maps\/clients:1:11: error: .*\[undefined-class\]/);
  const { out, err } = run(["check", path.join(root, "maps/others")]);
  assert.equal(out, "No findings.\n");
  assert.match(err, /maps\/others is not checked: nothing in .* names it/);
});

test("check takes a main.cf or master.cf by another name, and a part of one", () => {
  const root = directory({
    "main.cf.dist": "smtpd_client_restrictions = nonsense\n",
    "extra.cf": "smtpd_delay_reject = perhaps\nsmtpd_relay_restrictions = permit\n",
    "master.cf.proto": "smtp inet n - n - - smtpd\n  -o smtpd_delay_reject = no\n",
    notes: "nonsense\n",
  });
  const said = (name: string): string => run(["check", path.join(root, name)]).out;
  assert.match(said("main.cf.dist"), /main\.cf\.dist:1:29: error: .*\[undefined-class\]\n.*nonsense/);
  assert.match(said("extra.cf"), /extra\.cf:1:22: error: .*\[bad-value\]/);
  assert.doesNotMatch(said("extra.cf"), /open-relay/, "the rest is not known");
  refuses(["check", path.join(root, "master.cf.proto")], /there is no main\.cf/);
  refuses(["check", path.join(root, "notes")], /there is no main\.cf/);
  writeFileSync(path.join(root, "main.cf"), "compatibility_level = 3.6\n");
  assert.match(said("master.cf.proto"), /master\.cf\.proto:2:\d+: error/);
});

test("what cannot be read is said", () => {
  const root = directory({});
  refuses(["check", root], /there is no main\.cf/);
  mkdirSync(path.join(root, "main.cf"));
  refuses(["check", root], /main\.cf cannot be read: it is a directory/);
});

test("a byte order mark on the disk is not lost on the way", () => {
  const root = directory({ "main.cf": "\uFEFFcompatibility_level = 3.6\n" });
  assert.match(run(["check", root]).out, /main\.cf:1:1: error: .* \[byte-order-mark\]$/m);
});

test("passwords of database tables are shown nowhere", () => {
  const at = directory({
    "main.cf": `virtual_mailbox_maps = mysql:/etc/postfix/sql.cf
smtpd_relay_restrictions = check_helo_access static:OK, reject_unauth_destination
`,
    "sql.cf": "pasword = secret\nuser = mail\n",
  });
  for (const [command, ...options] of [["check"], ["check", "--format", "sarif"], ["relay", "--json", "--config"]]) {
    const { out } = run([command ?? "", ...options, at]);
    assert.match(out, /pasword|"open"/, command);
    assert.doesNotMatch(out, /secret/, command);
  }
});

test("check and relay say that a template is one", () => {
  const template = "myhostname = {{ host }}\nsmtpd_client_restrictions = nonsense\n";
  const root = directory({ "main.cf.j2": template });
  for (const [arguments_, said] of [
    [[path.join(root, "main.cf.j2")], /main\.cf\.j2 is a template and not checked/],
    [[directory({ "main.cf": template })], /the configuration in .* is a template and not checked/],
  ] as const) {
    const { status, out, err } = run(["check", ...arguments_]);
    assert.deepEqual([status, out], [0, "No findings.\n"]);
    assert.match(err, said);
  }
  const beside = directory({ "main.cf": "compatibility_level = 3.6\nfoo\n", "master.cf.erb": template });
  assert.equal(run(["check", path.join(beside, "master.cf.erb")]).status, 0);
  refuses(["check", root], /there is no main\.cf/);
  refuses(["relay", "--config", directory({ "main.cf": template })], /the configuration is a template/);
});

test("a word of 60,000 letters takes no longer than it is long", () => {
  const root = directory({ "main.cf": `compatibility_level = 3.6\nmydestination = ${"a".repeat(60_000)}\n` });
  const start = performance.now();
  assert.equal(run(["check", root]).status, 0);
  assert.ok(performance.now() - start < 20_000);
});
