import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { plainConfiguration } from "../server/src/config/configurations.ts";
import type { FileContent } from "../server/src/config/files.ts";
import { makeProject, type Project } from "../server/src/config/project.ts";
import { findings } from "../server/src/rules/findings.ts";
import { NestedTooDeep } from "../server/src/text/tooDeep.ts";
import { evaluateCase } from "./conformance/evaluateCase.ts";
import { FEATURE_LIST } from "./fuzz/featureList.ts";

const DEPTH = 3000;
const numbers = Array.from({ length: DEPTH }, (_, index) => index);
const check = "smtpd_client_restrictions = check_client_access";
const declared = `smtpd_restriction_classes = ${numbers.map((one) => `c${one}`).join(" ")}\nc${DEPTH} = reject\n`;

/** Things that stand in each other, and what the real Postfix 3.7 answers to RCPT; undefined: nothing is claimed. */
const NESTED: readonly (readonly [string, Readonly<Record<string, string>>, number | undefined])[] = [
  [
    "classes",
    {
      "main.cf": `${declared.replace(`c${DEPTH} =`, `c${DEPTH - 1} =`)}${numbers
        .slice(1)
        .map((one) => `c${one - 1} = c${one}\n`)
        .join("")}smtpd_client_restrictions = c0\n`,
    },
    undefined,
  ],
  [
    "classes behind tables",
    {
      "main.cf": `smtpd_restriction_classes = ${numbers
        .slice(0, 500)
        .map((one) => `c${one}`)
        .join(" ")}\n${numbers
        .slice(0, 500)
        .map((one) => `c${one} = check_client_access static:c${one + 1}\n`)
        .join("")}smtpd_client_restrictions = c0\n`,
    },
    451,
  ],
  [
    "values",
    {
      "main.cf": `${numbers.map((one) => `m${one} = $m${one + 1}\n`).join("")}m${DEPTH} = reject\nsmtpd_client_restrictions = $m0\n`,
    },
    undefined,
  ],
  ["braces", { "main.cf": `smtpd_client_restrictions = ${"{".repeat(DEPTH)}reject${"}".repeat(DEPTH)}\n` }, 451],
  ["unionmap:", { "main.cf": `${check} ${"unionmap:{".repeat(DEPTH)}static:REJECT${"}".repeat(DEPTH)}\n` }, undefined],
  ["pipemap:", { "main.cf": `${check} ${"pipemap:{".repeat(DEPTH)}static:REJECT${"}".repeat(DEPTH)}\n` }, undefined],
  ...(["cidr", "pcre", "regexp"] as const).map((type) => {
    const [condition, line] = type === "cidr" ? ["0.0.0.0/0", "0.0.0.0/0"] : ["/./", "/./"];
    const table = `${`if ${condition}\n`.repeat(DEPTH)}${line} REJECT\n${"endif\n".repeat(DEPTH)}`;
    return [`if in ${type}:`, { "main.cf": `${check} ${type}:/etc/postfix/t\n`, t: table }, 554] as const;
  }),
];

function projectOf(files: Readonly<Record<string, string>>): Project {
  const contents = Object.entries(files).map(([name, text]) => [name, { kind: "text", text }] as const);
  return makeProject({ files: new Map<string, FileContent>(contents), closed: true, release: "3.7" });
}

suite(`What is nested ${DEPTH} times`, () => {
  for (const [name, files, code] of NESTED) {
    test(`${name}: no rule and no feature fails, and messages get the answer of the real Postfix`, () => {
      const main = `compatibility_level = 3.6\n${files["main.cf"] ?? ""}`;
      const all = { ...files, "main.cf": main };
      const project = projectOf(all);
      const failed = findings(project).filter(({ finding }) => finding.message.includes("please report"));
      assert.deepEqual(failed, []);
      const offset = main.lastIndexOf("reject");
      for (const [feature, ask] of Object.entries(FEATURE_LIST)) {
        assert.doesNotThrow(() => ask(project, "main.cf", offset), feature);
      }
      assert.ok(plainConfiguration(project).lists.client.items.length <= 2);
      if (code === undefined) return;
      const message = {
        client_address: "203.0.113.8",
        helo: "x.test",
        sender: "a@b.test",
        recipients: ["root@x.test"],
      };
      const [reply] = evaluateCase({ id: name, files: all, message, postfixVersion: "3.7" }).stages.rcpt;
      assert.equal(reply && "code" in reply ? reply.code : reply, code);
    });
  }

  test("classes: a trace says that it does not go so deep, and claims nothing", () => {
    const files = Object.fromEntries(NESTED.flatMap(([name, one]) => (name === "classes" ? Object.entries(one) : [])));
    const message = { client_address: "203.0.113.8", helo: "x.test", sender: "a@b.test", recipients: ["root@x.test"] };
    const main = `compatibility_level = 3.6\n${files["main.cf"] ?? ""}`;
    assert.throws(() => evaluateCase({ id: "deep", files: { "main.cf": main }, message }), NestedTooDeep);
  });
});
