import type { Configuration } from "../config/configuration.ts";
import type { ListItem, RestrictionList } from "../config/restrictionList.ts";
import { rejectUnlistedRecipient, rejectUnlistedSender } from "../evaluate/checks/recipientMaps.ts";
import { fact } from "../evaluate/checks/finding.ts";
import { envelopeComplaint, rewritesEnvelope } from "../evaluate/cleanup.ts";
import { extensionsFor } from "../evaluate/extensions.ts";
import type { Run } from "../evaluate/run.ts";
import { settingsOf } from "../evaluate/settings.ts";
import { STAGES, type Stage } from "../postfix/stages.ts";
import type { RestrictionName } from "../postfix/restrictions.ts";
import { derived } from "../text/derived.ts";
import type { Asked, Inner, View } from "./probe.ts";

/** A list or an own check of Postfix on the way of a message: all of them have to be passed. */
export interface Gate {
  readonly name: string;
  readonly view: Omit<View, "warned">;
  /** Undefined: the check stands alone. */
  readonly inner: Inner | undefined;
  readonly own: Asked | undefined;
  /** The HELO list is not asked when the client says no HELO. */
  readonly needsHelo: boolean;
}

/** The gates of a configuration. See smtpd_check.c, smtpd_check_rcpt() and its like; evaluate/stages.ts. */
export const gatesOf = derived((configuration: Configuration): readonly Gate[] => {
  const settings = settingsOf(configuration);
  const { lists } = configuration;
  const recipient = settings.recipientLists.map(({ stage, list }) => gate(stage, list, AT_RECIPIENT));
  const views = settings.delayReject ? DELAYED : AT_ONCE;
  return [
    ...recipient,
    gate("client", lists.client, views.client),
    { ...gate("helo", lists.helo, views.helo), needsHelo: true },
    gate("sender", lists.sender, views.sender),
    gate("data", lists.data, { where: "DATA", hidden: [] }),
    gate("end-of-data", lists["end-of-data"], { where: "END-OF-MESSAGE", hidden: [] }),
    ...ownGates(configuration, views.sender),
  ].filter(({ inner, own }) => own !== undefined || (inner !== undefined && inner.list.items.length > 0));
});

const AT_RECIPIENT: Gate["view"] = { where: "RCPT", hidden: [] };
const DELAYED = { client: AT_RECIPIENT, helo: AT_RECIPIENT, sender: AT_RECIPIENT } as const;
/** smtpd_delay_reject = no: nothing is seen that comes later. */
const AT_ONCE = {
  client: { where: "CONNECT", hidden: ["helo", "sender", "recipient", "encrypted"] },
  helo: { where: "EHLO", hidden: ["sender", "recipient", "encrypted"] },
  sender: { where: "MAIL", hidden: ["recipient"] },
} as const satisfies Record<string, Gate["view"]>;

function gate(stage: Stage, list: RestrictionList, view: Gate["view"]): Gate {
  const bareTable = STAGES.find((fact) => fact.stage === stage)?.bareTable;
  return { name: list.name, view, inner: { list, bareTable }, own: undefined, needsHelo: false };
}

function ownGates(configuration: Configuration, sender: Gate["view"]): readonly Gate[] {
  const settings = settingsOf(configuration);
  const own = (name: string, view: Gate["view"], check: Extract<Asked, { kind: "own" }>["check"]): Gate => {
    return { name, view, inner: undefined, own: { kind: "own", name, check }, needsHelo: false };
  };
  return [
    ...(settings.rejectUnlistedSender ? [own("smtpd_reject_unlisted_sender", sender, rejectUnlistedSender)] : []),
    ...(settings.rejectUnlistedRecipient
      ? [own("smtpd_reject_unlisted_recipient", AT_RECIPIENT, rejectUnlistedRecipient)]
      : []),
    ...(hidesTls(configuration) ? [own("STARTTLS", AT_RECIPIENT, startingTls)] : []),
    ...(rewritesEnvelope(configuration) ? [own("the maps that rewrite addresses", AT_RECIPIENT, rewriting)] : []),
  ];
}

/** Whether some clients are not offered what the others are. See smtpd.c, starttls_cmd(). */
function hidesTls(configuration: Configuration): boolean {
  const settings = settingsOf(configuration);
  const hides = settings.hiddenKeywords.has("starttls");
  return !settings.wrapperMode && (hides || settings.maps("smtpd_discard_ehlo_keyword_address_maps").length > 0);
}

function startingTls(run: Run): ReturnType<typeof fact> {
  return fact(run.encrypted && !extensionsFor(run).startTls ? "REJECT" : "DUNNO", "");
}

/** See envelopeComplaint(); it is asked about each recipient. */
function rewriting(run: Run): ReturnType<typeof fact> {
  const fails = run.recipient !== undefined && envelopeComplaint(run, [run.recipient]) !== undefined;
  return fact(fails ? "REJECT" : "DUNNO", "");
}

/** What an item of a list asks: what ask() of evaluate/list.ts does about one message, as something to walk over. */
export type Item =
  | { readonly kind: "asked"; readonly asked: Asked }
  | { readonly kind: "class"; readonly list: RestrictionList | undefined }
  /** Refuses whatever is asked: a word that is no restriction, a table where none may stand. */
  | { readonly kind: "broken" }
  | { readonly kind: "warn_if_reject" };

export function itemOf({ classes }: Configuration, item: ListItem, bareTable: RestrictionName | undefined): Item {
  const { meaning } = item;
  const subject = { name: "", kind: "Client host" } as const;
  switch (meaning.kind) {
    case "unknown":
      return { kind: "broken" };
    case "class":
      return { kind: "class", list: classes.get(meaning.name)?.list };
    case "table":
      if (!bareTable) return { kind: "broken" };
      return called({ item, argument: item.word, name: bareTable, bareTable, subject });
    case "restriction":
      if (meaning.name === "warn_if_reject") return { kind: "warn_if_reject" };
      return called({ item, argument: item.argument, name: meaning.name, bareTable, subject });
  }
}

function called(call: Extract<Asked, { kind: "call" }>["call"]): Item {
  return { kind: "asked", asked: { kind: "call", call } };
}

/** A name for what is asked: the same wherever it stands. */
export function askedName(asked: Asked): string {
  if (asked.kind === "own") return asked.name;
  const { name, argument, bareTable } = asked.call;
  return `${name} ${argument?.text ?? ""} ${bareTable ?? ""}`;
}
