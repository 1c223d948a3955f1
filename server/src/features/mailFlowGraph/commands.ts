import type { Configuration } from "../../config/configuration.ts";
import type { RestrictionList } from "../../config/restrictionList.ts";
import { filterName } from "../../evaluate/filters.ts";
import { milterName, miltersIn, takesNoMilters } from "../../evaluate/milters.ts";
import { settingsOf } from "../../evaluate/settings.ts";

/** A command of the SMTP session, and what is asked for it, in this order. */
export interface Command {
  readonly verb: string;
  readonly label: string;
  /** Restriction lists, settings that imply a restriction, and filters. */
  readonly asks: readonly (RestrictionList | Implied | Passed)[];
}

/** `reject_unlisted_sender` and `reject_unlisted_recipient`, which Postfix asks by itself. */
export interface Implied {
  readonly implied: string;
}

/** A filter that the message goes through. */
export interface Passed {
  readonly filter: string;
  /** Where it is named. */
  readonly parameter: string;
  /** What its step is called. */
  readonly asked: string;
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
    { verb: "connect", label: "connect", asks: [...(delayReject ? [] : [lists.client]), ...milters(configuration)] },
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
    { verb: "end", label: "end of data", asks: [lists["end-of-data"], ...queueFilters(configuration)] },
    { verb: "ETRN", label: "ETRN", asks: etrn },
    { verb: "other", label: "mail that does not come by SMTP", asks: otherMilters(configuration) },
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

/** The mail filters that are asked when a client connects. See smtpd.c, setup_milters(). */
function milters(configuration: Configuration): readonly Passed[] {
  if (takesNoMilters(configuration)) return [];
  const maps = configuration.parameters.value(MILTER_MAPS);
  return [
    ...(maps === "" ? [] : [{ filter: maps, parameter: MILTER_MAPS, asked: MILTER_MAPS }]),
    ...miltersOf(configuration, "smtpd_milters"),
  ];
}

/** Names other mail filters for some clients. */
export const MILTER_MAPS = "smtpd_milter_maps";

/** Postfix's own mail and that of sendmail(1). See cleanup_milter.c, cleanup_milter_emul_mail(). */
function otherMilters(configuration: Configuration): readonly Passed[] {
  return miltersOf(configuration, "non_smtpd_milters");
}

function miltersOf(configuration: Configuration, parameter: string): readonly Passed[] {
  return miltersIn(configuration, parameter).map((filter) => ({ filter, parameter, asked: milterName(filter) }));
}

/** The proxy in front of the queue, or the filter behind it. */
function queueFilters(configuration: Configuration): readonly Passed[] {
  const { proxyFilter, contentFilter } = settingsOf(configuration);
  const [parameter, filter] = proxyFilter
    ? (["smtpd_proxy_filter", proxyFilter.endpoint] as const)
    : (["content_filter", contentFilter] as const);
  return filter === "" ? [] : [{ filter, parameter, asked: filterName(parameter, filter) }];
}

function implied(parameter: string, isOn: boolean): readonly Implied[] {
  return isOn ? [{ implied: parameter }] : [];
}
