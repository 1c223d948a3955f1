import assert from "node:assert/strict";
import { test } from "node:test";
import { makeProject, type Project } from "../server/src/config/project.ts";
import { codeActions } from "../server/src/features/codeActions.ts";
import { diagnostics } from "../server/src/features/diagnostics.ts";
import { checked, findings } from "../server/src/rules/findings.ts";
import { RULE_PAGES } from "../server/src/rules/index.ts";
import { openRelay } from "../server/src/rules/openRelay.ts";
import { applyEdits } from "../server/src/text/edit.ts";
import { lineIndex, positionAt } from "../server/src/text/lineIndex.ts";
import type { Finding, Rule } from "../server/src/rules/rule.ts";
import { projectOf } from "./support/fixture.ts";
import { marked, type Marker } from "./support/markers.ts";

/** What the rule finds in an annotated text has to be what the notes say. */
function check(code: string, source: string): void {
  const { files, markers } = marked(source);
  const project = projectOf(files);
  const order = (a: Marker, b: Marker): number =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.start - b.start;
  const found = findingsOf(code, project).map((finding) => markerOf(project, finding));
  assert.deepEqual(found.sort(order), [...markers].sort(order));
}

function findingsOf(code: string, project: Project): readonly Finding[] {
  return findings(project).flatMap(({ rule, finding }) => (rule.code === code ? [finding] : []));
}

/** A finding over several lines is noted at the first one. */
function markerOf(project: Project, { at, message }: Finding): Marker {
  const content = project.files.get(at.file);
  const text = content?.kind === "text" ? content.text : "";
  const lines = lineIndex(text);
  const [start, end] = [positionAt(lines, at.span.start), positionAt(lines, at.span.end)];
  const newline = text.indexOf("\n", at.span.start);
  const last = end.line === start.line ? end.character : newline - (lines[start.line] ?? 0);
  return { file: at.file, line: start.line, start: start.character, end: last, message };
}

/** The text of a file after the first fix of this rule that changes it. */
function fixed(code: string, source: string, file = "main.cf"): string {
  const { files } = marked(source);
  const fix = findingsOf(code, projectOf(files)).find((finding) => finding.fix)?.fix;
  const edits = fix?.edits.find((change) => change.file === file)?.edits;
  assert.ok(edits, "there is a fix");
  return applyEdits(files.get(file) ?? "", edits);
}

/** Every fix makes its own finding go away and brings no other one. */
function checkFixes(code: string, source: string): void {
  const { files } = marked(source);
  const project = projectOf(files);
  const before = findingsOf(code, project);
  for (const { fix } of before) {
    if (!fix) continue;
    const after = new Map(files);
    for (const { file, edits } of fix.edits) after.set(file, applyEdits(after.get(file) ?? "", edits));
    assert.ok(findingsOf(code, projectOf(after)).length < before.length, fix.title);
  }
}

for (const rule of RULE_PAGES) {
  test(`${rule.code}: the bad example has these findings`, () => {
    assert.ok(marked(rule.bad).markers.length > 0);
    check(rule.code, rule.bad);
  });
  test(`${rule.code}: the good example has none`, () => {
    check(rule.code, rule.good);
  });
  test(`${rule.code}: a fix makes its finding go away`, () => {
    checkFixes(rule.code, rule.bad);
  });
}

test("a word that is never reached is not also unknown", () => {
  check("undefined-class", "smtpd_client_restrictions = permit_mynetworks, reject, nonsense\n");
});

test("an argument is no restriction, and what smtpd_restriction_classes names is none", () => {
  check(
    "undefined-class",
    `
smtpd_restriction_classes = one
one = sleep 5, check_policy_service { unix:private/x, default_action = DUNNO }, reject_rbl_client bl.example.org
smtpd_client_restrictions = one, PERMIT_mynetworks, check_client_access cidr:{{203.0.113.0/24 one}}
`,
  );
});

test("an assignment that is indented by mistake is one finding", () => {
  check(
    "undefined-class",
    `
smtpd_recipient_restrictions = reject_unauth_destination
    insiders = permit_mynetworks, nonsense
#   ^^^^^^^^^^ White space makes \`insiders =\` part of the list above, where each word is taken as a restriction: whoever gets here is told 451 4.3.5 Server configuration error
`,
  );
});

test("a `=` that comes by a `$name` makes no assignment of the word before it", () => {
  check(
    "undefined-class",
    `
mydomain = reject_unauth_destination,
    smtpd
#   ^^^^^ \`smtpd\` is neither a restriction nor a declared class: whoever gets here is told 451 4.3.5 Server configuration error
smtpd_client_restrictions = $mydomain =
#                                     ^ \`=\` is neither a restriction nor a declared class: whoever gets here is told 451 4.3.5 Server configuration error
`,
  );
});

test("a finding that not all services have says which have it", () => {
  check(
    "undefined-class",
    `
smtpd_restriction_classes = insiders
insiders = permit_mynetworks, reject
smtpd_sender_restrictions = insiders
#                           ^^^^^^^^ \`insiders\` is defined but not declared in smtpd_restriction_classes: whoever gets here is told 451 4.3.5 Server configuration error (service \`10025\`)
#- master.cf
smtp   inet n - y - - smtpd
10025  inet n - y - - smtpd
    -o smtpd_restriction_classes=
    -o smtpd_client_restrictions=nonsense
#                                ^^^^^^^^ \`nonsense\` is neither a restriction nor a declared class: whoever gets here is told 451 4.3.5 Server configuration error
`,
  );
});

test("a class is declared behind the others, or in a line of its own", () => {
  const rest = "one = permit_mynetworks\nsmtpd_client_restrictions = one\n";
  assert.equal(fixed("undefined-class", rest), `smtpd_restriction_classes = one\n${rest}`);
  const two = `smtpd_restriction_classes =\n  two\ntwo = reject\n${rest}`;
  assert.equal(fixed("undefined-class", two), two.replace("  two", "  two\n  one"));
  const commas = two.replace("\n  two", " two,");
  assert.equal(fixed("undefined-class", commas), commas.replace("two,", "two, one"));
  assert.equal(
    fixed("undefined-class", `smtpd_restriction_classes =\n${rest}`),
    `smtpd_restriction_classes = one\n${rest}`,
  );
});

test("nothing is called unused that a table may name which nobody can read", () => {
  const classes = "smtpd_restriction_classes = one\none = reject_unlisted_sender\n";
  check("unused-class", `${classes}smtpd_client_restrictions = check_client_access mysql:/etc/postfix/m.cf\n`);
  const patterns = `${classes}smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/p\n#- p\n`;
  check("unused-class", `${patterns}/^friend$/ one\n`);
  check("unused-class", `${patterns}/^(.*)$/ $1\n`);
  const said = findingsOf("unused-class", projectOf(marked(`${patterns}/^x$/ OK\n`).files));
  assert.deepEqual(
    said.map(({ message }) => message),
    ["No list, class or access map uses the class `one`"],
  );
});

test("the right-hand sides of pattern tables are read too", () => {
  const source = `
smtpd_helo_restrictions = check_helo_access pcre:/etc/postfix/p
#- p
if /^f/
/^friend$/  nonsense
#           ^^^^^^^^ \`nonsense\` is neither a restriction nor a declared class: whoever gets here is told 451 4.3.5 Server configuration error
/^(foe)$/   REJECT not you, $1 # really
/^(f.*)$/   $1
/^(fe/      nothing
endif
`;
  check("undefined-class", source);
  assert.match(
    findingsOf("malformed-line", projectOf(marked(source).files))
      .map(({ message }) => message)
      .join(),
    /missing closing parenthesis/,
  );
});

test("what warn_if_reject softens does not end a list, a permit does", () => {
  check(
    "never-reached",
    `
smtpd_restriction_classes = k
k = reject, permit_mynetworks
smtpd_client_restrictions = warn_if_reject k, warn_if_reject reject, reject_unknown_client_hostname
smtpd_helo_restrictions = warn_if_reject permit, reject
#                                                ^^^^^^ \`reject\` is never reached: \`permit\` comes first
`,
  );
});

test("a list that others use too is marked where it is used in vain", () => {
  check(
    "never-reached",
    `
common = reject_unknown_client_hostname, reject_non_fqdn_sender
smtpd_client_restrictions = $common
smtpd_sender_restrictions = permit, $common
#                                   ^^^^^^^ \`reject_unknown_client_hostname\` and what follows is never reached: \`permit\` comes first
`,
  );
});

test("a comment over several lines is one finding, and its words are none", () => {
  const source = `
smtpd_recipient_restrictions =
    /* first
#   ^^^^^^^^ \`/* first second */\` is not a comment: each word is taken as a restriction, and whoever gets here is told 451 4.3.5 Server configuration error
       second */ reject_unauth_destination
`;
  check("comment-in-value", source);
  check("undefined-class", source.replace(/^#.*$/m, "#"));
  assert.match(fixed("comment-in-value", source), /\n {4}# first\n[^]*# second\n {4}reject_unauth_destination\n$/);
});

test("a comment goes above its line", () => {
  assert.equal(
    fixed("comment-in-value", "mynetworks =\n  127.0.0.0/8 # here\n  192.0.2.0/24\n"),
    "mynetworks =\n  # here\n  127.0.0.0/8\n  192.0.2.0/24\n",
  );
  assert.equal(fixed("comment-in-value", "mynetworks = 127.0.0.0/8 # here\n"), "# here\nmynetworks = 127.0.0.0/8\n");
});

/** Says who may relay with these restrictions, the relay list left empty; undefined: nobody is known to. */
function checkRelay(restrictions: string, expected: RegExp | undefined, files = ""): void {
  const source = `compatibility_level = 3.6\nmydestination = example.com\nsmtpd_relay_restrictions =\n${restrictions}\n${files}`;
  const messages = findingsOf("open-relay", projectOf(marked(source).files)).map(({ message }) => message);
  if (expected) assert.match(messages.join("\n"), expected);
  else assert.deepEqual(messages, []);
}

test("who can forge a key relays", () => {
  const check = (name: string): string =>
    `smtpd_recipient_restrictions = ${name} hash:/etc/postfix/t, reject_unauth_destination`;
  checkRelay(check("check_sender_access"), /MAIL FROM:<boss@example\.com>/, "#- t\nboss@example.com OK\n");
  checkRelay(check("check_recipient_access"), /RCPT TO:<postmaster@elsewhere\.example>/, "#- t\npostmaster@ OK\n");
  checkRelay(check("check_client_access"), /an address without a name/, "#- t\nunknown OK\n");
  checkRelay(check("check_client_access"), undefined, "#- t\n192.0.2 OK\nlocalhost OK\nmx.partner.test OK\n");
  checkRelay(check("check_recipient_access"), /RCPT TO:<someone@x\.example\.com>/, "#- t\nexample.com OK\n");
  checkRelay(check("check_recipient_access"), undefined, "#- t\ninfo@example.com OK\n");
  checkRelay(check("check_sender_access"), undefined, "#- t\nboss@example.com DISCARD\n");
});

test("mynetworks may have all the world in it", () => {
  const list = "smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination";
  checkRelay(`${list}\nmynetworks = 0.0.0.0/0`, /anyone may relay/);
  checkRelay(`${list}\nmynetworks = 10.0.0.0/8`, undefined);
  const some = "check_client_access inline:{{203 = OK}}, reject_unauth_destination";
  checkRelay(`smtpd_recipient_restrictions = ${some}`, /anyone who connects from \S+\[203\.0\.113\.77\] may relay/);
});

test("a way through a table and a class is found", () => {
  const list = "smtpd_recipient_restrictions = check_helo_access hash:/etc/postfix/h, reject_unauth_destination";
  const files =
    "smtpd_restriction_classes = k\nk = check_sender_access hash:/etc/postfix/s\n#- h\nfriend k\n#- s\npartner.test OK\n";
  checkRelay(list, /anyone who says HELO friend and gives <someone@partner\.test> as the sender may relay/, files);
});

test("nobody relays where strangers cannot connect, or another list refuses", () => {
  const open = "smtpd_recipient_restrictions = check_client_access static:OK, reject";
  checkRelay(open, /anyone may relay/);
  checkRelay(`${open}\ninet_interfaces = loopback-only`, undefined);
  checkRelay(`${open}\nsmtpd_data_restrictions = reject`, undefined);
  checkRelay(open, undefined, "#- master.cf\n127.0.0.1:10025 inet n - y - - smtpd\n");
});

test("a policy service that is not known to us is named", () => {
  const list = "check_policy_service inet:127.0.0.1:10023, check_client_access static:OK, reject";
  checkRelay(`smtpd_recipient_restrictions = ${list}`, / if `policy inet:127\.0\.0\.1:10023` is answered DUNNO:/);
});

test("a mistake in each line of a large table is not shown in each", () => {
  const table = Array.from({ length: 5000 }, (_, line) => `a${line}.test BLOCK\nb${line}.test text ${line}\n`).join("");
  const files = [
    ["main.cf", "smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n"],
    ["t", table],
  ] as const;
  const found = findingsOf("undefined-class", projectOf(files));
  assert.ok(found.length <= 100);
  assert.match(found[0]?.message ?? "", /4980 more entries/);
  assert.match(found.at(-1)?.message ?? "", /there are more in this table/);
});

test("a main.cf that is not there or cannot be read is a finding", () => {
  const files = new Map([["main.cf", { kind: "unreadable", because: "Permission denied" } as const]]);
  assert.match(findingsOf("unreadable-file", makeProject({ files }))[0]?.message ?? "", /Permission denied/);
  const missing = new Map([["main.cf", { kind: "missing" } as const]]);
  assert.match(findingsOf("unreadable-file", makeProject({ files: missing }))[0]?.message ?? "", /There is no/);
  assert.deepEqual(findings(makeProject({ files: new Map() })), []);
});

test("a rule that fails does not silence the others", () => {
  const broken: Rule = {
    ...openRelay,
    check: () => {
      throw new Error("oops");
    },
  };
  const [found] = checked(broken, { project: projectOf([]), configurations: [] });
  assert.equal(found?.rule.code, "internal-error");
  assert.match(found.finding.message, /oops/);
});

test("an editor gets ranges, links, related places and fixes", () => {
  const project = projectOf([
    ["main.cf", "k = permit_mynetworks\nsmtpd_client_restrictions = k, permit, reject\ncompatibility_level = 3.6\n"],
  ]);
  const uriOf = (file: string): string => `file:///etc/postfix/${file}`;
  const shown = diagnostics(project, "main.cf", uriOf);
  const [unknown, dead] = ["undefined-class", "never-reached"].map((rule) => shown.find(({ code }) => code === rule));
  assert.deepEqual(unknown?.range, { start: { line: 1, character: 28 }, end: { line: 1, character: 29 } });
  assert.equal(unknown.code, "undefined-class");
  assert.equal(unknown.severity, 1);
  assert.equal(unknown.relatedInformation?.[0]?.location.uri, "file:///etc/postfix/main.cf");
  assert.deepEqual(dead?.tags, [1]);
  assert.deepEqual(diagnostics(project, "master.cf", uriOf), []);
  const actions = codeActions(project, { file: "main.cf", span: { start: 50, end: 50 } }, uriOf, ["quickfix"]);
  assert.deepEqual(
    actions.map(({ title }) => title),
    ["Declare `k` in smtpd_restriction_classes", "Ignore `undefined-class` here"],
  );
  assert.equal(actions[0]?.edit?.changes?.[uriOf("main.cf")]?.[0]?.newText, "smtpd_restriction_classes = k\n");
  assert.deepEqual(codeActions(project, { file: "main.cf", span: { start: 0, end: 5 } }, uriOf, ["quickfix"]), []);
});
