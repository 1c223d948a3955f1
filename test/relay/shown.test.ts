import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { CodeAction } from "vscode-languageserver-types";
import { plainConfiguration } from "../../server/src/config/configurations.ts";
import type { Project } from "../../server/src/config/project.ts";
import { codeActions } from "../../server/src/features/codeActions.ts";
import { linesOf } from "../../server/src/config/lines.ts";
import { relayLens } from "../../server/src/features/lenses/relayLens.ts";
import { traceDocument } from "../../server/src/features/traceDocument.ts";
import { relayVerdicts } from "../../server/src/features/relayVerdicts.ts";
import { relayAnalysis } from "../../server/src/relay/relayAnalysis.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { slice } from "../../server/src/text/span.ts";
import { projectOf } from "../support/fixture.ts";

const BASE = "compatibility_level = 3.6\nmydestination = example.com\nmynetworks = 127.0.0.0/8\n";
const OPEN =
  BASE +
  "smtpd_relay_restrictions =\n" +
  "smtpd_recipient_restrictions = permit_mynetworks, check_helo_access hash:/etc/postfix/helo, reject_unauth_destination\n";
const HELO = "friend OK\n";

function lensesIn(files: Readonly<Record<string, string>>, file = "main.cf"): readonly string[] {
  const project = projectOf(Object.entries(files));
  return [...relayLens.lenses(project, file)].map(({ span, about }) => {
    const text = relayLens.text(project, about);
    const shown = text?.trace ? ` [${text.trace.service}: ${text.trace.message.helo ?? ""}]` : "";
    return `${slice(files[file] ?? "", span)}: ${text?.title ?? "nothing"}${shown}`;
  });
}

suite("What is said over the lists that decide about relaying", () => {
  test("open, with the message", () => {
    assert.deepEqual(lensesIn({ "main.cf": OPEN, helo: HELO }), [
      "smtpd_relay_restrictions: OPEN: show message [smtp: friend]",
      "smtpd_recipient_restrictions: OPEN: show message [smtp: friend]",
    ]);
  });
  test("closed, and other lists say nothing", () => {
    assert.deepEqual(
      lensesIn({
        "main.cf": `${BASE}smtpd_helo_restrictions = permit\nsmtpd_relay_restrictions = reject_unauth_destination\n`,
      }),
      ["smtpd_relay_restrictions: closed to strangers"],
    );
  });
  test("depending on an answer", () => {
    const list = "check_helo_access mysql:/etc/postfix/m.cf, reject_unauth_destination";
    assert.deepEqual(lensesIn({ "main.cf": `${BASE}smtpd_relay_restrictions = ${list}\n` }), [
      "smtpd_relay_restrictions: depends: `mysql:/etc/postfix/m.cf`: show message [smtp: mail.stranger.example]",
    ]);
  });
  test("a list is judged by the services that read it", () => {
    const files = {
      "main.cf": `${BASE}smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n`,
      "master.cf":
        "smtp inet n - n - - smtpd\n" +
        "587 inet n - n - - smtpd -o smtpd_relay_restrictions= -o smtpd_recipient_restrictions=permit_mx_backup,reject\n",
    };
    assert.deepEqual(lensesIn(files), ["smtpd_relay_restrictions: closed to strangers"]);
    assert.deepEqual(lensesIn(files, "master.cf"), [
      "smtpd_relay_restrictions: OPEN: show message [587: mail.stranger.example]",
      "smtpd_recipient_restrictions: OPEN: show message [587: mail.stranger.example]",
    ]);
    assert.deepEqual(
      relayVerdicts(projectOf(Object.entries(files))).map(({ service, verdict }) => `${service}: ${verdict}`),
      ["smtp: closed", "587: open"],
    );
  });
  test("a part of a configuration says nothing", () => {
    const project = { ...projectOf([["main.cf", OPEN]]), part: true };
    assert.deepEqual([...relayLens.lenses(project, "main.cf")], []);
    assert.deepEqual(relayVerdicts(project), []);
  });
  test("a template says nothing", () => {
    const project = projectOf([["main.cf", `myhostname = {{ host }}\n${OPEN}`]]);
    assert.deepEqual([...relayLens.lenses(project, "main.cf")], []);
    assert.deepEqual(relayVerdicts(project), []);
  });
});

function actionsAt(project: Project, word: string): readonly CodeAction[] {
  const content = project.files.get("main.cf");
  const start = content?.kind === "text" ? content.text.indexOf(word) : 0;
  const place = { file: "main.cf", span: { start, end: start + 1 } };
  return codeActions(project, place, (file) => file, ["quickfix"]).filter(({ diagnostics = [] }) =>
    diagnostics.some(({ code }) => code === "open-relay"),
  );
}

function after(project: Project, action: CodeAction): Project {
  const files = [...project.files].map(([name, content]): [string, string] => {
    const text = content.kind === "text" ? content.text : "";
    const lines = linesOf(project, name);
    const offset = ({ line, character }: { line: number; character: number }): number => (lines[line] ?? 0) + character;
    const edits = (action.edit?.changes?.[name] ?? []).map(({ range, newText }) => ({
      span: { start: offset(range.start), end: offset(range.end) },
      newText,
    }));
    return [name, applyEdits(text, edits)];
  });
  return projectOf(files);
}

/** The fixes of what `word` opens, each with the lines that it leaves changed. */
function fixes(files: Readonly<Record<string, string>>, word: string): readonly string[] {
  const project = projectOf(Object.entries(files));
  return actionsAt(project, word).flatMap((action) => {
    if (!action.edit || action.title.startsWith("Ignore")) return [];
    const mended = after(project, action);
    assert.equal(relayAnalysis(plainConfiguration(mended)).verdict === "closed", action.isPreferred === true);
    const changed = [...mended.files].flatMap(([name, content]) => {
      const before = new Set((files[name] ?? "").split("\n"));
      return content.kind === "text" ? content.text.split("\n").filter((line) => !before.has(line)) : [];
    });
    return [`${action.title}: ${changed.join(" / ")}`];
  });
}

suite("What closes an open relay", () => {
  test("in the table, in the list, or by the relay list", () => {
    assert.deepEqual(fixes({ "main.cf": OPEN, helo: HELO }, "check_helo"), [
      "Change `OK` to `DUNNO` in helo: friend DUNNO",
      "Move `reject_unauth_destination` before `check_helo_access hash:/etc/postfix/helo`: smtpd_recipient_restrictions = permit_mynetworks, reject_unauth_destination, check_helo_access hash:/etc/postfix/helo",
      "Set smtpd_relay_restrictions: smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination",
    ]);
  });
  test("one of two entries", () => {
    const [first] = fixes({ "main.cf": OPEN, helo: "friend OK\nbuddy permit\n" }, "check_helo");
    assert.equal(first, "Change `OK` to `DUNNO` in helo: friend DUNNO");
  });
  test("networks", () => {
    const main = (networks: string): Readonly<Record<string, string>> => ({
      "main.cf": `compatibility_level = 3.6\nmydestination = example.com\nmynetworks = ${networks}\n`,
    });
    assert.deepEqual(fixes(main("127.0.0.0/8, 128.0.0.0/1"), "128"), [
      "Remove `128.0.0.0/1` from mynetworks: mynetworks = 127.0.0.0/8",
    ]);
    assert.deepEqual(fixes(main("128.0.0.0/1 127.0.0.0/8"), "128"), [
      "Remove `128.0.0.0/1` from mynetworks: mynetworks = 127.0.0.0/8",
    ]);
    assert.deepEqual(fixes(main("0.0.0.0/0"), "0.0.0.0/0"), [
      "Change mynetworks to `127.0.0.0/8 [::1]/128`: mynetworks = 127.0.0.0/8 [::1]/128",
    ]);
  });
  test("domains", () => {
    assert.deepEqual(fixes({ "main.cf": `${BASE}relay_domains = org, example.net\n` }, "org"), [
      "Remove `org` from relay_domains: relay_domains = example.net",
    ]);
  });
  test("the message is shown", () => {
    const project = projectOf([
      ["main.cf", OPEN],
      ["helo", HELO],
    ]);
    const show = actionsAt(project, "check_helo").find(({ title }) => title === "Show this message");
    assert.equal(show?.command?.command, "postfixMailflow.trace");
    const [params] = (show.command.arguments ?? []) as [{ uri: string; service: string; message: { helo: string } }];
    assert.deepEqual([params.uri, params.service, params.message.helo], ["main.cf", "smtp", "friend"]);
  });
  test("the message brings its answers: the trace shows the relay", () => {
    const traced = (list: string, files: Readonly<Record<string, string>> = {}): readonly unknown[] => {
      const main = `${BASE}smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = ${list}, reject_unauth_destination\n`;
      const project = projectOf(Object.entries({ "main.cf": main, ...files }));
      const [shown] = relayVerdicts(project);
      const [witness] = shown?.witnesses ?? [];
      assert.ok(witness);
      const verdict = (answers: typeof witness.answers): unknown =>
        traceDocument(project, { message: witness.message, answers }).json?.accepted;
      const [lens] = [...relayLens.lenses(project, "main.cf")].map(({ about }) => relayLens.text(project, about));
      assert.deepEqual(lens?.trace?.answers, witness.answers);
      return [shown?.verdict, verdict(undefined), verdict(witness.answers)];
    };
    assert.deepEqual(traced("check_sender_access mysql:/etc/postfix/m.cf"), ["depends", [false], [true]]);
    assert.deepEqual(traced("check_policy_service inet:127.0.0.1:10031"), ["depends", [false], [true]]);
    assert.deepEqual(traced("permit_mx_backup"), ["open", [false], [true]]);
    const servers =
      "reject_unknown_helo_hostname, check_helo_ns_access pcre:/etc/postfix/ns, check_helo_access static:OK";
    assert.deepEqual(traced(servers, { ns: "/\\.partner\\.net$/ DUNNO\n/./ REJECT\n" })[2], [true]);
  });
});
