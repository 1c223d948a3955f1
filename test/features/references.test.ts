import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { suite, test } from "node:test";
import type { Project } from "../../server/src/config/project.ts";
import { highlights } from "../../server/src/features/highlights.ts";
import { references, type Wanted } from "../../server/src/features/references.ts";
import { uses } from "../../server/src/features/uses/uses.ts";
import { examples } from "../support/examples.ts";
import { fixtureWithCursor } from "../support/fixture.ts";
import { placeText } from "../support/places.ts";

/** The only function here that knows the API of references(): what names the thing at the cursor. */
function check(source: string, expected: readonly string[], wanted: Wanted = "all"): void {
  const { project, file, offset } = fixtureWithCursor(source);
  const places = references(project, { file, offset }, wanted);
  assert.deepEqual(
    places.map((place) => placeText(project, place)),
    expected,
  );
}

const CLASS = `smtpd_restriction_classes = $classes
classes = greylist, insiders
greylist = check_policy_service unix:private/policy
insiders = permit_mynetworks, gr<|>eylist
common = reject_unauth_pipelining greylist
smtpd_client_restrictions = $common, reject_rbl_client greylist
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders,
  check_sender_access inline:{ {a@example.com = greylist}, b=reject }
mail_name = greylist
#- master.cf
policy unix - n n - - spawn
25 inet n - n - - smtpd -o smtpd_helo_restrictions=greylist
  -o { smtpd_data_restrictions = permit_mynetworks, \${greylist} }
#- senders
alice@example.com  greylist
bob@example.com    reject_rbl_client greylist
carol@example.com  REJECT greylist
dora@example.com
    reject_unlisted_sender,
    greylist
`;

const USES_OF_CLASS = [
  "main.cf:4:31 greylist",
  "main.cf:5:35 greylist",
  "main.cf:8:49 greylist",
  "master.cf:2:52 greylist",
  "master.cf:3:53 ${greylist}",
  "senders:1:20 greylist",
  "senders:6:5 greylist",
];

suite("References", () => {
  test("a class: where it is declared, defined and used, in lists and tables, but not as an argument or a text", () => {
    check(CLASS, ["main.cf:2:11 greylist", "main.cf:3:1 greylist", ...USES_OF_CLASS]);
  });

  test("only the uses of a class, from a table", () => {
    const source = CLASS.replace("<|>", "").replace("alice@example.com  grey", "alice@example.com  grey<|>");
    check(source, USES_OF_CLASS, "uses");
  });

  test("a parameter: its settings and every form of $name, where Postfix takes it for a parameter", () => {
    check(
      `mydomain = example.com
mydomain = example.org
myhostname = mail.$my<|>domain
mydestination = \${mydomain} $(mydomain) \${mydomain?{$mydomain}:{x}} $$mydomain $$$mydomain
forward_path = $mydomain
#- master.cf
25 inet n - n - - smtpd -o mydomain=a.example -o myorigin=$mydomain
`,
      [
        "main.cf:1:1 mydomain",
        "main.cf:2:1 mydomain",
        "main.cf:3:19 $mydomain",
        "main.cf:4:17 ${mydomain}",
        "main.cf:4:29 $(mydomain)",
        "main.cf:4:41 ${mydomain",
        "main.cf:4:53 $mydomain",
        "main.cf:4:82 $mydomain",
        "master.cf:1:28 mydomain",
        "master.cf:1:59 $mydomain",
      ],
    );
  });

  test("a table: every reference to its file, however the path is written", () => {
    check(
      `smtpd_client_restrictions = check_client_access hash:/etc/postfix/acc<|>ess
virtual_alias_maps = proxy:unionmap:{cidr:$config_directory/access, hash:/etc/postfix/other}
mynetworks = !/etc/postfix/access, 127.0.0.1
#- master.cf
25 inet n - n - - smtpd -o smtpd_helo_restrictions=check_helo_access,texthash:access
#- access
`,
      [
        "main.cf:1:49 hash:/etc/postfix/access",
        "main.cf:2:38 cidr:$config_directory/access",
        "main.cf:3:15 /etc/postfix/access",
        "master.cf:1:70 texthash:access",
      ],
    );
  });

  test("a socket of SASL is a service where master.cf has it", () => {
    const setting = "smtpd_sasl_path = private/auth\n";
    check(`${setting}#- master.cf\na<|>uth unix - - n - - spawn argv=/bin/auth\n`, [
      "main.cf:1:27 auth",
      "master.cf:1:1 auth",
    ]);
    check(`smtpd_sasl_path = private/a<|>uth\n#- master.cf\nother unix - - n - - spawn argv=/bin/auth\n`, []);
  });

  test("a service: its line in master.cf, transports, policy services, FILTER and parameters of its own", () => {
    check(
      `content_filter = scan:[127.0.0.1]:10024
scan_destination_recipient_limit = 1
smtpd_sender_restrictions = check_policy_service unix:private/scan, check_sender_access hash:/etc/postfix/senders
#- master.cf
sc<|>an unix - - n - 2 lmtp
scan inet n - n - - smtpd
#- senders
a@example.com FILTER scan:[127.0.0.1]:10025
`,
      ["main.cf:1:18 scan", "main.cf:2:1 scan", "main.cf:3:63 scan", "master.cf:1:1 scan", "senders:1:22 scan"],
    );
  });

  test("a service: tables that stand in a value, sockets in braces and behind a transport", () => {
    const main = `transport_maps = inline:{ a.example=scan:, { b.example = other: } }, unionmap:{static:scan:}
virtual_transport = lmtp:unix:private/scan
smtpd_milters = { unix:private/scan, timeout=3 }
smtpd_data_restrictions = check_client_access static:{FILTER scan:[::1]}
greylist = check_policy_service { unix:private/scan, timeout=3s }
header_checks = regexp:{{/x:y/ FILTER scan:[::1]}}
mail_name = static:scan:
`;
    check(`${main}#- master.cf\nsc<|>an unix - - n - 2 lmtp\n`, [
      "main.cf:1:37 scan",
      "main.cf:1:87 scan",
      "main.cf:2:39 scan",
      "main.cf:3:32 scan",
      "main.cf:4:62 scan",
      "main.cf:5:48 scan",
      "main.cf:6:39 scan",
      "master.cf:1:1 scan",
    ]);
  });

  test("nothing is named by restrictions, actions, keys and comments", () => {
    check("smtpd_client_restrictions = per<|>mit", []);
    check("# my<|>domain\nmydomain = example.com", []);
    check("smtpd_client_restrictions = check_client_access hash:/etc/postfix/a\n#- a\nexample.com OK<|>", []);
    check("smtpd_client_restrictions = check_client_access hash:/etc/postfix/a\n#- a\nexample.com nonsen<|>se", []);
  });
});

test("what is highlighted is what the file itself names, the definition apart", () => {
  const { project, file, offset } = fixtureWithCursor(CLASS);
  assert.deepEqual(
    highlights(project, file, offset).map(
      ({ range, kind }) => `${range.start.line + 1}: ${kind === 3 ? "write" : "read"}`,
    ),
    ["2: write", "3: write", "4: read", "5: read", "8: read"],
  );
});

suite("Every mention leads to all the others", () => {
  for (const [name, project] of examples()) {
    test(name, () => {
      assert.ok(checkSymmetry(project) > 3);
    });
  }

  test("there are examples", () => {
    assert.equal(examples().length, readdirSync("examples").length);
  });
});

/** From each mention, the references are the same ones. Answers how many were tried. */
function checkSymmetry(project: Project): number {
  let tried = 0;
  for (const [first] of uses(project).values()) {
    if (!first) continue;
    const all = references(project, { file: first.at.file, offset: first.at.span.start }, "all");
    assert.ok(all.some(({ file, span }) => file === first.at.file && span.start === first.at.span.start));
    for (const { file, span } of all) {
      tried += 1;
      assert.deepEqual(references(project, { file, offset: span.start }, "all"), all);
      assert.deepEqual(references(project, { file, offset: span.end - 1 }, "all"), all);
    }
  }
  return tried;
}
