import { resolveAddress, type Resolution } from "./address/resolve.ts";
import type { Run } from "./run.ts";

/**
 * Resolves an address as smtpd does: a recipient from the sender's side, a sender from the recipient's. Each is resolved
 * once in a session. See smtpd_resolve.c, smtpd_resolve_addr().
 */
export function resolve(run: Run, address: string, as: "recipient" | "sender"): Resolution {
  const { senderTransportFor, senderRelayhostFor } = run.resolveSettings;
  // Only these two look at it.
  const from = senderTransportFor || senderRelayhostFor ? ((as === "sender" ? run.recipient : run.sender) ?? "") : "";
  const key = from === "" ? address : `${from}\n${address}`;
  let resolved = run.resolved.get(key);
  if (!resolved) {
    resolved = resolveAddress(from, address, run.resolveSettings);
    run.resolved.set(key, resolved);
  }
  return resolved;
}
