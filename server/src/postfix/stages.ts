import type { RestrictionName } from "./restrictions.ts";

/** When in the SMTP session a restriction list is asked. */
export type Stage = "client" | "helo" | "sender" | "relay" | "recipient" | "data" | "end-of-data" | "etrn";

/** A parameter that holds a restriction list. */
export interface StageFact {
  readonly parameter: string;
  readonly stage: Stage;
  /** What a bare `type:name` in this list means; undefined: an error (451 4.3.5). smtpd_check.c: generic_checks(). */
  readonly bareTable: RestrictionName | undefined;
  readonly summary: string;
  /** Markdown. */
  readonly details: string;
}

/** In the order of the SMTP session. Cites postconf(5) and smtpd_check.c: smtpd_check_client() … smtpd_check_eod(). */
export const STAGES: readonly StageFact[] = [
  {
    parameter: "smtpd_client_restrictions",
    stage: "client",
    bareTable: "check_client_access",
    summary: "Asked about the client that connects.",
    details:
      "With `smtpd_delay_reject = yes` (the default) the list is asked at RCPT TO or ETRN, once for each recipient, and sees HELO name, sender and recipient too. " +
      "With `no` it is asked at connect: a refusal replaces the greeting, and checks on values that are not known yet are skipped in silence.\n\n" +
      "`OK` ends this list only; the later lists are still asked.",
  },
  {
    parameter: "smtpd_helo_restrictions",
    stage: "helo",
    bareTable: "check_helo_access",
    summary: "Asked about the name that the client gives with HELO or EHLO.",
    details:
      "Skipped as a whole, even `reject`, when the client sent no HELO or EHLO: set `smtpd_helo_required = yes` to make it certain. " +
      "Delayed until RCPT TO or ETRN by `smtpd_delay_reject = yes`. `OK` ends this list only.",
  },
  {
    parameter: "smtpd_sender_restrictions",
    stage: "sender",
    bareTable: "check_sender_access",
    summary: "Asked about the envelope sender of MAIL FROM.",
    details:
      "Delayed until RCPT TO by `smtpd_delay_reject = yes`, so it is asked once for each recipient. " +
      "`OK` ends this list only. With `smtpd_reject_unlisted_sender = yes` a `reject_unlisted_sender` follows at the end, even after `OK`.",
  },
  {
    parameter: "smtpd_relay_restrictions",
    stage: "relay",
    bareTable: "check_recipient_access",
    summary: "Asked at RCPT TO whether this client may send mail to that destination through this server.",
    details:
      "A recipient needs the consent of this list **and** of `smtpd_recipient_restrictions`. It comes before that list with `smtpd_relay_before_recipient_restrictions = yes` (the default from `compatibility_level = 3.6`), after it otherwise.\n\n" +
      "The default is empty below `compatibility_level = 1`; then the recipient list alone must stop strangers from relaying. " +
      "smtpd does not start unless one of the two lists holds `reject_unauth_destination`, `defer_unauth_destination`, `reject`, `defer`, `defer_if_permit` or `check_relay_domains` (classes are searched, tables are not).",
  },
  {
    parameter: "smtpd_recipient_restrictions",
    stage: "recipient",
    bareTable: "check_recipient_access",
    summary: "Asked at RCPT TO about each recipient.",
    details:
      "`OK` here does not permit relaying as long as `smtpd_relay_restrictions` refuses. Without a relay list, an `OK` before `reject_unauth_destination` makes an open relay for whoever gets it.\n\n" +
      "With `smtpd_reject_unlisted_recipient = yes` a `reject_unlisted_recipient` follows at the end, even after `OK`. A bare `postmaster` without domain is accepted before any list is asked.",
  },
  {
    parameter: "smtpd_data_restrictions",
    stage: "data",
    bareTable: undefined,
    summary: "Asked at the DATA command, once for all recipients.",
    details:
      "The recipient is known here only when exactly one was accepted; otherwise recipient checks are skipped. " +
      "A bare `type:name` is an error (451 4.3.5): write the `check_*_access` in front. A refusal refuses the message for all recipients.",
  },
  {
    parameter: "smtpd_end_of_data_restrictions",
    stage: "end-of-data",
    bareTable: undefined,
    summary: "Asked after the message content was received, before it is accepted.",
    details:
      "The recipient is known here only when exactly one was accepted. The message size is known, for policy services. " +
      "`PREPEND` comes too late here and is ignored with a warning; a bare `type:name` is an error (451 4.3.5).",
  },
  {
    parameter: "smtpd_etrn_restrictions",
    stage: "etrn",
    bareTable: "check_etrn_access",
    summary: "Asked at ETRN, about the domain whose queued mail the client wants delivered.",
    details:
      "Delayed client and HELO lists are asked first. There is no sender and no recipient. " +
      "`FILTER`, `HOLD`, `DISCARD`, `REDIRECT` and `BCC` are ignored with a warning.",
  },
];

const BY_PARAMETER = new Map(STAGES.map((stage) => [stage.parameter, stage]));

export function stageOf(parameter: string): StageFact | undefined {
  return BY_PARAMETER.get(parameter);
}
