import { parseLevel } from "../config/compatibilityLevel.ts";
import type { Project } from "../config/project.ts";
import { isValidHostname } from "../evaluate/address/hostname.ts";
import { badValue as complaint } from "../evaluate/badParameter.ts";
import { badWord } from "../evaluate/badWord.ts";
import { isReadByAll, RAW_PARAMETERS, readsAtStart } from "../postfix/loadOrder.ts";
import { PARAMETERS } from "../postfix/parameters.ts";
import type { Location } from "../text/location.ts";
import { inComment } from "./comments.ts";
import type { Finding, Fix, Rule } from "./rule.ts";
import { nearest } from "./suggest.ts";
import { settingsInForce, type WrittenSetting } from "./writtenSettings.ts";
import { own } from "../text/own.ts";

export const badValue: Rule = {
  code: "bad-value",
  severity: "error",
  summary: "A parameter has a value that it does not take",
  why:
    "A boolean is `yes` or `no` and nothing else, a number has only digits, a time may end in one of `s`, `m`, `h`, `d`, `w`, and some parameters take only certain words, some of them in lower case alone. " +
    "A program that reads anything else stops with a fatal error: smtpd gives the client no greeting, and master(8) starts it again every minute. See mail_conf_bool.c, mail_conf_int.c, mail_conf_time.c, name_mask.c and postconf(5).",
  manual: "https://www.postfix.org/postconf.5.html",
  inParts: true,
  bad: `
smtpd_delay_reject = true
#                    ^^^^ \`true\` is neither \`yes\` nor \`no\`: smtpd does not start
message_size_limit = 10M
#                    ^^^ \`10M\` is not a number: no Postfix program starts
bounce_queue_lifetime = 5 days
#                       ^^^^^^ \`5 days\` is not a time such as \`30s\`, \`5m\`, \`2h\` or \`1d\`: programs that read \`bounce_queue_lifetime\` do not start
inet_protocols = IPv4
#                ^^^^ \`IPv4\` is none of \`all\`, \`ipv4\`, \`ipv6\`: no Postfix program starts
smtp_tls_security_level = maybe
#                         ^^^^^ \`maybe\` is none of \`none\`, \`may\`, \`encrypt\`, \`fingerprint\`, \`dane\`, \`dane-only\`, \`verify\`, \`secure\`: programs that read \`smtp_tls_security_level\` do not start
`,
  good: `
smtpd_delay_reject = yes
message_size_limit = 10240000
bounce_queue_lifetime = 5d
inet_protocols = ipv4
smtp_tls_security_level = may
`,
  *check({ project }) {
    for (const setting of settingsInForce(project)) {
      if (RAW_PARAMETERS.has(setting.name)) continue;
      const { text, problems } = setting.parameters.expanded(setting.name);
      const wrong = problems.length > 0 ? undefined : problemOf(setting.name, text);
      const at = wrong && placeOfValue(project, setting);
      if (at) yield finding(setting, at, text, wrong);
    }
  },
};

/** Undefined when the value ends with what was meant as a comment: that is said there. */
function placeOfValue(project: Project, { source }: WrittenSetting): Location | undefined {
  const at = source.locate(0, source.text.length);
  const comment = source.text.indexOf("#");
  return inComment(project, comment < 0 ? at : source.locate(comment, comment + 1)) ? undefined : at;
}

interface Problem {
  /** What the value is not. */
  readonly what: string;
  /** The value that was most likely meant. */
  readonly meant?: string | undefined;
}

function problemOf(name: string, value: string): Problem | undefined {
  if (name === "compatibility_level" && !parseLevel(value)) return { what: "is not a level such as `3.6`" };
  if ((name === "myhostname" || name === "mydomain") && !isValidHostname(value)) return { what: "is not a host name" };
  const word = badWord(name, value);
  if (word !== undefined) return wordProblem(name, word);
  return complaint(name, value) === undefined ? undefined : typeProblem(name, value);
}

function wordProblem(name: string, word: string): Problem {
  const values = PARAMETERS.get(name)?.values?.values ?? [];
  return { what: `is none of ${values.map((value) => `\`${value}\``).join(", ")}`, meant: nearest(word, values) };
}

function typeProblem(name: string, value: string): Problem | undefined {
  switch (PARAMETERS.get(name)?.type) {
    case "boolean":
      return { what: "is neither `yes` nor `no`", meant: own(YES_OR_NO, value.toLowerCase()) };
    case "time":
      return {
        what: "is not a time such as `30s`, `5m`, `2h` or `1d`",
        meant: /^(\d+)\s*([smhdw])[a-z]*$/i.exec(value)?.slice(1).join("").toLowerCase(),
      };
    case "integer":
      return { what: /^\s*[-+]?\d+$/.test(value) ? "is out of range" : "is not a number" };
    case "string":
    case undefined:
      return { what: MAY_NOT_BE_EMPTY };
  }
}

const MAY_NOT_BE_EMPTY = "may not be empty";

const YES_OR_NO: Readonly<Partial<Record<string, "yes" | "no">>> = {
  true: "yes",
  on: "yes",
  "1": "yes",
  y: "yes",
  enable: "yes",
  enabled: "yes",
  false: "no",
  off: "no",
  "0": "no",
  n: "no",
  disable: "no",
  disabled: "no",
};

function finding(setting: WrittenSetting, at: Location, value: string, { what, meant }: Problem): Finding {
  const name = `\`${setting.name}\``;
  const shown = value !== "" ? `\`${value}\`` : what === MAY_NOT_BE_EMPTY ? name : `An empty ${name}`;
  const place = value === "" && setting.source.text === "" ? setting.nameAt : at;
  const message = `${shown} ${what}: ${whoStops(setting)}`;
  // Only a value that stands there as it is can be corrected there.
  const correctable = meant !== undefined && value !== "" && setting.source.text === value;
  return { at: place, message, ...(correctable && { fix: correction(at, meant) }) };
}

function correction({ file, span }: Location, meant: string): Fix {
  return { title: `Change to \`${meant}\``, edits: [{ file, edits: [{ span, newText: meant }] }] };
}

function whoStops({ name, entry }: WrittenSetting): string {
  if (entry) return `the service \`${entry.columns[0]?.text ?? ""}\` does not start`;
  if (isReadByAll(name)) return "no Postfix program starts";
  return readsAtStart(name) ? "smtpd does not start" : `programs that read \`${name}\` do not start`;
}
