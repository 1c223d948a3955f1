import { readdirSync, readFileSync } from "node:fs";
import fc, { type Arbitrary } from "fast-check";
import { STAGES } from "../../server/src/postfix/stages.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { marked } from "../support/markers.ts";

/** Pieces that mean something in one of the files, and those that break what stands around them. */
const PIECES = [
  ..."constructor|toString|__proto__|constructor@example.com".split("|"),
  ..." \t\n,={}$()#!:;/\"'[]\\*".split(""),
  ..."\r\v\0é\u{1f4e7}".split(/(?:)/u),
  ..."\n |\n    |,\n  |\n# note\n|\n  # note\n|\r\n|\n\n|\n#region\n|\n#endregion\n|\n# mailflow: ignore never-reached — x\n".split(
    "|",
  ),
  ..."permit|reject|permit_mynetworks|reject_unauth_destination|warn_if_reject|defer_if_permit|sleep 1".split("|"),
  ..."check_client_access|check_recipient_access|check_policy_service|reject_rbl_client|zen.example.org=127.0.0.[2;4..9]".split(
    "|",
  ),
  ..."hash:/etc/postfix/access|cidr:/etc/postfix/networks|pcre:/etc/postfix/patterns|regexp:/etc/postfix/patterns".split(
    "|",
  ),
  ..."inline:{a=b, {c = d e}}|static:{REJECT no  mail}|unionmap:{hash:/x, cidr:/y}|proxy:unix:passwd.byname|texthash:$x".split(
    "|",
  ),
  ..."$mydomain|${mydestination}|$(myhostname)|${x?{a}:{b  c}}|${x?y}|${{$a} == {b}?{c}:{d}}|$$|$".split("|"),
  ..."yes|no|5m|10|300s|-1|12x|127.0.0.1|192.0.2.0/24|[::1]/128|2001:db8::/32|10.0.0.1/8|example.com|.example.com|a@example.com".split(
    "|",
  ),
  ..."smtp|submission|inet|unix|pass|n|y|-|smtpd|pipe|-o|-v|-o{|argv=|flags=R|smtp inet n - y - - smtpd|127.0.0.1:10025".split(
    "|",
  ),
  ..."OK|REJECT|DUNNO|550 5.7.1 go away|DEFER_IF_PERMIT|PREPEND X-A: b|FILTER smtp:[x]:25|if|endif|/^a(b|c)$/|/x/i|if /a/|!/b/|$1".split(
    "|",
  ),
];

/** Any text, most of it from pieces that Postfix knows. */
export const randomTexts: Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((parts) => parts.join("")) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((parts) => parts.join(" ")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 100 }) },
);

const NAMES = [
  ...STAGES.map(({ parameter }) => parameter),
  ..."smtpd_restriction_classes|mynetworks|mydestination|relay_domains|myhostname|mydomain|smtpd_banner|virtual_alias_maps".split(
    "|",
  ),
  ..."smtpd_delay_reject|smtpd_timeout|default_database_type|compatibility_level|header_checks|alias_maps|mine|other|a-b|été".split(
    "|",
  ),
];

const values = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 12 })
  .chain((parts) => fc.constantFrom(" ", ", ", ",\n    ", "\n\t", "").map((between) => parts.join(between)));

const assignments = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom("=", " = ", "  =\t", " =\n  "), values)
  .map(([name, equals, value]) => `${name}${equals}${value}`);

const services = fc
  .tuple(
    fc.constantFrom("smtp", "submission", "127.0.0.1:10025", "x"),
    fc.constantFrom(
      " inet n - y - - smtpd",
      "\tunix\t-  n n - - pipe",
      " inet n -\n - - - smtpd -v",
      " pass - - n - 1 smtpd",
    ),
    fc.array(fc.tuple(fc.constantFrom("\n  -o ", " -o", "\n\t-o { ", "\n "), assignments), { maxLength: 4 }),
  )
  .map(([name, columns, options]) => `${name}${columns}${options.map((parts) => parts.join("")).join("")}`);

const entries = fc
  .tuple(
    fc.constantFrom(
      "a@example.com",
      "example.com",
      "10.0.0.0/8",
      "!::1",
      "/^x y/i",
      "!/z/",
      "if /a/",
      "endif",
      '"a b"',
      "192.0.2",
    ),
    values,
  )
  .map(([key, value]) => `${key}  ${value}`);

/** The own files of the project: examples, and the good and bad examples of the rules. */
const OWN: Readonly<Record<"main.cf" | "master.cf" | "table", readonly string[]>> = ownFiles();

export const mainCfTexts = fileTexts(assignments, OWN["main.cf"]);
export const masterCfTexts = fileTexts(services, OWN["master.cf"]);
export const tableTexts = fileTexts(entries, OWN.table);

function fileTexts(lines: Arbitrary<string>, own: readonly string[]): Arbitrary<string> {
  return fc.oneof(
    { weight: 1, arbitrary: randomTexts },
    {
      weight: 3,
      arbitrary: fc
        .array(fc.oneof({ weight: 5, arbitrary: lines }, randomTexts), { maxLength: 8 })
        .map((parts) => parts.join("\n")),
    },
    { weight: 3, arbitrary: mutated(fc.constantFrom(...own)) },
  );
}

/** A text with some of its parts left out, doubled, or replaced. */
function mutated(texts: Arbitrary<string>): Arbitrary<string> {
  const changes = fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(12),
      piece: fc.constantFrom("", "", ...PIECES),
    }),
    { maxLength: 4 },
  );
  return fc.tuple(texts, changes).map(([text, edits]) => {
    let result = text;
    for (const { at, length, piece } of edits) {
      const start = Math.floor(at * result.length);
      result = result.slice(0, start) + piece + result.slice(start + length);
    }
    return result;
  });
}

function ownFiles(): Record<"main.cf" | "master.cf" | "table", string[]> {
  const own = { "main.cf": [""], "master.cf": [""], table: [""] };
  const add = (name: string, text: string): void => {
    own[name === "main.cf" || name === "master.cf" ? name : "table"].push(text);
  };
  for (const { good, bad } of RULES)
    for (const example of [good, bad]) for (const [name, text] of marked(example).files) add(name, text);
  for (const entry of readdirSync("examples", { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && !entry.name.endsWith(".json"))
      add(entry.name, readFileSync(`${entry.parentPath}/${entry.name}`, "utf8"));
  }
  for (const name of readdirSync("test/grammar"))
    add(name.replace(/^.*?\.(?=main|master)/, ""), readFileSync(`test/grammar/${name}`, "utf8"));
  return own;
}
