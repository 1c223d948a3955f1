import { warn } from "./refuse.ts";
import { isRefusal } from "./reply.ts";
import type { Run } from "./run.ts";

/**
 * What smtpd_reject_filter_maps make of a refusal; a result that is no refusal is ignored. Since 3.11.
 * See smtpd_chat.c, vsmtpd_chat_reply().
 */
export function filteredReply(run: Run, line: string): string {
  const { settings, ask, queueId } = run;
  if (!settings.filtersReplies || !isRefusal(line)) return line;
  for (const table of settings.maps("smtpd_reject_filter_maps")) {
    const result = table.lookup(line, ask.action);
    if (result.kind === "error") break;
    if (result.kind === "not found") continue;
    if (/^(?:4\d\d[ -](?![0-35-9])|5\d\d[ -](?![0-46-9]))/.test(result.value)) return result.value;
    warn(run, `${queueId}: ignoring invalid reject filter result: ${result.value}`);
    break;
  }
  return line;
}
