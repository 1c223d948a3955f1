import type { Configuration } from "../../config/configuration.ts";
import type { RestrictionList } from "../../config/restrictionList.ts";
import { settingsOf } from "../../evaluate/settings.ts";

/** A command of the SMTP session, and what is asked for it, in this order. */
export interface Command {
  readonly verb: string;
  readonly label: string;
  /** Restriction lists, and settings that imply a restriction. */
  readonly asks: readonly (RestrictionList | Implied)[];
}

/** `reject_unlisted_sender` and `reject_unlisted_recipient`, which Postfix asks by itself. */
export interface Implied {
  readonly implied: string;
}

/**
 * The commands that something is asked for. smtpd_delay_reject keeps the first lists back until RCPT TO or ETRN.
 * See smtpd_check.c: smtpd_check_client(), smtpd_check_helo(), smtpd_check_mail(), smtpd_check_rcpt(), smtpd_check_etrn().
 */
export function commandsOf(configuration: Configuration): readonly Command[] {
  const { lists } = configuration;
  const { delayReject, recipientLists, rejectUnlistedSender, rejectUnlistedRecipient } = settingsOf(configuration);
  const sender = [lists.sender, ...implied("smtpd_reject_unlisted_sender", rejectUnlistedSender)];
  const delayed = delayReject ? [lists.client, lists.helo] : [];
  const recipient = [...recipientLists.map(({ list }) => list)];
  const etrn = lists.etrn.items.length > 0 ? [...delayed, lists.etrn] : [];
  const commands: readonly Command[] = [
    { verb: "connect", label: "connect", asks: delayReject ? [] : [lists.client] },
    { verb: "EHLO", label: "HELO or EHLO", asks: delayReject ? [] : [lists.helo] },
    { verb: "MAIL", label: "MAIL FROM", asks: delayReject ? [] : sender },
    {
      verb: "RCPT",
      label: "RCPT TO",
      asks: [
        ...(delayReject ? [...delayed, ...sender] : []),
        ...recipient,
        ...implied("smtpd_reject_unlisted_recipient", rejectUnlistedRecipient),
      ],
    },
    { verb: "DATA", label: "DATA", asks: [lists.data] },
    { verb: "end", label: "end of data", asks: [lists["end-of-data"]] },
    { verb: "ETRN", label: "ETRN", asks: etrn },
  ];
  return commands
    .map((command) => ({ ...command, asks: command.asks.filter((ask) => !("items" in ask) || ask.items.length > 0) }))
    .filter(({ asks }) => asks.length > 0);
}

/** The verb of a step of a trace: `RCPT TO:<…>` is RCPT. */
export function verbOf(asked: string): string {
  const verb = asked.split(" ", 1)[0] ?? "";
  return verb === "HELO" ? "EHLO" : verb;
}

function implied(parameter: string, isOn: boolean): readonly Implied[] {
  return isOn ? [{ implied: parameter }] : [];
}
