import { listWords } from "../config/listWord.ts";
import type { Project } from "../config/project.ts";
import { isValidHostname } from "../evaluate/address/hostname.ts";
import { compareReleases, type Release } from "../postfix/release.ts";
import {
  holdsTlsPolicies,
  isTlsLevel,
  TLS_LEVELS,
  TLS_POLICY_ATTRIBUTES,
  type TlsPolicyAttribute,
} from "../postfix/tlsPolicy.ts";
import { insideBraces, splitNameValue } from "../syntax/tokens.ts";
import { splitNames, splitWords, type ValueWord } from "../syntax/words.ts";
import type { Location } from "../text/location.ts";
import { own } from "../text/own.ts";
import { eachAnswer } from "./eachAnswer.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Rule } from "./rule.ts";
import { nearest } from "./suggest.ts";
import { settingsInForce } from "./writtenSettings.ts";

export const badTlsPolicy: Rule = {
  code: "bad-tls-policy",
  severity: "error",
  summary: "A TLS policy that the SMTP client does not take",
  why:
    "A policy is a level, then `name=value` with no space around the `=`. With anything else in it the SMTP client logs a warning, does not talk to that destination at all, and defers the mail with `4.7.5 client TLS configuration problem`. " +
    "`match` says what the certificate has to show, so only `fingerprint`, `verify` and `secure` take it, and `tafile` only the last two. The attributes for TLS reports (`policy_domain`, `policy_failure` and so on) need a `policy_type`. With `none` all attributes are ignored. See smtp_tls_policy.c, tls_policy_lookup_one(); tlsrpt_wrapper.c, valid_tlsrpt_policy_type().",
  manual: "https://www.postfix.org/postconf.5.html#smtp_tls_policy_maps",
  bad: `
smtp_tls_policy_maps = hash:/etc/postfix/tls_policy, inline:{{example.info = must}}
#                                                                            ^^^^ \`must\` is no TLS level: mail for this destination is deferred
#- tls_policy
example.com    encrpyt
#              ^^^^^^^ \`encrpyt\` is no TLS level (did you mean \`encrypt\`?): mail for this destination is deferred
example.net    encrypt match=mail.example.net
#                      ^^^^^^^^^^^^^^^^^^^^^^ the level \`encrypt\` does not take \`match\`, which \`fingerprint\`, \`verify\` and \`secure\` do: mail for this destination is deferred
example.org    secure ciphers = high
#                     ^^^^^^^ \`ciphers\` is no \`name=value\`: mail for this destination is deferred
example.info   secure cipher=high
#                     ^^^^^^ there is no attribute \`cipher\` (did you mean \`ciphers\`?): mail for this destination is deferred
.example.org   secure policy_type=tlsa
#                     ^^^^^^^^^^^^^^^^ \`policy_type\` is \`sts\` or \`no-policy-found\`: mail for this destination is deferred
.example.net   secure policy_domain=example.net
#                     ^^^^^^^^^^^^^^^^^^^^^^^^^ \`policy_domain\` needs a \`policy_type\`: mail for this destination is deferred
.example.info  none protocols=TLSv1.2
#                   ^^^^^^^^^^^^^^^^^ \`protocols=TLSv1.2\` is ignored: \`none\` switches TLS off
`,
  good: `
smtp_tls_policy_maps = hash:/etc/postfix/tls_policy
#- tls_policy
example.com    encrypt protocols=>=TLSv1.2 ciphers=high
example.net    secure match=mail.example.net:.example.net, servername=mail.example.net
example.org    fingerprint match=00:11|22:33 match=44:55
example.info   dane-only connection_reuse=yes
.example.net   secure policy_type=sts policy_ttl=86400 policy_domain=example.net { policy_string = version: STSv1 }
.example.info  none
`,
  *check({ project }) {
    const seen = new Set<string>();
    for (const { name, parameters } of settingsInForce(project)) {
      if (!holdsTlsPolicies(name)) continue;
      for (const word of listWords(parameters.expanded(name))) {
        if (!word.at || seen.has(word.text)) continue;
        seen.add(word.text);
        for (const answer of eachAnswer(project, word)) {
          for (const problem of problemsIn(answer.value, project.release)) {
            for (const { at, note } of answer.places(problem)) yield found(project, problem, { at, note });
          }
        }
      }
    }
  },
};

/** What is wrong with a stretch of a policy. */
interface Problem {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly message: string;
  /** What was most likely meant. */
  readonly meant?: string | undefined;
  /** Postfix only logs it. */
  readonly ignored?: true;
}

function found(
  project: Project,
  { text, message, meant, ignored }: Problem,
  { at, note }: { readonly at: Location; readonly note: string },
): Finding {
  if (ignored) return { at, message: message + note, severity: "warning" };
  const question = meant === undefined ? "" : ` (did you mean \`${meant}\`?)`;
  const fix = meant === undefined ? undefined : replaceText(project, at, text, { instead: meant });
  return { at, message: `${message}${question}: mail for this destination is deferred${note}`, ...(fix && { fix }) };
}

/** All that Postfix says until it gives up on the policy. What a pattern matched may stand in it: then nothing is known. */
function problemsIn(value: string, release: Release): readonly Problem[] {
  if (value.includes("$")) return [];
  const [first, ...attributes] = (hasBraces(release) ? splitWords : splitNames)(value);
  if (!first) return [];
  const level = first.text.toLowerCase();
  if (!isTlsLevel(level)) {
    return [{ ...first, message: `\`${first.text}\` is no TLS level`, meant: nearest(first.text, TLS_LEVELS.values) }];
  }
  if (level === "none") return attributes.map(ignored);
  const seen = new Set<string>();
  const problems = attributes.flatMap((word) => attributeProblem(word, { level, release, seen }) ?? []);
  return [...problems, ...withoutType(attributes, seen)].slice(0, 1);
}

/** What is said for TLS reports, of a policy without a type. */
function withoutType(attributes: readonly ValueWord[], seen: ReadonlySet<string>): readonly Problem[] {
  const name = [...seen].find((one) => own(TLS_POLICY_ATTRIBUTES, one)?.needsType);
  const word = attributes.find(({ text }) => /^\{?\s*(\w+)/.exec(text)?.[1]?.toLowerCase() === name);
  if (name === undefined || !word || seen.has("policy_type")) return [];
  return [{ ...word, message: `\`${name}\` needs a \`policy_type\`` }];
}

/** `{ name = value }` came with the attributes for reports. */
function hasBraces(release: Release): boolean {
  return compareReleases(release, "3.10") >= 0;
}

function ignored(word: ValueWord): Problem {
  return { ...word, message: `\`${word.text}\` is ignored: \`none\` switches TLS off`, ignored: true };
}

interface Policy {
  readonly level: string;
  readonly release: Release;
  /** The attributes before. */
  readonly seen: Set<string>;
}

function attributeProblem(word: ValueWord, { level, release, seen }: Policy): Problem | undefined {
  const pair = splitNameValue(hasBraces(release) && word.text.startsWith("{") ? insideBraces(word.text) : word.text);
  if (pair.kind === "problem") return { ...word, message: `\`${word.text}\` is no \`name=value\`` };
  const name = pair.name.toLowerCase();
  const fact = own(TLS_POLICY_ATTRIBUTES, name);
  if (!fact || compareReleases(fact.since, release) > 0) return unknownAttribute(word, pair.name, release);
  const repeated = !fact.repeats && seen.has(name);
  seen.add(name);
  const message = repeated ? `\`${name}\` stands here twice` : valueProblem(name, fact, { ...pair, level });
  return message === undefined ? undefined : { ...word, message };
}

function unknownAttribute(word: ValueWord, name: string, release: Release): Problem {
  const start = word.start + word.text.indexOf(name);
  const known = Object.entries(TLS_POLICY_ATTRIBUTES).flatMap(([one, fact]) =>
    fact && compareReleases(fact.since, release) <= 0 ? [one] : [],
  );
  const since = own(TLS_POLICY_ATTRIBUTES, name.toLowerCase())?.since;
  const where = since === undefined ? "" : ` before Postfix ${since}`;
  const meant = since === undefined ? nearest(name, known) : undefined;
  return { text: name, start, end: start + name.length, message: `there is no attribute \`${name}\`${where}`, meant };
}

function valueProblem(
  name: string,
  fact: TlsPolicyAttribute,
  { value, level }: { readonly value: string; readonly level: string },
): string | undefined {
  const { levels } = fact;
  if (!levels || levels.includes(level)) return formProblem(name, fact, value);
  return `the level \`${level}\` does not take \`${name}\`, which ${quoted(levels, "and")} do`;
}

function formProblem(name: string, { values, form }: TlsPolicyAttribute, value: string): string | undefined {
  if (values && !values.includes(value.toLowerCase())) return `\`${name}\` is ${quoted(values, "or")}`;
  if (form === "something" && value === "") return `\`${name}\` has no value`;
  if (form === "seconds" && !isCount(value)) return `\`${name}\` is a number of seconds`;
  return form === "host name" && !isValidHostname(value) ? `\`${value}\` is no host name` : undefined;
}

/** What a C `int` holds. */
function isCount(value: string): boolean {
  return /^[0-9]+$/.test(value) && Number(value) < 2 ** 31;
}

function quoted(words: readonly string[], last: "and" | "or"): string {
  const all = words.map((one) => `\`${one}\``);
  return `${all.slice(0, -1).join(", ")} ${last} ${all.at(-1) ?? ""}`;
}
