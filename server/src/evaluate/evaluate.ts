import type { Configuration } from "../config/configuration.ts";
import { clientOf } from "./client.ts";
import type { Facts } from "./facts.ts";
import { evaluateList } from "./list.ts";
import type { Message } from "./message.ts";
import type { Run } from "./run.ts";
import { converse, type Dialogue } from "./session.ts";
import { settingsOf } from "./settings.ts";

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
  const { warnings } = run;
  const log = run.log.map(({ before, behind }) => `${before}${run.client.textInLog}${behind}`);
  return { connect, ehlo, mail, rcpt, data, eod, etrn, accepted, steps, fatal: undefined, log, warnings };
}

/** What a session begins with. */
type Beginning = Pick<Run, "configuration" | "settings" | "facts" | "message">;

/** The state of a session that has just begun. One literal: every session has the same shape, and V8 keeps it fast. */
export function startRun({ configuration, settings, facts, message }: Beginning): Run {
  const ask = tablesOf(facts);
  return {
    configuration,
    settings,
    facts,
    ask,
    message,
    client: clientOf(message, facts, settings.looksUpClientNames),
    quiet: false,
    askList: evaluateList,
    encrypted: settings.wrapperMode && message.encrypted !== false,
    log: [],
    warnings: [],
    resolveSettings: settings.resolveSettings(ask.domain),
    resolved: new Map(),
    written: new Map(),
    helo: undefined,
    login: undefined,
    saslSender: undefined,
    sender: undefined,
    recipient: undefined,
    etrn: undefined,
    protocol: "SMTP",
    where: "CONNECT",
    illegalPipelining: false,
    smtputf8: false,
    queueId: "NOQUEUE",
    recipients: 0,
    countedRecipients: 0,
    accepted: [],
    recursion: 0,
    classesAsked: 0,
    warnIfReject: 0,
    deferIfPermit: undefined,
    deferIfReject: undefined,
    deferIfPermitClient: undefined,
    deferIfPermitHelo: undefined,
    deferIfPermitSender: undefined,
    discard: false,
    hold: false,
    filter: undefined,
    hangUp: false,
    milter: undefined,
    recipientMapsChecked: false,
    senderMapsChecked: false,
    refusal: "",
  };
}

function tablesOf(facts: Facts): Run["ask"] {
  return {
    action: (reference, key) => facts.table(reference, key, "action"),
    recipient: (reference, key) => facts.table(reference, key, "recipient"),
    domain: (reference, key) => facts.table(reference, key, "domain"),
    client: (reference, key) => facts.table(reference, key, "client"),
  };
}
