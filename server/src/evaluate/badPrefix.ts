import type { Configuration } from "../config/configuration.ts";
import { hasParameter } from "../postfix/parameters.ts";
import { derived } from "../text/derived.ts";
import type { Run } from "./run.ts";

/** The length of a network may be anything until a client is counted by it. See inet_prefix_top.c, inet_prefix_top(). */
export function hasBadPrefix({ client, configuration }: Run): boolean {
  const { ipv4, ipv6 } = badPrefixes(configuration);
  return client.address.includes(":") ? ipv6 : ipv4;
}

const badPrefixes = derived(({ parameters }: Configuration) => {
  const isBad = (name: string): boolean => hasParameter(name, parameters.release) && Number(parameters.value(name)) < 0;
  return { ipv4: isBad("smtpd_client_ipv4_prefix_length"), ipv6: isBad("smtpd_client_ipv6_prefix_length") };
});
