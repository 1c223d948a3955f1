import type { ListItem } from "../../config/restrictionList.ts";
import type { ListWord } from "../../config/listWord.ts";
import type { RestrictionName } from "../../postfix/restrictions.ts";
import type { Location } from "../../text/location.ts";
import type { ListContext } from "../list.ts";
import type { Reason } from "../reason.ts";
import { logPermit, refuseBroken, warn, type Status } from "../refuse.ts";
import type { Run } from "../run.ts";
import type { Outcome, Step, TriedKey } from "../trace.ts";

/** What a check says and why. */
export interface Finding {
  readonly status: Status;
  readonly because: Reason;
  /** The outcome to show when the status alone does not tell: HOLD, DISCARD … */
  readonly outcome?: Outcome | undefined;
  readonly tried?: readonly TriedKey[] | undefined;
  readonly entry?: Location | undefined;
  readonly children?: readonly Step[];
}

/** A restriction as it stands in a list. */
export interface Call extends ListContext {
  readonly item: ListItem;
  readonly name: RestrictionName;
  readonly argument: ListWord | undefined;
}

/** Evaluates one restriction. */
export type Check = (run: Run, call: Call) => Finding;

/** The finding of a check whose attribute the session does not have (yet). */
export function missing(attribute: string): Finding {
  return { status: "DUNNO", because: { kind: "attribute missing", attribute } };
}

/** A finding whose reason is a sentence about what the world said. */
export function fact(status: Status, text: string): Finding {
  return { status, because: { kind: "fact", text } };
}

/** Says OK, with a line in the log when smtpd_log_access_permit_actions names the restriction. */
export function permit(run: Run, call: Call, subject: Call["subject"], because: Reason): Finding {
  // A blank follows: Postfix formats an empty text behind it. See smtpd_check.c, NO_PRINT_ARGS.
  logPermit(run, call.item.word.text, subject, " ");
  return { status: "OK", because };
}

/** A check_*_access without a `type:name` behind it. See smtpd_check.c, is_map_command(). */
export function badTable(run: Run, call: Call): Finding {
  const argument = call.argument?.text;
  warn(run, `restriction ${call.name}: bad argument "${argument ?? call.item.word.text}": need maptype:mapname`);
  return { status: refuseBroken(run), because: { kind: "bad argument", restriction: call.name, argument } };
}

/** Warns that what follows a final restriction is ignored. */
export function ignoredNext(run: Run, call: Call): void {
  const { next } = call.item;
  if (next && run.warnIfReject === 0) warn(run, `restriction \`${next.text}' after \`${call.name}' is ignored`);
}
