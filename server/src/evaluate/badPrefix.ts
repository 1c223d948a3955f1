import { defaultOf } from "../postfix/parameters.ts";
import type { Run } from "./run.ts";

/** The length of a network may be anything until a client is counted by it. See inet_prefix_top.c, inet_prefix_top(). */
export function hasBadPrefix({ client, configuration: { parameters } }: Run): boolean {
  const name = `smtpd_client_ipv${client.address.includes(":") ? 6 : 4}_prefix_length`;
  return defaultOf(name, parameters.release) !== undefined && Number(parameters.value(name)) < 0;
}
