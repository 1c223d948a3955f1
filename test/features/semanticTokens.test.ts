import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { semanticTokens } from "../../server/src/features/semanticTokens.ts";
import { projectOf } from "../support/fixture.ts";

/** The tokens of a file as `text type modifier…`. */
function check(files: Readonly<Record<string, string>>, file: string, expected: readonly string[]): void {
  const text = files[file] ?? "";
  const tokens = semanticTokens(projectOf(Object.entries(files)), file);
  assert.deepEqual(
    tokens.map(({ span, type, modifiers }) => [text.slice(span.start, span.end), type, ...modifiers].join(" ")),
    expected,
  );
}

suite("Semantic tokens", () => {
  test("tell restrictions, classes, tables, references and domains apart", () => {
    const text =
      "smtpd_restriction_classes = mine\nmine = permit_mynetworks\n" +
      "smtpd_client_restrictions = check_client_access hash:$config_directory/x, mine, yours,\n" +
      "  reject_rbl_client zen.example.org=127.0.0.2, sleep 1\n";
    check({ "main.cf": text }, "main.cf", [
      "smtpd_restriction_classes property",
      "mine class declaration",
      "mine class definition",
      "permit_mynetworks function",
      "smtpd_client_restrictions property",
      "check_client_access function",
      "hash type",
      "config_directory variable",
      "mine class",
      "yours class undeclared",
      "reject_rbl_client function",
      "zen.example.org domain",
      "sleep function",
      "1 number",
    ]);
  });

  test("know networks, domains, numbers and what is out of date or does nothing", () => {
    const text =
      "mynetworks = !192.0.2.0/24, [::1]/128\nmydestination = example.com\nsmtpd_timeout = 5m\n" +
      "smtpd_client_restrictions = reject_maps_rbl, permit, reject\nvirtual_alias_maps = proxy:unionmap:{hash:/a, inline:{b=c}}\n";
    check({ "main.cf": text }, "main.cf", [
      "mynetworks property",
      "192.0.2.0/24 network",
      "[::1]/128 network",
      "mydestination property",
      "example.com domain",
      "smtpd_timeout property",
      "5m number",
      "smtpd_client_restrictions property",
      "reject_maps_rbl function deprecated",
      "permit function",
      "reject function unused",
      "virtual_alias_maps property",
      "proxy type",
      "unionmap type",
      "hash type",
      "inline type",
    ]);
  });

  test("are in master.cf and in access tables, too", () => {
    const files = {
      "main.cf": "smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\n",
      "master.cf": "smtp inet n - y - - smtpd\n  -o smtpd_helo_restrictions=reject\n",
      t: "a.example REJECT go permit\nb.example permit_mynetworks, nothing\n",
    };
    check(files, "master.cf", ["smtpd_helo_restrictions property", "reject function"]);
    check(files, "t", ["REJECT keyword", "permit_mynetworks function"]);
  });

  test("are in all lines of a value in a table, not in the comments between them", () => {
    const files = {
      "main.cf":
        "smtpd_client_restrictions = check_client_access hash:/etc/postfix/t\nvirtual_alias_maps = hash:/etc/postfix/v\n",
      t: "a.example permit_mynetworks,\n  reject_unauth_destination\nb.example\n  reject\n",
      v: "a@b.example\tc@d.example,\n  # x@e.example\n  f@g.example\n",
    };
    check(files, "t", ["permit_mynetworks function", "reject_unauth_destination function", "reject keyword"]);
    check(files, "v", ["d.example domain", "g.example domain"]);
  });

  test("know what tables answer that no restriction asks", () => {
    const files = {
      "main.cf": `content_filter = scan:[127.0.0.1]:10024
virtual_transport = lmtp:unix:private/dovecot
relay_transport = $default_transport
transport_maps = hash:/etc/postfix/transport
header_checks = regexp:/etc/postfix/header
smtp_tls_policy_maps = texthash:/etc/postfix/policy
smtpd_sender_login_maps = hash:/etc/postfix/login
virtual_alias_maps = pcre:/etc/postfix/virtual
smtpd_client_restrictions = check_client_access cidr:/etc/postfix/clients
`,
      transport:
        "a.example smtp:[mx.b.example]:25\nb.example slow:\nc.example :[192.0.2.1]\n.d.example relay:[2001:db8::1]:25\n",
      header: "/^To: (.*)/ FILTER scan:a.example\n/^A:/ REDIRECT x@b.example\n/^B:/ REPLACE C: $1\n/^C:/ WHAT\n",
      policy: "a.example secure match=a.example:.b.example ciphers = high\n[b.example]:25 dane-only\nc.example what\n",
      login: "a@b.example a, a@c.example\n",
      virtual: "/^(.*)@a\\.example$/ ${1}@b.example, root\n",
      clients: "192.0.2.0/24 FILTER scan:[127.0.0.1]:10025\n192.0.2.1 BCC a@b.example\n",
    };
    check(files, "transport", [
      "smtp namespace",
      "mx.b.example domain",
      "slow namespace",
      "192.0.2.1 network",
      "relay namespace",
      "2001:db8::1 network",
    ]);
    check(files, "header", [
      "FILTER keyword",
      "scan namespace",
      "a.example domain",
      "REDIRECT keyword",
      "b.example domain",
      "REPLACE keyword",
      "$1 variable",
    ]);
    check(files, "policy", ["secure keyword", "match property", "ciphers property", "dane-only keyword"]);
    check(files, "login", ["c.example domain"]);
    check(files, "virtual", ["${1} variable", "b.example domain"]);
    check(files, "clients", [
      "FILTER keyword",
      "scan namespace",
      "127.0.0.1 network",
      "BCC keyword",
      "b.example domain",
    ]);
    const main = semanticTokens(projectOf(Object.entries(files)), "main.cf");
    assert.deepEqual(
      main.filter(({ type }) => type === "namespace").map(({ span }) => files["main.cf"].slice(span.start, span.end)),
      ["scan", "lmtp"],
    );
  });

  test("are in tables that are written into main.cf or master.cf, as in files", () => {
    const files = {
      "main.cf": `smtpd_restriction_classes = mine
mine = permit_mynetworks
smtpd_client_restrictions =
  check_client_access inline:{ {192.0.2.1=REJECT go mine}, example.com=mine,
    { a@b.example = reject_unlisted_sender, mine } }
  check_client_access static:{REJECT text}, check_client_access static:mine
  check_client_access pipemap:{inline:{a.example=b}, randmap:{mine, OK}}
  check_client_access unionmap:{inline:{{b.example=FILTER scan:[127.0.0.1]}}, static:{450 see hash: x}}
  check_client_access pcre:{{/^(a)$/ REJECT $$1 $$$$1}}, check_client_access cidr:{{!192.0.2.0/24 mine}}
  check_ccert_access { inline:{ c.example=mine }, search_order=cert_fingerprint }
transport_maps = inline:{ d.example=smtp:[mx.example], {e.example = slow:} }
header_checks = pcre:{{/^Subject/ REDIRECT a@b.example}}
mynetworks = inline:{{192.0.2.7=}}, 192.0.2.8
`,
      "master.cf":
        "smtp inet n - y - - smtpd\n  -o { smtpd_helo_restrictions = check_helo_access inline:{{f.example = mine}} }\n",
    };
    const names = ["property", "variable"];
    const main = semanticTokens(projectOf(Object.entries(files)), "main.cf");
    assert.deepEqual(
      main
        .filter(({ span, type }) => !names.includes(type) || files["main.cf"][span.start] === "$")
        .map(({ span, type }) => `${files["main.cf"].slice(span.start, span.end)} ${type}`)
        .filter((text) => !/^check_\w+ function$/.test(text)),
      [
        ["mine class", "mine class", "permit_mynetworks function"],
        ["inline type", "192.0.2.1 network", "REJECT keyword", "example.com domain", "mine class"],
        ["b.example domain", "reject_unlisted_sender function", "mine class"],
        ["static type", "REJECT keyword", "static type", "mine class"],
        ["pipemap type", "inline type", "a.example domain", "randmap type", "mine class", "OK keyword"],
        ["unionmap type", "inline type", "b.example domain", "FILTER keyword", "scan namespace", "127.0.0.1 network"],
        ["static type", "450 keyword"],
        ["pcre type", "REJECT keyword", "$$1 variable", "cidr type", "192.0.2.0/24 network", "mine class"],
        ["inline type", "c.example domain", "mine class"],
        [
          "inline type",
          "d.example domain",
          "smtp namespace",
          "mx.example domain",
          "e.example domain",
          "slow namespace",
        ],
        ["pcre type", "REDIRECT keyword", "b.example domain"],
        ["inline type", "192.0.2.7 network", "192.0.2.8 network"],
      ].flat(),
    );
    check(files, "master.cf", [
      "smtpd_helo_restrictions property",
      "check_helo_access function",
      "inline type",
      "f.example domain",
      "mine class",
    ]);
  });
});
