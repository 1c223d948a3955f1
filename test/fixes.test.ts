import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Project } from "../server/src/config/project.ts";
import { findings, type FoundFinding } from "../server/src/rules/findings.ts";
import { RULES } from "../server/src/rules/index.ts";
import type { Fix } from "../server/src/rules/rule.ts";
import { stageOf } from "../server/src/postfix/stages.ts";
import { parseMainCf } from "../server/src/syntax/mainCf.ts";
import { splitWords } from "../server/src/syntax/words.ts";
import { applyEdits } from "../server/src/text/edit.ts";
import { slice } from "../server/src/text/span.ts";
import { projectOf } from "./support/fixture.ts";
import { marked } from "./support/markers.ts";
import { fixedBy, foundIn } from "./support/ruleFindings.ts";

type Texts = ReadonlyMap<string, string>;

/** The same configuration, written in another way. */
const SPELLINGS: readonly (readonly [string, (texts: Texts) => Texts])[] = [
  [
    "with carriage returns and no newline at the end",
    (texts) => each(texts, (text) => text.trimEnd().replaceAll("\n", "\r\n")),
  ],
  ["on continuation lines", (texts) => inMainCf(texts, (name, words) => `${name} = ${words.join(",\n    ")}\n`)],
  ["in a -o with braces", inOptions],
];

suite("A fix mends its finding and breaks nothing, however the setting is written", () => {
  for (const [what, spell] of SPELLINGS) {
    for (const rule of RULES) {
      test(`${rule.code} ${what}`, () => {
        const texts = spell(marked(rule.bad).files);
        const before = findings(projectOf(texts));
        for (const { rule: broken, finding } of before) {
          if (broken.code !== rule.code || !finding.fix) continue;
          const after = findings(fixedProject(texts, finding.fix));
          assert.ok(count(after, finding.message) < count(before, finding.message), finding.fix.title);
          assert.ok(!after.some(isBroken) || before.some(isBroken), finding.fix.title);
        }
      });
    }
  }
});

function each(texts: Texts, change: (text: string) => string): Texts {
  return new Map([...texts].map(([file, text]) => [file, change(text)]));
}

/** Writes the restriction lists of main.cf anew, without the notes between their lines. */
function inMainCf(texts: Texts, write: (name: string, words: readonly string[]) => string): Texts {
  const main = texts.get("main.cf") ?? "";
  const written = parseMainCf(main).nodes.map((node) => {
    if (node.kind !== "assignment" || !stageOf(node.name) || node.value.includes("#")) return slice(main, node.span);
    return write(
      node.name,
      splitWords(node.value).map(({ text }) => text),
    );
  });
  return new Map([...texts, ["main.cf", written.join("")]]);
}

function inOptions(texts: Texts): Texts {
  if (texts.has("master.cf")) return texts;
  const options: string[] = [];
  const main = inMainCf(texts, (name, words) => {
    options.push(`  -o { ${name} = ${words.join(", ")} }\n`);
    return "";
  });
  return new Map([...main, ["master.cf", `smtp inet n - n - - smtpd\n${options.join("")}`]]);
}

function count(found: readonly FoundFinding[], message: string): number {
  return found.filter(({ finding }) => finding.message === message).length;
}

/** Whether an edit has torn a line or an option apart. */
function isBroken({ rule: { code } }: FoundFinding): boolean {
  return ["malformed-line", "malformed-service", "option-syntax", "macro-error", "duplicate-parameter"].includes(code);
}

function fixedProject(texts: Texts, { edits }: Fix): Project {
  const after = new Map(texts);
  for (const one of edits) after.set(one.file, applyEdits(after.get(one.file) ?? "", one.edits));
  return projectOf(after);
}

const LEVEL = "compatibility_level = 3.6\n";
const CLOSED = `${LEVEL}smtpd_relay_restrictions = reject_unauth_destination\n`;
const SMTP = "smtp inet n - n - - smtpd\n";

test("a server that would not start gets its refusal where it counts", () => {
  const fixed = (lists: string, file?: string): string | undefined => {
    const text = fixedBy("would-not-start", `${LEVEL}${lists}`, file);
    return file ? text : text?.slice(LEVEL.length);
  };
  const usual = "smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination\n";
  assert.equal(fixed("smtpd_relay_restrictions =\n"), usual);
  assert.equal(
    fixed("smtpd_relay_restrictions =\r\nsmtpd_recipient_restrictions =\r\n"),
    `${usual.trimEnd()}\r\nsmtpd_recipient_restrictions =\r\n`,
  );
  assert.equal(
    fixed("smtpd_relay_restrictions = permit_mynetworks\nsmtpd_recipient_restrictions =\n"),
    "smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\nsmtpd_recipient_restrictions =\n",
  );
  assert.equal(
    fixed("smtpd_relay_restrictions =\n    # us\n    permit_mynetworks,\n    permit_sasl_authenticated,\n"),
    "smtpd_relay_restrictions =\n    # us\n    permit_mynetworks,\n    permit_sasl_authenticated,\n    reject_unauth_destination\n",
  );
  const option = `myorigin = a.test\n#- master.cf\n${SMTP}  -o smtpd_relay_restrictions=permit_mynetworks\n`;
  assert.match(fixed(option, "master.cf") ?? "", /=permit_mynetworks,reject_unauth_destination\n$/);
  assert.equal(fixed("all = permit\nsmtpd_relay_restrictions = $all, reject_unauth_destination\n"), undefined);
  assert.equal(fixed("smtpd_relay_restrictions = permit_mynetworks # us\n"), undefined, "not into the comment");
});

test("the comma behind a refusal goes, in a file and in a table that is written into main.cf", () => {
  const list = (map: string): string => `${CLOSED}smtpd_client_restrictions = check_client_access ${map}\n`;
  const inline = list("inline:{{192.0.2.1 = REJECT, go away}}");
  assert.equal(fixedBy("never-reached", inline), list("inline:{{192.0.2.1 = REJECT go away}}"));
  const file = `${list("hash:/etc/postfix/t")}#- t\n192.0.2.1 REJECT, go away\n`;
  assert.equal(fixedBy("never-reached", file, "t"), "192.0.2.1 REJECT go away\n");
});

test("what belongs to a -o comes into it, and what does not goes away", () => {
  const fixed = (rule: string, lines: string): string | undefined =>
    fixedBy(rule, `${CLOSED}#- master.cf\n${SMTP}${lines}`, "master.cf")?.slice(SMTP.length);
  assert.equal(
    fixed("option-syntax", "  -o smtpd_client_restrictions=permit_mynetworks,\n     # why\n     reject\n"),
    "  -o { smtpd_client_restrictions=permit_mynetworks,\n     # why\n     reject }\n",
  );
  assert.equal(
    fixed("option-syntax", "  -o smtpd_helo_required=yes # really, yes\n"),
    "  # really, yes\n  -o smtpd_helo_required=yes\n",
  );
  assert.equal(
    fixed("option-syntax", "  -o smtpd_helo_required=yes \\\n  -o smtpd_delay_reject=yes\n"),
    "  -o smtpd_helo_required=yes\n  -o smtpd_delay_reject=yes\n",
  );
  assert.equal(
    fixed("undefined-class", "  -o smtpd_client_restrictions=permit_mynetworks;reject\n"),
    "  -o smtpd_client_restrictions=permit_mynetworks,reject\n",
  );
});

test("the -o that does not count goes, alone on its lines or among others", () => {
  const fixed = (options: string): string | undefined =>
    fixedBy("duplicate-parameter", `${CLOSED}#- master.cf\n${options}`, "master.cf");
  const last = "  -o smtpd_delay_reject=yes\n";
  assert.equal(fixed(`${SMTP}  -o smtpd_delay_reject=no\n${last}`), `${SMTP}${last}`);
  assert.equal(fixed(`${SMTP}  -o { smtpd_delay_reject =\n     no }\n${last}`), `${SMTP}${last}`);
  assert.equal(fixed(`${SMTP.trimEnd()} -o smtpd_delay_reject=no\n${last}`), `${SMTP}${last}`);
  assert.equal(
    fixed(`${SMTP}  -osmtpd_delay_reject=no -o smtpd_helo_required=yes\n${last}`),
    `${SMTP}  -o smtpd_helo_required=yes\n${last}`,
  );
});

test("a name is not corrected to one that is set already", () => {
  const right = "smtpd_recipient_restrictions = reject_unauth_destination\n";
  const [found] = foundIn("unknown-parameter", `${CLOSED}${right}smtpd_recipient_restriction = permit\n`);
  assert.equal(found?.fix, undefined);
  assert.deepEqual(
    found?.related?.map(({ message }) => message),
    ["`smtpd_recipient_restrictions` is set here"],
  );
  const option = `${CLOSED}${right}#- master.cf\n${SMTP}  -o smtpd_recipient_restriction=reject\n`;
  assert.match(fixedBy("unknown-parameter", option, "master.cf") ?? "", /-o smtpd_recipient_restrictions=reject\n/);
});

test("a line at the margin becomes part of a list alone", () => {
  const fixed = (line: string): string | undefined => fixedBy("malformed-line", `${line}\nreject_unauth_destination\n`);
  assert.equal(fixed("message_size_limit = 1000000"), undefined);
  assert.equal(fixed("compatibility_level = 3.6"), undefined);
  assert.match(fixed("smtpd_relay_restrictions = permit_mynetworks") ?? "", /\n {4}reject_unauth_destination\n$/);
  assert.match(fixed("insiders = permit_mynetworks") ?? "", /\n {4}reject_unauth_destination\n$/);
});

test("a table without its colon and a policy service without its transport get theirs", () => {
  const list = (words: string): string => `${CLOSED}smtpd_sender_restrictions = ${words}\n#- t\na.test OK\n`;
  const blank = list("check_sender_access hash /etc/postfix/t");
  assert.equal(fixedBy("wrong-argument", blank), list("check_sender_access hash:/etc/postfix/t").split("#-")[0]);
  assert.deepEqual(foundIn("undefined-class", blank), []);
  const policy = (service: string): string | undefined =>
    /service (\S+)/.exec(fixedBy("policy-service-syntax", list(`check_policy_service ${service}`)) ?? "")?.[1];
  assert.equal(policy("127.0.0.1:10023"), "inet:127.0.0.1:10023");
  assert.equal(policy("localhost:10023"), "inet:localhost:10023");
  assert.equal(policy("tcp:10023"), undefined);
});

test("columns of master.cf in capitals are corrected", () => {
  const fixed = (entry: string): string | undefined =>
    fixedBy("malformed-service", `${CLOSED}#- master.cf\n${entry}\n`, "master.cf")?.trimEnd();
  assert.equal(fixed("smtp INET n - n - - smtpd"), "smtp inet n - n - - smtpd");
  assert.equal(fixed("pickup unix n - N 60 1 pickup"), "pickup unix n - n 60 1 pickup");
});

test("of two entries that say the same the second goes", () => {
  const fixed = (type: string, table: string): string | undefined => {
    const list = `smtpd_client_restrictions = check_client_access ${type}:/etc/postfix/t`;
    return fixedBy("duplicate-key", `${CLOSED}${list}\n#- t\n${table}`, "t");
  };
  for (const type of ["hash", "texthash"]) {
    assert.equal(fixed(type, "a.test OK\n# b\nA.test OK\nb.test OK\n"), "a.test OK\n# b\nb.test OK\n");
    assert.equal(fixed(type, "a.test REJECT go\na.test\n  REJECT go"), "a.test REJECT go\n");
    assert.equal(fixed(type, "a.test OK\na.test REJECT\n"), undefined, "which one was meant?");
  }
});
