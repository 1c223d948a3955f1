/** A parameter that each transport of master.cf has of its own. */
interface TransportParameter {
  /** `slow` in `slow_destination_concurrency_limit`. */
  readonly transport: string;
  /** The parameter whose value it takes when it is not set. */
  readonly fallback: string;
}

/**
 * What may follow the name of a transport. Cites qmgr(8) and qmgr_transport.c, qmgr_transport_create(); for
 * `_time_limit`, pipe(8) and spawn(8).
 */
export const TRANSPORT_SUFFIXES: readonly string[] = [
  "_delivery_slot_cost",
  "_delivery_slot_discount",
  "_delivery_slot_loan",
  "_destination_concurrency_failed_cohort_limit",
  "_destination_concurrency_limit",
  "_destination_concurrency_negative_feedback",
  "_destination_concurrency_positive_feedback",
  "_destination_rate_delay",
  "_destination_recipient_limit",
  "_extra_recipient_limit",
  "_initial_destination_concurrency",
  "_minimum_delivery_slots",
  "_recipient_limit",
  "_recipient_refill_delay",
  "_recipient_refill_limit",
  "_transport_rate_delay",
  "_time_limit",
];

/** Whether the value of a parameter is `transport:nexthop`. */
export function isTransport(parameter: string): boolean {
  return parameter === "content_filter" || parameter.endsWith("_transport");
}

/** Whether the tables of a parameter answer with `transport:nexthop`. See transport(5) and resolve.c, resolve_addr(). */
export function answersTransports(parameter: string): boolean {
  return /(?:^|_)transport_maps$/.test(parameter);
}

/** The transport and the meaning of a name such as `slow_destination_rate_delay`. */
export function transportParameter(name: string): TransportParameter | undefined {
  const suffix = TRANSPORT_SUFFIXES.filter((ending) => name.endsWith(ending)).sort((a, b) => b.length - a.length)[0];
  if (suffix === undefined || suffix.length === name.length) return undefined;
  return { transport: name.slice(0, -suffix.length), fallback: fallbackOf(suffix) };
}

/** The parameter that `suffix` stands for where a transport has none of its own. */
export function fallbackOf(suffix: string): string {
  if (suffix === "_time_limit") return "command_time_limit";
  if (suffix === "_initial_destination_concurrency") return "initial_destination_concurrency";
  return `default${suffix}`;
}
