import type { NextFilter, Run } from "./run.ts";
import type { Step } from "./trace.ts";

/** Who names a filter for whole messages: a parameter, or the action FILTER of an access map. */
export type FilterWord = "smtpd_proxy_filter" | "content_filter" | "filter";

/** What the step of a message that goes through a filter is called. */
export function filterName(word: FilterWord, destination: string): string {
  return `${word} ${destination}`;
}

/**
 * Where a message goes that is accepted: to a proxy in place of the queue, or from the queue to a filter. The action
 * FILTER wins over content_filter, for the last record counts.
 * See smtpd.c, mail_open_stream(), data_cmd(); qmgr_message.c, qmgr_message_read().
 */
export function filterSteps({ configuration, discard, filter, settings }: Run): readonly Step[] {
  const { proxyFilter, contentFilter } = settings;
  if (discard) return [];
  const named = (word: "smtpd_proxy_filter" | "content_filter", destination: string): Step =>
    stepOf(word, { destination, at: configuration.parameters.written(word)?.nameAt });
  if (proxyFilter) return [named("smtpd_proxy_filter", proxyFilter.endpoint)];
  if (filter) return [stepOf("filter", filter)];
  return contentFilter === "" ? [] : [named("content_filter", contentFilter)];
}

const REASONS: Readonly<Record<FilterWord, string>> = {
  smtpd_proxy_filter: "this proxy takes the message in place of the queue",
  content_filter: "the queue hands the message to this filter",
  filter: "the queue hands the message to this filter, which an access map has named",
};

function stepOf(word: FilterWord, { destination, at }: NextFilter): Step {
  const because = { kind: "fact", text: REASONS[word] } as const;
  return { asked: filterName(word, destination), outcome: "FILTER", because, at, children: [] };
}
