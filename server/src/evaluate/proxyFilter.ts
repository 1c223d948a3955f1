import type { Parameters } from "../config/parameters.ts";
import { isValidHostAddress, isValidUtf8Hostname } from "./address/hostname.ts";
import { filterName } from "./filters.ts";
import { hasName } from "./hasName.ts";
import type { Performed } from "./performed.ts";
import { warn } from "./refuse.ts";
import type { Run } from "./run.ts";

/** A before-queue filter: smtpd passes the message to it instead of putting it into the queue. */
export interface ProxyFilter {
  /** `inet:127.0.0.1:10025` */
  readonly endpoint: string;
  /** smtpd_proxy_options = speed_adjust: it is asked when the whole message is there. */
  readonly late: boolean;
}

export function proxyFilterOf(parameters: Parameters): ProxyFilter | undefined {
  const endpoint = parameters.value("smtpd_proxy_filter");
  if (endpoint === "") return undefined;
  return { endpoint, late: hasName(parameters, "smtpd_proxy_options", "speed_adjust") };
}

const UNREACHABLE = "451 4.3.0 Error: queue file write error";

/**
 * Begins a transaction with the filter. Undefined: there it is, or it is asked later.
 * See smtpd_proxy.c, smtpd_proxy_create().
 */
export function beginProxied(run: Run, filter: ProxyFilter): Performed | undefined {
  return filter.late ? undefined : connect(run, filter);
}

/** The reply to a message that the filter has from its first byte to the last. See smtpd.c, common_post_message_handling(). */
export function endProxied(run: Run, filter: ProxyFilter): Performed {
  const failed = filter.late ? connect(run, filter) : undefined;
  const refuses = !failed && run.facts.milter(filter.endpoint, "proxy filter") === "refuses";
  return failed ?? (refuses ? objection(run, filter, REFUSAL, "it refuses the message") : ACCEPTED);
}

const NOTHING: Performed = { raw: "", steps: [] };
const ACCEPTED: Performed = { raw: "250 2.0.0 Ok: queued as QUEUEID", steps: [] };
const REFUSAL = "550 5.7.1 Command rejected";

/** See smtpd_proxy.c, smtpd_proxy_connect(). */
function connect(run: Run, filter: ProxyFilter): Performed | undefined {
  const complaint = complaintAbout(filter.endpoint);
  if (complaint !== undefined) {
    warn(run, `fatal: ${complaint}`);
    run.hangUp = true;
    return NOTHING;
  }
  if (run.facts.milter(filter.endpoint, "proxy filter") !== "not running") return undefined;
  warn(run, `connect to proxy filter ${filter.endpoint}: nothing listens there`);
  return objection(run, filter, UNREACHABLE, "nothing listens there");
}

function objection({ configuration }: Run, { endpoint }: ProxyFilter, raw: string, because: string): Performed {
  const at = configuration.parameters.written("smtpd_proxy_filter")?.nameAt;
  const outcome = raw.startsWith("5") ? "REJECT" : "DEFER";
  const asked = filterName("smtpd_proxy_filter", endpoint);
  return { raw, steps: [{ asked, outcome, because: { kind: "fact", text: because }, at, children: [] }] };
}

/** What smtpd dies of when it connects. See inet_connect.c, inet_connect(). */
function complaintAbout(endpoint: string): string | undefined {
  if (/^unix:/i.test(endpoint)) return undefined;
  const address = endpoint.replace(/^inet:/i, "");
  const complaint = addressComplaint(address);
  return complaint && `${address}: ${complaint}`;
}

/** What is wrong with `host:port`, `[host]:port` or `port`. See host_port.c, host_port(). */
function addressComplaint(address: string): string | undefined {
  const parts = address.startsWith("[") ? bracketed(address) : plain(address);
  if (typeof parts === "string") return parts;
  const { host, port } = parts;
  if (port === "") return "missing service information";
  if (host !== undefined && !isValidUtf8Hostname(host) && !isValidHostAddress(host)) {
    return "valid hostname or network address required";
  }
  return /^\d+\D/.test(port) ? "garbage after numerical service" : undefined;
}

/** `host` undefined: this machine. */
interface HostAndPort {
  readonly host: string | undefined;
  readonly port: string;
}

function bracketed(address: string): HostAndPort | string {
  const end = address.indexOf("]");
  if (end < 0) return 'missing "]"';
  const behind = address.slice(end + 1);
  if (behind !== "" && !behind.startsWith(":")) return 'garbage after "]"';
  const inside = address.slice(1, end);
  const bare = inside.replace(/^ipv6:/i, "");
  if (bare !== inside && !(bare.includes(":") && isValidHostAddress(bare))) return "malformed IPv6 address";
  return { host: bare, port: behind.slice(1) };
}

function plain(address: string): HostAndPort {
  const colon = address.lastIndexOf(":");
  const host = address.slice(0, Math.max(colon, 0));
  return { host: host === "" ? undefined : host, port: address.slice(colon + 1) };
}
