import type { SignatureHelp } from "vscode-languageserver-types";
import type { Project } from "../config/project.ts";
import { action, actionNamed, type ActionFact, type ActionName } from "../postfix/actions.ts";
import { headerAction, headerActionNamed, type HeaderActionFact } from "../postfix/headerActions.ts";
import { restriction, restrictionNamed, type RestrictionFact } from "../postfix/restrictions.ts";
import { cursorText, lineAtMark, MARK, type CursorText } from "./completion/cursorText.ts";
import { mainCfCursor } from "./completion/mainCf.ts";
import { wordsOfInlineSide } from "./completion/inlineTables.ts";
import { masterCfCursor } from "./completion/masterCf.ts";
import { awaitingArgument } from "./completion/restrictions.ts";
import type { ValueCursor } from "./completion/valueCursor.ts";
import { isAccessTable, tableFiles } from "../config/tableFiles.ts";
import { tableLine } from "./tableLine.ts";
import { isHeaderTable } from "../config/tableAskers.ts";
import { ofInlineTable } from "./inlineSignature.ts";
import { holdsList } from "./target.ts";

/** A restriction or action with its arguments, one of which is at the cursor. */
export interface Signature {
  /** The whole of it; undefined: the word and the parameters, with blanks between. */
  readonly label?: string;
  readonly summary: string;
  readonly word: string;
  readonly parameters: readonly SignatureParameter[];
  readonly active: number;
}

interface SignatureParameter {
  readonly label: string;
  readonly documentation: string;
}

/** What the restriction or action before the cursor wants to have behind it. */
export function signatureHelp(project: Project, file: string, offset: number): SignatureHelp | undefined {
  const content = project.files.get(file);
  if (content?.kind !== "text") return undefined;
  const text = cursorText(content.text, offset);
  const found = signatureAt(project, file, text);
  if (!found) return undefined;
  const { word, summary, parameters, active } = found;
  return {
    signatures: [
      {
        label: found.label ?? [word, ...parameters.map(({ label }) => label)].join(" "),
        documentation: { kind: "markdown", value: summary },
        parameters: parameters.map(({ label, documentation }) => ({
          label,
          documentation: { kind: "markdown", value: documentation },
        })),
      },
    ],
    activeSignature: 0,
    activeParameter: active,
  };
}

function signatureAt(project: Project, file: string, text: CursorText): Signature | undefined {
  if (file === "main.cf" || file === "master.cf") {
    const cursor = file === "main.cf" ? mainCfCursor(project, text) : masterCfCursor(project, text);
    return cursor && inValue(cursor);
  }
  return ofAction(project, file, text);
}

function inValue(cursor: ValueCursor): Signature | undefined {
  if (!holdsList(cursor.parameter, cursor.configuration)) return ofInlineTable(cursor);
  const [action] = wordsOfInlineSide(cursor) ?? [];
  const inside = action === undefined ? undefined : ofAccessAction(action);
  return inside ?? ofInlineTable(cursor) ?? ofRestriction(cursor);
}

function ofRestriction({ configuration, parameter, groups }: ValueCursor): Signature | undefined {
  const [inner] = groups;
  // `{ endpoint, { name = value } }`
  const depth = groups.findIndex(({ head }) => head !== "");
  const before = (groups[depth] ?? inner).before;
  const last = restrictionNamed(before.at(-1) ?? "");
  const name = awaitingArgument({ configuration, parameter, before }) ?? (last === "warn_if_reject" ? last : undefined);
  if (!name) return undefined;
  const { argument, summary } = restriction(name);
  if (depth < 1 || argument !== "policy-service") {
    return { word: name, summary, parameters: ARGUMENTS[argument], active: 0 };
  }
  const active = depth > 1 ? 1 : Math.min(inner.before.length, POLICY_GROUP.length - 1);
  return { word: name, summary, parameters: POLICY_GROUP, active };
}

const DNS_FILTER =
  "The list. With `=d.d.d.d` only that result counts; `[2..11]` and `[2;4]` stand for several numbers, such as in `zen.spamhaus.org=127.0.0.[2..11]`.";

const ARGUMENTS: Readonly<Record<RestrictionFact["argument"], readonly SignatureParameter[]>> = {
  none: [],
  "access-map": [{ label: "type:name", documentation: "The table that is asked, such as `hash:/etc/postfix/access`." }],
  "client-dns-list": [{ label: "domain[=d.d.d.d]", documentation: DNS_FILTER }],
  "domain-dns-list": [{ label: "domain[=d.d.d.d]", documentation: DNS_FILTER }],
  "policy-service": [
    {
      label: "endpoint",
      documentation: "`inet:host:port`, `unix:path` below the queue directory, or `{ endpoint, name=value, … }`.",
    },
  ],
  seconds: [{ label: "seconds", documentation: "How long to wait: a number." }],
  restriction: [
    { label: "restriction", documentation: "The restriction or class that only logs what it would refuse." },
  ],
};

const POLICY_GROUP: readonly SignatureParameter[] = [
  { label: "{ endpoint,", documentation: "`inet:host:port`, or `unix:path` below the queue directory." },
  {
    label: "name=value }",
    documentation:
      "A `smtpd_policy_service_…` parameter for this service alone, without that prefix: `default_action=DUNNO`, `timeout=10s`. A value with blanks wants braces of its own: `{ default_action = DEFER later }`.",
  },
];

function ofAction(project: Project, file: string, text: CursorText): Signature | undefined {
  const line = lineAtMark(text.text);
  const value = line && tableLine(line, tableFiles(project).get(file)?.type ?? "hash").value;
  const before = value ? line.text.slice(value.start, line.text.indexOf(MARK)) : "";
  const word = /^(\S+)[ \t]/.exec(before)?.[1];
  if (word === undefined) return undefined;
  if (isHeaderTable(project, file)) return ofHeaderAction(word);
  return isAccessTable(project, file) ? ofAccessAction(word) : undefined;
}

function ofAccessAction(word: string): Signature | undefined {
  const name = actionNamed(word) ?? (/^[45]\d\d$/.test(word) ? REPLIES[word.charAt(0)] : undefined);
  return name && withArgument(word.toUpperCase(), action(name));
}

const REPLIES: Readonly<Partial<Record<string, ActionName>>> = { 4: "4NN", 5: "5NN" };

function ofHeaderAction(word: string): Signature | undefined {
  const name = headerActionNamed(word);
  return name && withArgument(name, headerAction(name));
}

function withArgument(
  word: string,
  { argument, summary }: Pick<ActionFact, "argument" | "summary"> | Pick<HeaderActionFact, "argument" | "summary">,
): Signature | undefined {
  const parameters = ACTION_ARGUMENTS[argument];
  return parameters.length === 0 ? undefined : { word, summary, parameters, active: 0 };
}

const ACTION_ARGUMENTS: Readonly<Record<ActionFact["argument"], readonly SignatureParameter[]>> = {
  none: [],
  text: [{ label: "text", documentation: "One line of text." }],
  "optional-text": [
    {
      label: "[text]",
      documentation: "What the client or the log is told; a status code such as `5.7.1` may stand first.",
    },
  ],
  "transport:destination": [
    {
      label: "transport:destination",
      documentation: "A service of master.cf and where it delivers to: `smtp:[127.0.0.1]:10025`.",
    },
  ],
  address: [{ label: "user@domain", documentation: "The address that gets the mail." }],
  header: [{ label: "name: value", documentation: "A whole header line." }],
};
