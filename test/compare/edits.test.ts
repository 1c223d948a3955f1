import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, hasDifference, type Comparison } from "../../server/src/compare/compare.ts";
import { comparisonText } from "../../server/src/compare/comparisonText.ts";
import { comparisonMarkdown } from "../../server/src/compare/comparisonMarkdown.ts";
import { projectOfCase } from "../../server/src/evaluate/caseProject.ts";

type Files = Readonly<Record<string, string>>;

function compared(before: Files, after: Files): Comparison {
  const project = (files: Files): ReturnType<typeof projectOfCase> =>
    projectOfCase({ files, message: { client_address: "192.0.2.1" } });
  return compare(project(before), project(after));
}

/** The classes of the first service, each in one line. */
function classesOf(comparison: Comparison): readonly string[] {
  const [service] = comparison.services;
  return (service?.classes ?? []).map(({ change, who, recipients, witness }) => {
    const provided = witness.if.length > 0 ? " if …" : "";
    return `${change}: ${who.join(" + ")} to ${recipients.join(" + ")}${provided}`;
  });
}

const MAIN = [
  "myhostname = mx.example.com",
  "mydestination = example.com",
  "mynetworks = 127.0.0.0/8, 192.0.2.0/28",
  "local_recipient_maps =",
  "smtpd_sasl_auth_enable = yes",
  "smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination",
  "",
].join("\n");

/** Compares MAIN plus `before` with MAIN plus `after`. */
function edit(before: string, after: string, [old, fresh]: readonly [Files, Files] = [{}, {}]): Comparison {
  return compared({ "main.cf": `${MAIN}${before}\n`, ...old }, { "main.cf": `${MAIN}${after}\n`, ...fresh });
}

const LIST = "smtpd_recipient_restrictions =";

test("what says the same makes no difference", () => {
  const access = "a.example REJECT\n# nobody\nb.example OK\n";
  const list = `${LIST} permit_mynetworks, check_sender_access hash:/etc/postfix/access, reject_unknown_sender_domain`;
  const before = { "main.cf": `${MAIN}${list}\n`, access };
  const lines = MAIN.trimEnd().split("\n").toReversed().join("\n# a comment\n\n");
  const reformatted = `# moved\n${LIST}\n  permit_mynetworks\n  check_sender_access   hash:$config_directory/access,\n\treject_unknown_sender_domain\n${lines}\n`;
  for (const after of [
    before,
    { "main.cf": reformatted, access },
    { "main.cf": `${MAIN}${list}\n`, access: `b.example   OK\n\n\na.example\tREJECT\n# somebody\n` },
  ]) {
    const comparison = compared(before, after);
    assert.ok(!hasDifference(comparison), comparisonText(comparison));
    assert.equal(comparisonText(comparison), "No difference in the mail flow was found.\n");
  }
});

const EDITS: readonly {
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly files?: readonly [Files, Files];
  readonly expected: readonly string[];
}[] = [
  {
    title: "the relay list is emptied and nothing else refuses",
    before: "",
    after: `smtpd_relay_restrictions =\n${LIST} permit`,
    expected: ["the service does not start"],
  },
  {
    title: "the relay list permits everybody",
    before: "",
    after:
      "smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, check_helo_access static:OK, reject_unauth_destination",
    expected: ["reject → accept: strangers to other servers' recipients"],
  },
  {
    title: "a network is widened",
    before: "",
    after: "mynetworks = 127.0.0.0/8, 192.0.2.0/24",
    expected: ["reject → accept: clients in mynetworks (before: strangers) to other servers' recipients"],
  },
  {
    title: "a class is added",
    before: "",
    after: [
      "smtpd_restriction_classes = strict",
      "strict = reject_non_fqdn_sender, reject",
      `${LIST} check_recipient_access inline:{alice@example.com=strict}`,
    ].join("\n"),
    expected: ["accept → reject: strangers to local recipients"],
  },
  {
    title: "a permit in a table becomes no opinion",
    before: `${LIST} check_client_access inline:{203.0.113.9=OK}, reject`,
    after: `${LIST} check_client_access inline:{203.0.113.9=DUNNO}, reject`,
    expected: ["accept → reject: clients that the configuration names to local recipients"],
  },
  {
    title: "a key is removed from a table",
    before: `${LIST} check_sender_access hash:/etc/postfix/senders`,
    after: `${LIST} check_sender_access hash:/etc/postfix/senders`,
    files: [{ senders: "spam.example REJECT\nworse.example REJECT\n" }, { senders: "worse.example REJECT\n" }],
    expected: ["reject → accept: strangers to local recipients"],
  },
  {
    title: "a pattern is added that refuses",
    before: `${LIST} check_helo_access pcre:/etc/postfix/helo`,
    after: `${LIST} check_helo_access pcre:/etc/postfix/helo`,
    files: [{ helo: "/^friend$/ OK\n" }, { helo: "/^friend$/ OK\n/^pool-[0-9]+\\.dyn\\./ REJECT\n" }],
    expected: ["accept → reject: strangers to local recipients"],
  },
  {
    title: "a list is put into another order",
    before: `${LIST} check_helo_access inline:{bad.example=REJECT}, check_sender_access inline:{a.example=OK}`,
    after: `${LIST} check_sender_access inline:{a.example=OK}, check_helo_access inline:{bad.example=REJECT}`,
    expected: ["reject → accept: strangers to local recipients"],
  },
  {
    title: "a DNS list is removed",
    before: `${LIST} reject_rbl_client bl.example`,
    after: LIST,
    expected: ["reject → accept: strangers to local recipients if …"],
  },
  {
    title: "a policy service is added",
    before: "",
    after: `${LIST} check_policy_service inet:127.0.0.1:10031`,
    expected: ["accept → reject: strangers to local recipients if …"],
  },
  {
    title: "logged-in users may no longer send",
    before: "",
    after: "smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination",
    expected: ["accept → reject: users who are logged in to other servers' recipients"],
  },
  {
    title: "mail for somebody is held",
    before: "",
    after: `${LIST} check_recipient_access inline:{bob@example.com=HOLD}`,
    expected: ["treatment: strangers to local recipients"],
  },
  {
    title: "a domain becomes this server's own",
    before: "",
    after: "mydestination = example.com, example.net",
    expected: ["reject → accept: strangers to local recipients (before: other servers' recipients)"],
  },
  {
    title: "another code in a reply",
    before: `${LIST} check_sender_access inline:{{spam.example=550 no}}`,
    after: `${LIST} check_sender_access inline:{{spam.example=551 no}}`,
    expected: ["reply: strangers to local recipients"],
  },
];

for (const { title, before, after, files, expected } of EDITS) {
  test(title, () => {
    const comparison = edit(before, after, files);
    const [service] = comparison.services;
    const fatal = service?.fatal.after === undefined ? [] : ["the service does not start"];
    const found = [...fatal, ...classesOf(comparison)];
    for (const line of expected) {
      const [head = "", tail = ""] = line.split(" to ");
      assert.ok(
        found.some((one) => one.startsWith(head.split(" + ")[0] ?? "") && one.includes(tail.split(" if")[0] ?? "")),
        `${line}\nnot among\n${found.join("\n")}`,
      );
    }
    assert.ok(found.length <= expected.length + 2, `too many classes:\n${found.join("\n")}`);
    assert.ok(hasDifference(comparison));
    // The other way round there is a difference, too.
    const back = edit(after, before, files && [files[1], files[0]]);
    assert.ok(hasDifference(back), comparisonText(back));
  });
}

test("the text and the Markdown tell the verdict, both replies and where they part", () => {
  const open = "smtpd_relay_restrictions = permit_mynetworks, check_helo_access static:OK, reject_unauth_destination";
  const comparison = edit("", open);
  const text = comparisonText(comparison);
  assert.match(text, /^smtp\n {2}relay: closed before, open now: /);
  assert.match(text, /1\. refused before, accepted now: strangers/);
  assert.match(text, /before {2}554 5\.7\.1 .*Relay access denied\n.*reject_unauth_destination.*\[main\.cf:6\]/);
  assert.match(text, /now {5}250 .*\n +check_helo_access static:OK.*\[main\.cf:7\]/);
  assert.match(text, /Explored: \d+ messages\. Not explored: /);
  const markdown = comparisonMarkdown(comparison);
  assert.match(markdown, /Relay for strangers: closed before, \*\*open now\*\*/);
  assert.match(markdown, /^\| now \| `250 /m);
});

test("services are matched by name", () => {
  const master = (lines: readonly string[]): Files => ({
    "main.cf": MAIN,
    "master.cf": `${lines.join("\n")}\n`,
  });
  const smtp = "smtp inet n - n - - smtpd";
  const submission = "submission inet n - n - - smtpd\n  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject";
  const open = "submission inet n - n - - smtpd\n  -o smtpd_relay_restrictions=permit_mynetworks,reject";
  const { services, added, removed } = compared(
    master([smtp, submission]),
    master([smtp, open, "26 inet n - n - - smtpd"]),
  );
  assert.deepEqual(
    services.map(({ after, classes }) => [after.service.name, classes.length > 0]),
    [
      ["smtp", false],
      ["submission", true],
    ],
  );
  assert.deepEqual([added.map(({ name }) => name), removed], [["26"], []]);
});
