import type { Configuration } from "../config/configuration.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { permits, rightHandSide } from "./rightHandSide.ts";
import { placeInEntry, type EntryGroup } from "./accessTable.ts";
import { decider } from "./decides.ts";
import { perService } from "./perService.ts";
import { accessMapsOf, listFrom, type AccessMap } from "./places.ts";
import { few, TABLE_LIMIT, upTo } from "./repeated.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Rule } from "./rule.ts";
import { derived } from "../text/derived.ts";

export const permitForbidden: Rule = {
  code: "permit-forbidden",
  severity: "error",
  summary: "A table says OK where only a refusal or DUNNO is allowed",
  why:
    "Whoever owns a domain also says which mail servers and addresses it has, so `check_*_mx_access`, `check_*_ns_access`, `check_*_a_access` and `check_reverse_client_hostname_access` must not permit. When their table does, the reply is `451 4.3.5 Server configuration error`, and the log says “use DUNNO instead of OK if you want to make an exception”. " +
    "See smtpd_check.c, forbid_allowlist().",
  manual: "https://www.postfix.org/postconf.5.html#check_sender_mx_access",
  bad: `
smtpd_sender_restrictions = check_sender_mx_access hash:/etc/postfix/servers
#- servers
mx.example.com OK
#              ^^ \`check_sender_mx_access\` must not permit: whoever this entry is found for is told 451 4.3.5 Server configuration error; \`DUNNO\` makes an exception
192.0.2        permit
#              ^^^^^^ \`check_sender_mx_access\` must not permit: whoever this entry is found for is told 451 4.3.5 Server configuration error; \`DUNNO\` makes an exception
`,
  good: `
smtpd_sender_restrictions = check_sender_mx_access hash:/etc/postfix/servers, check_sender_access hash:/etc/postfix/senders
#- servers
mx.example.com DUNNO
192.0.2        REJECT
#- senders
example.com OK
`,
  check: (context) =>
    perService(context, function* (configuration) {
      for (const map of accessMapsOf(configuration)) yield* upTo(TABLE_LIMIT, inMap(configuration, map));
    }),
};

const FORBIDDEN = /_(?:mx|ns|a)_access$|^check_reverse_client_hostname_access$/;

function* inMap(configuration: Configuration, { check, reference, content, word }: AccessMap): Generator<Finding> {
  if (check === undefined || !FORBIDDEN.test(check) || content.kind !== "entries") return;
  const isShared = accessMapsOf(configuration).some((other) => other.reference === reference && other.check !== check);
  for (const [value, entries] of permitting(configuration, content)) {
    for (const { entry, note } of few(entries)) {
      const at = placeInEntry(content, entry, { start: 0, end: value.length, reference: word });
      if (!at) continue;
      const fix = isShared ? undefined : replaceText(configuration.project, at, value, { instead: "DUNNO" });
      yield { at, message: messageFor(check) + note, ...(fix && { fix }) };
    }
  }
}

function messageFor(check: RestrictionName): string {
  const told = "whoever this entry is found for is told 451 4.3.5 Server configuration error";
  return `\`${check}\` must not permit: ${told}; \`DUNNO\` makes an exception`;
}

type Entries = Extract<AccessMap["content"], { readonly kind: "entries" }>;

const suspects = derived(({ byValue }: Entries): readonly (readonly [string, EntryGroup])[] =>
  [...byValue].filter(([value]) => {
    const side = rightHandSide(value);
    return permits(side) || side.kind === "list";
  }),
);

/** The right-hand sides that permit for sure. */
function permitting(configuration: Configuration, content: Entries): readonly (readonly [string, EntryGroup])[] {
  return suspects(content).filter(([value]) => {
    if (rightHandSide(value).kind === "action") return true;
    return decider(configuration, listFrom(value, configuration.classes), "class")?.decision === "permits";
  });
}
