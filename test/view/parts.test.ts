import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import { compare } from "../../client/src/view/comparison.ts";
import { complaintAbout, fieldsOf, messageWith, type Fields } from "../../client/src/view/fields.ts";
import { outcomeText } from "../../client/src/view/outcomeText.ts";
import { lineMarks } from "../../client/src/view/lineMarks.ts";
import { treeOf, type TreeNode } from "../../client/src/view/tree.ts";
import type { Fate } from "../../server/src/evaluate/fate.ts";
import type { Message } from "../../server/src/evaluate/message.ts";
import { traceOf } from "../support/traceServer.ts";
import { insidersFiles, TO_INSIDERS } from "../support/insiders.ts";

const FILES = insidersFiles("    permit_mynetworks\n    reject_unknown_sender_domain\n");
const MESSAGE = TO_INSIDERS;

suite("The form of the view", () => {
  const text = fc.constantFrom("", "a.example", "b@c.example");
  const maybe = fc.option(text, { nil: undefined });
  const message: fc.Arbitrary<Message> = fc.record(
    {
      client_address: fc.constant("192.0.2.1"),
      client_name: fc.option(maybe, { nil: null }),
      helo: fc.option(maybe, { nil: null }),
      sasl_username: fc.option(maybe, { nil: null }),
      sender: fc.option(maybe, { nil: null }),
      recipients: fc.option(fc.array(fc.constantFrom("a@b.example", "c@d.example")), { nil: undefined }),
      encrypted: fc.option(fc.boolean(), { nil: undefined }),
      mail_params: maybe,
    },
    { noNullPrototype: true },
  );

  test("what nobody touches stays as it is", () => {
    fc.assert(
      fc.property(message, (given) => {
        assert.deepEqual(messageWith(fieldsOf(given), given), given);
      }),
    );
  });

  const check = (change: Partial<Fields>, expected: Partial<Message>): void => {
    assert.deepEqual(messageWith({ ...fieldsOf(MESSAGE), ...change }, MESSAGE), { ...MESSAGE, ...expected });
  };

  test("what is written is taken", () => {
    check({ sender: "<>" }, { sender: "" });
    check({ sender: "<a@b.example>" }, { sender: "a@b.example" });
    check({ recipients: "a@b.example,  c@d.example" }, { recipients: ["a@b.example", "c@d.example"] });
    check({ recipients: '<a@b.example>, "c, d"@e.example' }, { recipients: ["a@b.example", '"c, d"@e.example'] });
    check({ helo: "" }, { helo: null });
    check({ sasl_username: "alice", encrypted: true }, { sasl_username: "alice", encrypted: true });
    check({ client_name: "m.example" }, { client_name: "m.example", reverse_client_name: "m.example" });
  });

  test("a message without an address or a recipient is not traced", () => {
    assert.equal(complaintAbout(MESSAGE), undefined);
    assert.equal(complaintAbout({ ...MESSAGE, client_address: "2001:db8::1" }), undefined);
    for (const client_address of ["mail", "1:2", "300.1.1.1", ""]) {
      assert.match(complaintAbout({ ...MESSAGE, client_address }) ?? "", /address/);
    }
    assert.match(complaintAbout({ ...MESSAGE, recipients: [] }) ?? "", /recipient/);
  });
});

suite("The outcome in a sentence", () => {
  const outcome = (...fates: readonly Fate[]): string => {
    const each = fates.map((fate, at) => ({ recipient: `r${at + 1}`, fate }));
    return outcomeText({ fates: each, fatal: false, reply: "250 Ok" });
  };

  test("names the reply, and few recipients of many", () => {
    assert.equal(outcome("accept"), "Accepted: 250 Ok");
    assert.equal(outcome("accept", "accept"), "All 2 recipients accepted, the first with: 250 Ok");
    assert.equal(outcome("reject", "accept", "defer"), "Accepted: r2; deferred: r3; rejected: r1");
    const many = outcome("accept", ...Array.from({ length: 49 }, () => "reject" as const));
    assert.equal(many, "Accepted: r1; rejected: r2, r3, r4 and 46 more");
  });

  test("says that the server does not start", () => {
    assert.equal(outcomeText({ fates: [], fatal: true, reply: "why" }), "The SMTP server does not start: why");
  });
});

/** The tree in short: level, outcome, label; `>` is a closed node, `◀` decides. */
function outline(nodes: readonly TreeNode[], level = 1): readonly string[] {
  return nodes.flatMap((node) => {
    const mark = `${node.decides ? " ◀" : ""}${node.isOpen ? "" : " >"}`;
    const place = node.place ? ` ${node.place.file}:${node.place.line + 1}` : "";
    const line = `${" ".repeat(level - 1)}${node.outcome} ${node.label}${place}${mark}`;
    return [line, ...outline(node.children, level + 1)];
  });
}

suite("The steps of the view", () => {
  const steps = traceOf(FILES, MESSAGE).json?.trace?.steps ?? [];

  test("have places, the entry of a table, and fold what was not reached", () => {
    const [rcpt] = treeOf(steps, () => true);
    assert.deepEqual(outline(rcpt?.children.slice(1) ?? []), [
      "REJECT smtpd_recipient_restrictions main.cf:6",
      " REJECT check_recipient_access hash:/etc/postfix/recipients main.cf:7",
      "  found all@example.com recipients:1",
      "  REJECT insiders recipients:1",
      "   DUNNO check_sender_access hash:/etc/postfix/senders main.cf:13",
      "   REJECT reject main.cf:14 ◀",
      " not reached 3 restrictions >",
      "  not reached permit_mynetworks main.cf:8",
      "  not reached reject_unknown_sender_domain main.cf:9",
      "  not reached permit main.cf:10",
    ]);
  });

  test("have keys that are all different", () => {
    const keysOf = (nodes: readonly TreeNode[]): readonly string[] =>
      nodes.flatMap(({ key, children }) => [key, ...keysOf(children)]);
    const keys = keysOf(treeOf(steps, () => true));
    assert.equal(new Set(keys).size, keys.length);
  });

  test("lead nowhere when their file cannot be opened", () => {
    assert.doesNotMatch(outline(treeOf(steps, (file) => file === "main.cf")).join("\n"), /recipients:1/);
  });
});

suite("The marks of the lines", () => {
  const marksOf = (files: typeof FILES, message: Message): Readonly<Record<string, readonly string[]>> => {
    const marks = lineMarks(traceOf(files, message).json?.trace?.steps ?? []);
    return Object.fromEntries(
      [...marks].map(([file, lines]) => [file, lines.map(({ line, kind, text }) => `${line + 1} ${kind}: ${text}`)]),
    );
  };

  test("stand in every file: asked, decided, never reached", () => {
    assert.deepEqual(marksOf(FILES, MESSAGE), {
      "main.cf": [
        "5 passed: permit_mynetworks DUNNO · reject_unauth_destination DUNNO",
        "6 passed: REJECT",
        "7 passed: REJECT",
        "8 unreached: not reached",
        "9 unreached: not reached",
        "10 unreached: not reached",
        "13 passed: DUNNO",
        "14 decided: REJECT",
      ],
      recipients: ["1 passed: REJECT"],
    });
  });

  test("tell each outcome once when several commands ask the same line", () => {
    const both = { ...MESSAGE, recipients: ["all@example.com", "joe@example.com"] };
    const main = marksOf(
      { ...FILES, "main.cf": FILES["main.cf"].replace("reject_unknown_sender_domain", "reject_non_fqdn_sender") },
      both,
    );
    assert.ok(main["main.cf"]?.includes("7 passed: REJECT · DUNNO"));
    assert.ok(main["main.cf"]?.includes("10 permitted: PERMIT"));
  });
});

suite("Two results", () => {
  const before = traceOf(FILES, { ...MESSAGE, sender: "boss@example.com" });

  test("that tell the client the same are not compared", () => {
    const after = traceOf(
      { ...FILES, "main.cf": `# new\n${FILES["main.cf"]}` },
      { ...MESSAGE, sender: "boss@example.com" },
    );
    assert.equal(compare(before, after), undefined);
  });

  test("part where an edit changed an outcome", () => {
    const after = traceOf(
      { ...FILES, senders: "boss@example.com REJECT go\n" },
      { ...MESSAGE, sender: "boss@example.com" },
    );
    const { was, now, before: left, after: right } = compare(before, after) ?? {};
    assert.deepEqual([was, now], ["250", "554"]);
    const place = { file: "senders", line: 0, character: 0 };
    const label = "boss@example.com";
    assert.deepEqual(
      [left, right].map((side) => [side?.step?.outcome, side?.step?.label, side?.step?.place]),
      [
        ["PERMIT", label, place],
        ["REJECT", label, place],
      ],
    );
  });

  test("are told whole when their codes are the same", () => {
    const reject = (text: string): typeof FILES => ({ ...FILES, senders: `x@example.net REJECT ${text}\n` });
    const change = compare(traceOf(reject("one"), MESSAGE), traceOf(reject("two"), MESSAGE));
    assert.match(change?.was ?? "", /^554 .*one$/);
    assert.match(change?.now ?? "", /^554 .*two$/);
  });

  test("tell when the server does not start any more", () => {
    const broken = traceOf(
      { ...FILES, "main.cf": FILES["main.cf"].replace("permit_mynetworks, reject_unauth_destination", "permit") },
      MESSAGE,
    );
    const change = compare(traceOf(FILES, MESSAGE), broken);
    assert.equal(change?.was, "220");
    assert.ok(broken.json?.fatal);
  });
});
