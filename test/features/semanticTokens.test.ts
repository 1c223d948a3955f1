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
});
