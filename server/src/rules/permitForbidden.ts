import type { Configuration } from "../config/configuration.ts";
import type { RestrictionList } from "../config/restrictionList.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { mayPermit, rightHandSide } from "../config/rightHandSide.ts";
import { placeInEntry, type EntryGroup } from "./accessTable.ts";
import { decider } from "./decides.ts";
import { perService } from "./perService.ts";
import { accessMapsOf, listFrom, type AccessMap } from "./places.ts";
import { few, TABLE_LIMIT, upTo } from "./repeated.ts";
import { replaceText } from "./replaceText.ts";
import type { Finding, Rule } from "./rule.ts";
import { derived } from "../text/derived.ts";
import type { Location } from "../text/location.ts";

export const permitForbidden: Rule = {
  code: "permit-forbidden",
  severity: "error",
  summary: "A table says OK where only a refusal or DUNNO is allowed",
  why:
    "Whoever owns a domain also says which mail servers and addresses it has, so `check_*_mx_access`, `check_*_ns_access`, `check_*_a_access` and `check_reverse_client_hostname_access` must not permit. When their table does, or a restriction that it names permits, the reply is `451 4.3.5 Server configuration error`, and the log says “use DUNNO instead of OK if you want to make an exception”. " +
    "See smtpd_check.c, forbid_allowlist().",
  manual: "https://www.postfix.org/postconf.5.html#check_sender_mx_access",
  bad: `
smtpd_sender_restrictions = check_sender_mx_access hash:/etc/postfix/servers
smtpd_restriction_classes = insiders
insiders = permit_mynetworks, reject
#- servers
mx.example.net insiders
#              ^^^^^^^^ \`check_sender_mx_access\` must not permit: whoever \`permit_mynetworks\` permits here is told 451 4.3.5 Server configuration error
mx.example.com OK
#              ^^ \`check_sender_mx_access\` must not permit: whoever this entry is found for is told 451 4.3.5 Server configuration error; \`DUNNO\` makes an exception
192.0.2        permit
#              ^^^^^^ \`check_sender_mx_access\` must not permit: whoever this entry is found for is told 451 4.3.5 Server configuration error; \`DUNNO\` makes an exception
`,
  good: `
smtpd_sender_restrictions = check_sender_mx_access hash:/etc/postfix/servers, check_sender_access hash:/etc/postfix/senders
smtpd_restriction_classes = careful
careful = reject_unknown_client_hostname
#- servers
mx.example.net careful
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

function* inMap(configuration: Configuration, map: AccessMap): Generator<Finding> {
  const { check, reference, content, answers } = map;
  if (check === undefined || !FORBIDDEN.test(check) || content.kind !== "entries" || !answers) return;
  const isShared = isAskedOtherwise(configuration, reference, check);
  for (const { value, entries, by } of permitting(configuration, content)) {
    for (const { entry, note } of few(entries)) {
      const at = placeInEntry({ ...map, content }, entry, { start: 0, end: value.length });
      if (!at) continue;
      const message = messageFor(check, by) + note;
      if (by !== undefined) yield { at, message, severity: "warning" };
      else yield { at, message, ...(!isShared && dunno(configuration, at, value)) };
    }
  }
}

function dunno({ project }: Configuration, at: Location, value: string): Pick<Finding, "fix"> {
  const fix = replaceText(project, at, value, { instead: "DUNNO" });
  return { ...(fix && { fix }) };
}

/** Whether another check asks the table too, for which an OK may be right. */
function isAskedOtherwise(configuration: Configuration, reference: string, check: RestrictionName): boolean {
  return accessMapsOf(configuration).some((other) => other.reference === reference && other.check !== check);
}

function messageFor(check: RestrictionName, by: string | undefined): string {
  const told = "is told 451 4.3.5 Server configuration error";
  const forbidden = `\`${check}\` must not permit`;
  if (by !== undefined) return `${forbidden}: whoever \`${by}\` permits here ${told}`;
  return `${forbidden}: whoever this entry is found for ${told}; \`DUNNO\` makes an exception`;
}

type Entries = Extract<AccessMap["content"], { readonly kind: "entries" }>;

const suspects = derived(({ byValue }: Entries): readonly (readonly [string, EntryGroup])[] =>
  [...byValue].filter(([value]) => {
    const side = rightHandSide(value);
    return mayPermit(side);
  }),
);

interface Permitting {
  readonly value: string;
  readonly entries: EntryGroup;
  /** The restriction that permits some; undefined: it permits all. */
  readonly by?: string;
}

/** The right-hand sides that permit. */
function permitting(configuration: Configuration, content: Entries): readonly Permitting[] {
  return suspects(content).flatMap(([value, entries]): readonly Permitting[] => {
    if (rightHandSide(value).kind === "action") return [{ value, entries }];
    const list = listFrom(value, configuration.classes);
    if (decider(configuration, list, "class")?.decision === "permits") return [{ value, entries }];
    const by = firstPermit(configuration, list);
    return by === undefined ? [] : [{ value, entries, by }];
  });
}

/** The first restriction that may permit, in the list or in a class that it names. */
function firstPermit(
  configuration: Configuration,
  list: RestrictionList,
  seen = new Set<string>(),
): string | undefined {
  const end = decider(configuration, list, "class")?.index ?? list.items.length;
  for (const { meaning } of list.items.slice(0, end + 1)) {
    if (meaning.kind === "restriction" && meaning.name.startsWith("permit")) return meaning.name;
    const found = meaning.kind === "class" ? permitInClass(configuration, meaning.name, seen) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function permitInClass(configuration: Configuration, name: string, seen: Set<string>): string | undefined {
  const list = configuration.classes.get(name)?.list;
  if (!list || seen.has(name)) return undefined;
  return firstPermit(configuration, list, seen.add(name));
}
