import assert from "node:assert/strict";
import { test } from "node:test";
import type { Severity } from "../server/src/config/severity.ts";
import { makeProject, type Project } from "../server/src/config/project.ts";
import { settingsFrom } from "../server/src/lsp/settings.ts";
import { findings, severityOf } from "../server/src/rules/findings.ts";
import { applyEdits } from "../server/src/text/edit.ts";
import { fixture } from "./support/fixture.ts";

/** The codes of what is found; with `only`, those among them. */
function codesIn(project: Project, only?: readonly string[]): readonly string[] {
  const codes = findings(project).map(({ rule }) => rule.code);
  return only ? codes.filter((code) => only.includes(code)) : codes;
}

const ABOUT = ["undefined-class", "never-reached", "unused-suppression", "malformed-line"];

for (const separator of [" — ", " - ", ": ", " -- ", "—", " "]) {
  test(`a reason may follow \`${separator}\``, () => {
    const source = `# mailflow: ignore undefined-class${separator}because\nsmtpd_client_restrictions = nonsense\n`;
    assert.deepEqual(codesIn(fixture(source), ABOUT), []);
  });
}

test("a comment silences several rules, in the whole parameter that follows", () => {
  const source = `
# mailflow: ignore undefined-class, never-reached — for now
# and so on

smtpd_client_restrictions =
    nonsense
    reject
    permit_mynetworks
smtpd_sender_restrictions = nonsense
`;
  assert.deepEqual(codesIn(fixture(source), ABOUT), ["undefined-class"]);
});

test("a comment inside a list is about the next line of it", () => {
  const source = `
smtpd_client_restrictions =
    # mailflow: ignore undefined-class
    nonsense
    folly
`;
  const found = findings(fixture(source)).filter(({ rule }) => ABOUT.includes(rule.code));
  assert.deepEqual(
    found.map(({ finding }) => finding.message.slice(0, 7)),
    ["`folly`"],
  );
});

test("a comment works in master.cf and in tables", () => {
  const source = `
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
#- master.cf
smtp inet n - y - - smtpd
    # mailflow: ignore undefined-class — not yet
    -o smtpd_helo_restrictions=nonsense
#- clients
# mailflow: ignore undefined-class
192.0.2.1 folly
`;
  assert.deepEqual(codesIn(fixture(source), ABOUT), []);
});

test("capitals in a comment do no harm", () => {
  for (const mark of ["# Mailflow: Ignore", "# MAILFLOW: IGNORE", "#mailflow: Ignore"]) {
    const source = `${mark} undefined-class — because\nsmtpd_client_restrictions = nonsense\n`;
    assert.deepEqual(codesIn(fixture(source), ABOUT), [], mark);
    assert.deepEqual(codesIn(fixture(`${mark} never-reached\nx = y\n`), ABOUT), ["unused-suppression"], mark);
  }
});

test("only a comment of its own line counts", () => {
  const source = "smtpd_client_restrictions = nonsense # mailflow: ignore undefined-class\n";
  assert.ok(codesIn(fixture(source)).includes("undefined-class"));
  assert.deepEqual(codesIn(fixture("# see mailflow: ignore open-relay\n"), ABOUT), []);
});

test("the fix removes one name, or the line with the last one", () => {
  const fixed = (source: string): string => {
    const project = fixture(source);
    const found = findings(project).find(({ rule, finding }) => rule.code === "unused-suppression" && finding.fix);
    return applyEdits(source, found?.finding.fix?.edits[0]?.edits ?? []);
  };
  const rest = "smtpd_client_restrictions = nonsense\n";
  assert.equal(fixed(`# mailflow: ignore never-reached\n${rest}`), rest);
  assert.equal(
    fixed(`# mailflow: ignore never-reached, undefined-class: x\n${rest}`),
    `# mailflow: ignore undefined-class: x\n${rest}`,
  );
  assert.equal(
    fixed(`# mailflow: ignore undefined-class, never-reached: x\n${rest}`),
    `# mailflow: ignore undefined-class: x\n${rest}`,
  );
});

test("a comment at the end of the file is about nothing", () => {
  assert.deepEqual(codesIn(fixture("x = y\n# mailflow: ignore undefined-class"), ABOUT), ["unused-suppression"]);
});

test("the settings say how much a rule weighs", () => {
  const files = new Map([["main.cf", { kind: "text", text: "smtpd_client_restrictions = nonsense\n" } as const]]);
  const severityWith = (severity: Severity | "off"): readonly Severity[] =>
    findings(makeProject({ files, severities: new Map([["undefined-class", severity]]) }))
      .filter(({ rule }) => rule.code === "undefined-class")
      .map(severityOf);
  assert.deepEqual(severityWith("hint"), ["hint"]);
  assert.deepEqual(severityWith("off"), []);
});

test("wrong settings are said, and the others count", () => {
  const { settings, complaints } = settingsFrom(
    { postfixVersion: "2.3", rules: { "open-relay": "information", "open-really": "off", "never-reached": "loud" } },
    "3.9",
  );
  assert.equal(settings.release, "3.9");
  assert.deepEqual([...(settings.severities ?? [])], [["open-relay", "info"]]);
  assert.equal(complaints.length, 3);
  assert.deepEqual(settingsFrom(null, "3.9").complaints, []);
});

test("a template has no findings", () => {
  const line = "smtpd_client_restrictions = nonsense";
  for (const template of [
    "{% if relay %}\n",
    "# {% if relay %}\n",
    "relayhost = {{ relay }}\n",
    "relayhost = [{{ relay | default('x') }}]\n",
    "alias_maps = hash:{{ dir }}/aliases\n",
    "relayhost = <%= @relay %>\n",
    "myhostname = @HOSTNAME@\n",
    "myhostname = %HOST_NAME%\n",
    "myhostname = __HOSTNAME__\n",
    "smtpd_tls_key_file = ##KEY_PATH##\n",
    "%{relay_enabled}relayhost = mail.example.com\n",
    "virtual_mailbox_maps = mysql:{dir}/boxes.cf\n",
    "myhostname = {HOST_NAME}\n",
    "smtpd_milters = inet:127.0.0.1:{MILTER_PORT}\n",
    "myhostname = $HOST_NAME\n",
    "smtpd_tls_cert_file = /etc/${DOMAIN}/cert.pem\n",
  ]) {
    assert.deepEqual(codesIn(fixture(`${template}${line}\n`)), [], template);
  }
  for (const text of [
    "# {{ relay }}\n",
    "x = ${{$y} == {z} ? {a} : {b}}\n",
    "x = ${{$y} == {Z_Z} ? {DEFER_IF_PERMIT} : {DEFER_IF_REJECT}} ${y?{A_A}:{B_B}} ${Z_Z}\nZ_Z = 1\n",
    "x = static:{DEFER_IF_PERMIT}\n",
    "alias_maps = inline:{{a = b}}, cidr:{{0.0.0.0/0 x}}, pcre:{{/^x$$/ y}}\n",
    "postmaster = x@EXAMPLE.COM\n",
    "## HOSTNAME ## and %HOSTNAME%\n",
    "smtpd_banner = $myhostname ESMTP 100%SPAM_FREE%OK\n",
    "mailbox_command = procmail -a $EXTENSION\n",
    "DOMAIN = example.com\nmyhostname = mail.$DOMAIN\n",
  ]) {
    assert.deepEqual(codesIn(fixture(`${text}${line}\n`), ["undefined-class"]), ["undefined-class"], text);
  }
});

test("of a part of main.cf only what holds for a line is said", () => {
  const text = "smtpd_delay_reject = true\nsmtpd_recipient_restrictions = permit_mynetworks\n";
  const files = new Map([["main.cf", { kind: "text", text } as const]]);
  assert.deepEqual(codesIn(makeProject({ files, part: true })), ["bad-value"]);
  assert.ok(codesIn(makeProject({ files })).includes("would-not-start"));
});
