import type { Configuration } from "../config/configuration.ts";
import type { AskTable } from "../config/table.ts";
import { formatAddress, parseAddress } from "../syntax/network.ts";
import type { Facts } from "./facts.ts";
import { evaluateList } from "./list.ts";
import type { Message } from "./message.ts";
import type { Client, Run } from "./run.ts";
import { converse, type Dialogue } from "./session.ts";
import { settingsOf, type Settings } from "./settings.ts";

/** What happens to one message, with every step that led there. */
export interface Evaluation extends Dialogue {
  /** Why the server would not start at all, in Postfix's words. */
  readonly fatal: readonly string[] | undefined;
  /** The lines that smtpd would log about its decisions. */
  readonly log: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Evaluates one SMTP session against one configuration. Pure: what the configuration does not tell is asked of `facts`,
 * and the same answers give the same result.
 */
export function evaluate(configuration: Configuration, message: Message, facts: Facts): Evaluation {
  const settings = settingsOf(configuration);
  if (settings.fatal) {
    const accepted = (message.recipients ?? []).map(() => false);
    const fatal = [settings.fatal.text];
    return { connect: { closed: true }, rcpt: [], accepted, steps: [], fatal, log: [], warnings: [] };
  }
  const run = startRun({ configuration, settings, facts, message });
  const { connect, ehlo, mail, rcpt, data, eod, etrn, accepted, steps } = converse(run);
  const { log, warnings } = run;
  return { connect, ehlo, mail, rcpt, data, eod, etrn, accepted, steps, fatal: undefined, log, warnings };
}

/** The state of a session that has just begun. */
export function startRun({
  configuration,
  settings,
  facts,
  message,
}: Pick<Run, "configuration" | "settings" | "facts" | "message">): Run {
  const domain: AskTable = (reference, key) => facts.table(reference, key, "domain");
  const action: AskTable = (reference, key) => facts.table(reference, key, "action");
  const recipient: AskTable = (reference, key) => facts.table(reference, key, "recipient");
  return {
    configuration,
    settings,
    facts,
    ask: { action, recipient, domain },
    message,
    client: clientOf(settings, message),
    quiet: false,
    askList: evaluateList,
    encrypted: message.encrypted === true && settings.wrapperMode,
    log: [],
    warnings: [],
    resolveSettings: settings.resolveSettings(domain),
    resolved: new Map(),
    helo: undefined,
    login: undefined,
    sender: undefined,
    recipient: undefined,
    etrn: undefined,
    protocol: "SMTP",
    where: "CONNECT",
    illegalPipelining: false,
    smtputf8: false,
    queueId: "NOQUEUE",
    recipients: 0,
    accepted: [],
    recursion: 0,
    warnIfReject: 0,
    deferIfPermit: undefined,
    deferIfReject: undefined,
    deferIfPermitClient: undefined,
    deferIfPermitHelo: undefined,
    deferIfPermitSender: undefined,
    discard: false,
    hold: false,
    hangUp: false,
    recipientMapsChecked: false,
    senderMapsChecked: false,
    refusal: "",
  };
}

/**
 * The client as smtpd sees it. A verified name is also the reverse name; a reverse name alone did not verify.
 * See smtpd_peer.c, smtpd_peer_hostname().
 */
export function clientOf(settings: Settings, given: Message): Client {
  const message: Message = settings.looksUpClientNames ? given : { client_address: given.client_address };
  const address = canonicalAddress(message.client_address);
  const name = message.client_name ?? "unknown";
  const reverseName = message.reverse_client_name ?? name;
  const verified = name !== "unknown";
  const reversed = reverseName !== "unknown";
  const temporary = message.client_name_status === "temp";
  return {
    address,
    name,
    reverseName,
    nameStatus: verified ? "ok" : temporary ? "temporary" : reversed ? "forged" : "none",
    reverseNameStatus: reversed ? "ok" : temporary ? "temporary" : "none",
    text: `${name}[${address}]`,
  };
}

/** As inet_ntop() writes it; an IPv4 address in IPv6 clothes counts as IPv4. See smtpd_peer.c, normalize_v4mapped_addr(). */
function canonicalAddress(text: string): string {
  const address = parseAddress(text);
  if (!address) return text;
  const { words } = address;
  const isMapped = address.family === 6 && words[0] === 0 && words[1] === 0 && words[2] === 0xffff;
  return formatAddress(isMapped ? { family: 4, words: words.slice(3) } : address);
}
