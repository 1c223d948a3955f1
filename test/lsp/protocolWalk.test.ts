import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { after, before, suite, test } from "node:test";
import { LogMessageNotification, MessageType } from "vscode-languageserver/node";
import { marked } from "../support/markers.ts";
import { MISTAKES } from "../support/mistakes.ts";
import { Editor } from "./editor.ts";
import { walk, type Opened } from "./protocolWalk.ts";

/** At so many places of each file everything is asked. */
const PLACES = Number(process.env["WALK_PLACES"] ?? 12);

/** Directories of configurations besides the examples, for a longer walk. */
const MORE = (process.env["WALK_DIRECTORIES"] ?? "").split(":").filter((name) => name !== "");

const EVERYTHING = `compatibility_level = 3.6
myhostname = mail.$mydomain
mydomain = example.com
# a comment
mynetworks = 127.0.0.0/8, !192.0.2.1, [2001:db8::]/32
smtpd_restriction_classes = greylist, insiders
greylist = check_policy_service { unix:private/policy, timeout=3s }
insiders = check_sender_access inline:{ example.com = greylist, {example.org = REJECT go} }
smtpd_recipient_restrictions = permit_mynetworks, \${mydomain?{reject_unauth_destination}:{reject}},
    # inside
    check_recipient_access pcre:/etc/postfix/pattern
    reject_rbl_client zen.spamhaus.org=127.0.0.[2..11], insiders
transport_maps = hash:/etc/postfix/transport
header_checks = regexp:/etc/postfix/header
smtp_tls_policy_maps = hash:/etc/postfix/policy
smtpd_client_restrictions = check_client_access cidr:/etc/postfix/net
slow_destination_rate_delay = 1s
virtual_alias_maps = ldap:/etc/postfix/ldap.cf, proxy:unionmap:{hash:/etc/postfix/virtual, static:x}
unknown_name = b\u00fccher
#- master.cf
smtp inet n - y - - smtpd
submission inet n - y - - smtpd
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
  -o { smtpd_helo_restrictions = reject }
slow unix - - n - 2 smtp
policy unix - n n - - spawn user=nobody argv=/bin/policy
broken line
#- pattern
if /@example/
/^(.*)@example\\.com$/i  REJECT no $1
!/x/ insiders
endif
/y/ FILTER slow:[127.0.0.1]
#- transport
example.com slow:[mail.example.com]:25
example.net :
#- header
/^Subject: (x)/ PREPEND X-A: \${1}
#- policy
example.com secure match=a.example:b.example
#- net
192.0.2.0/24 OK
!10.0.0.0/8 greylist
#- ldap.cf
server_host = ldap.example.com
search_base = dc=example,dc=com
#- virtual
a@example.com b@example.com,
  c@example.com
`;

suite("Everything is asked everywhere", () => {
  const editor = new Editor({});
  const errors: string[] = [];
  before(async () => {
    editor.connection.onNotification(LogMessageNotification.type, ({ type, message }) => {
      if (type === MessageType.Error) errors.push(message);
    });
    await editor.start(undefined, {
      textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
    });
  });

  after(async () => {
    assert.equal(await editor.stop(), 0);
    assert.deepEqual(errors, []);
  });

  test("in a configuration with something of everything", () => visit("everything", marked(EVERYTHING).files, 60));

  for (const directory of [...readdirSync("examples").map((name) => `examples/${name}`), ...MORE]) {
    test(`in ${directory}`, () => visit(path.basename(directory), textsIn(directory), PLACES));
  }

  test("in the smallest configurations of the known mistakes", async () => {
    for (const { number, files } of MISTAKES.filter((_, index) => index % 6 === 0)) {
      await visit(`mistake-${number}`, marked(files).files, 4);
    }
  });

  async function visit(directory: string, files: ReadonlyMap<string, string>, places: number): Promise<void> {
    mkdirSync(path.join(editor.directory, directory), { recursive: true });
    const opened = [...files].map(([name, text]): Opened => ({ name: `${directory}/${name}`, text }));
    for (const { name, text } of opened) editor.write(name, text);
    for (const { name, text } of opened) await editor.open(name, languageOf(name), text);
    for (const file of opened) {
      const said = await walk(editor, opened, file, places);
      if (file.text.trim() !== "") assert.ok(said > 0, `nothing is said of ${file.name}`);
    }
    for (const { name } of opened) await editor.close(name);
  }
});

function languageOf(name: string): string {
  if (name.endsWith("main.cf")) return "postfix-main";
  return name.endsWith("master.cf") ? "postfix-master" : "postfix-table";
}

/** The files of a configuration; messages and tests are no part of it. */
function textsIn(directory: string): ReadonlyMap<string, string> {
  const names = readdirSync(directory).filter(
    (name) => statSync(path.join(directory, name)).isFile() && !name.endsWith(".yaml"),
  );
  return new Map(names.map((name) => [name, readFileSync(path.join(directory, name), "utf8")]));
}
