import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Project } from "../../server/src/config/project.ts";
import { presets } from "../../server/src/features/presets.ts";
import { prepareRename, rename, type RenameEdits } from "../../server/src/features/rename.ts";
import { traceDocument } from "../../server/src/features/traceDocument.ts";
import type { Mention } from "../../server/src/features/uses/mention.ts";
import { uses } from "../../server/src/features/uses/uses.ts";
import { findings } from "../../server/src/rules/findings.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { examples } from "../support/examples.ts";
import { fixtureWithCursor, projectOf } from "../support/fixture.ts";

/** The files by name, with an annotation where each further one begins. */
function textOf(project: Project): string {
  const files = [...project.files].map(
    ([name, content]) => [name, content.kind === "text" ? content.text : ""] as const,
  );
  return files.map(([name, text]) => (name === "main.cf" ? text : `#- ${name}\n${text}`)).join("");
}

/** The project with the changes, as an editor makes them. */
function changed(project: Project, { edits, file }: RenameEdits): Project {
  return projectOf(
    [...project.files].map(([name, content]) => {
      const own = edits.find((one) => one.file === name)?.edits ?? [];
      const text = applyEdits(content.kind === "text" ? content.text : "", own);
      return [file?.from === name ? file.to : name, text];
    }),
  );
}

/** Renames what is at the cursor and compares the text. */
function check(source: string, newName: string, expected: string): void {
  const { project, file, offset } = fixtureWithCursor(source);
  const answer = rename(project, { file, offset }, newName);
  assert.ok(answer && "edits" in answer, JSON.stringify(answer));
  assert.equal(textOf(changed(project, answer)), expected);
}

/** Why it is not renamed. */
function checkRefused(source: string, newName: string, expected: RegExp): void {
  const { project, file, offset } = fixtureWithCursor(source);
  const answer = rename(project, { file, offset }, newName);
  assert.ok(answer && "refused" in answer, JSON.stringify(answer));
  assert.match(answer.refused, expected);
}

const classText = (name: string, cursor: string): string => `smtpd_restriction_classes = insiders, ${name}
insiders = \${${name}?{permit_mynetworks}}, ${name}
${cursor}${name} = reject_unlisted_sender
smtpd_sender_restrictions = check_sender_access hash:/etc/postfix/senders, reject_rbl_client old
smtpd_banner = old news
#- master.cf
25 inet n - n - - smtpd -o smtpd_helo_restrictions=$(${name})
#- senders
a@example.com ${name}, reject
b@example.com REJECT old
`;

suite("Rename", () => {
  test("a class: in its definition, its declaration, all lists, -o and tables", () => {
    check(classText("old", "<|>"), "new_one", classText("new_one", ""));
  });

  test("a parameter of the user's own", () => {
    const text = (name: string): string =>
      `${name} = permit_mynetworks\nsmtpd_client_restrictions = $${name}, \${${name}:x}\n#- master.cf\n25 inet n - n - - smtpd -o ${name}=reject -o { smtpd_helo_restrictions = $${name} }\n`;
    check(text("common").replace("$common", "$com<|>mon"), "shared", text("shared"));
  });

  test("a table: every reference to its path, and its file", () => {
    check(
      `dir = /etc/postfix
smtpd_client_restrictions = check_client_access hash:/etc/postfix/acc<|>ess
smtpd_helo_restrictions = check_helo_access hash:/etc/postfix/sub/access, check_helo_access unionmap:{cidr:$dir/access}
#- access
example.com access
#- sub/access
`,
      "clients",
      `dir = /etc/postfix
smtpd_client_restrictions = check_client_access hash:/etc/postfix/clients
smtpd_helo_restrictions = check_helo_access hash:/etc/postfix/sub/access, check_helo_access unionmap:{cidr:$dir/clients}
#- clients
example.com access
#- sub/access
`,
    );
  });

  test("a service: in its line, in transports, sockets, tables and the names of its parameters", () => {
    const text = (name: string, cursor = ""): string => `content_filter = ${name}:[127.0.0.1]:10024
${name}_destination_recipient_limit = 1
mail_name = scan
transport_maps = hash:/etc/postfix/transport, inline:{ example.org=${name}: }
smtpd_sender_restrictions = check_policy_service { unix:private/${name}, timeout=3s }
body_checks = pcre:{{/scan/ FILTER ${name}:[::1]}}
#- master.cf
${cursor}${name} unix - - n - 2 lmtp
25 inet n - n - - smtpd -o content_filter=${name}:
#- transport
scan.example  ${name}:scan.example
`;
    check(text("scan", "<|>"), "filter", text("filter"));
    checkRefused(text("scan", "<|>"), "a b", /Only letters/);
    checkRefused(text("scan", "<|>"), "relay", /Postfix itself looks for a service `relay`/);
    checkRefused(
      `${text("scan", "<|>")}#- header\n`.replace("2 lmtp", "2 lmtp\nx unix - - n - - lmtp"),
      "x",
      /used already/,
    );
    checkRefused("content_filter = sc<|>an:\n", "x", /master\.cf has no service `scan`/);
  });

  test("what is renamed is the name alone", () => {
    const { project, file, offset } = fixtureWithCursor("a = hash:/etc/postfix/ta<|>ble\n");
    const target = prepareRename(project, file, offset);
    assert.ok(target && "name" in target);
    assert.equal(target.name, "table");
    assert.deepEqual(target.at.span, { start: 22, end: 27 });
  });

  test("nothing without a name has another one", () => {
    const { project, file, offset } = fixtureWithCursor("smtpd_client_restrictions = per<|>mit\n");
    assert.equal(rename(project, { file, offset }, "x"), undefined);
  });
});

suite("Rename refuses", () => {
  const own = "co<|>mmon = reject\nother = permit\nsmtpd_helo_restrictions = $common, wanted\n";

  test("names that Postfix could not read, or reads as something else", () => {
    checkRefused(own, "a-b", /Postfix can read no `\$name`/);
    checkRefused(own, "", /Postfix can read no `\$name`/);
    checkRefused(own, "myhostname", /is a parameter of Postfix/);
    checkRefused(own, "Reject_Unlisted_Sender", /is a restriction of Postfix/);
    checkRefused(own, "dunno", /is an action of access tables/);
    checkRefused(own, "450", /is an action of access tables/);
    checkRefused(own, "slow_destination_rate_delay", /would be read by the transport `slow`/);
  });

  test("names that are taken, also where nothing defines them", () => {
    checkRefused(own, "other", /is used already/);
    checkRefused(own, "wanted", /is used already/);
  });

  test("names that are not the user's", () => {
    checkRefused("mydo<|>main = example.com\n", "x", /is a parameter of Postfix/);
    checkRefused("scan_destination_recipient_l<|>imit = 1\n", "x", /belongs to the transport `scan`/);
    checkRefused("virtual_alias_maps = ldap:users\nusers_server<|>_host = a\n", "x", /belongs to the database `users`/);
    checkRefused("myhostname = $noth<|>ing\n", "x", /Nothing defines `nothing`/);
    checkRefused("x = y\n#- master.cf\nlm<|>tp unix - - n - - lmtp\n", "z", /Postfix itself looks for/);
    checkRefused("x = y\n#- master.cf\nclean<|>up unix n - y - 0 cleanup\n", "z", /Postfix itself looks for/);
  });

  test("names that are put together", () => {
    const main = "p = grey\nsmtpd_restriction_classes = ${p}list\ngrey<|>list = reject\n";
    checkRefused(main, "x", /put together from several values/);
    checkRefused(
      "n = a\nx = hash:/etc/postfix/$n\ny = cidr:/etc/postfix/a<|>\n",
      "b",
      /put together from several values/,
    );
  });

  test("a table whose new name is taken, or cannot be read in a list", () => {
    const main = "x = hash:/etc/postfix/a<|>, hash:/etc/postfix/b\n#- a\n#- c\n";
    checkRefused(main, "b", /`b` is used already/);
    checkRefused(main, "c", /There is a file `c` already/);
    checkRefused(main, "main.cf", /There is a file `main\.cf` already/);
    checkRefused(main, "d/e", /not another directory/);
    checkRefused(main, "d e", /Postfix cannot read `d e` in a list/);
  });

  test("what would change another value: a default names the table, too", () => {
    checkRefused("alias_database = hash:/etc/ali<|>ases\n", "names", /would change the value of `alias_maps`/);
  });
});

suite("Rename keeps the meaning", () => {
  for (const [name, project] of examples()) {
    test(name, () => {
      const mentions = [...uses(project).values()].flatMap(([first]) => first ?? []);
      const tried = mentions.filter((mention) => checkMeaning(project, mention));
      assert.ok(tried.length > 0);
    });
  }
});

/** Renames, compares findings and traces, and renames back. Answers whether there was anything to rename. */
function checkMeaning(project: Project, { at, name }: Mention): boolean {
  const place = { file: at.file, offset: name?.start ?? at.span.start };
  const target = prepareRename(project, place.file, place.offset);
  if (!target || "refused" in target) return false;
  // As long as the old name, so that every column stays the same.
  const newName = "z".repeat(target.name.length);
  const answer = rename(project, place, newName);
  assert.ok(answer && "edits" in answer, JSON.stringify(answer));
  const after = changed(project, answer);
  const names = [target.name, newName];
  assert.notEqual(textOf(after), textOf(project));
  assert.deepEqual(said(after, names), said(project, names));
  const back = rename(after, place, target.name);
  assert.ok(back && "edits" in back, JSON.stringify(back));
  assert.equal(textOf(changed(after, back)), textOf(project));
  return true;
}

/** Everything that is said of a project, these names left out. */
function said(project: Project, names: readonly string[]): readonly string[] {
  const found = findings(project).map(({ rule, finding }) => `${rule.code} ${JSON.stringify(finding)}`);
  const traced = presets(project).map(({ message, service }) => traceDocument(project, { message, service }).text);
  return [...found, ...traced].map((text) => text.replace(new RegExp(`\\b(?:${names.join("|")})\\b`, "g"), "…"));
}
