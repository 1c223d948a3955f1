import type { Configuration } from "../config/configuration.ts";
import { splitNames } from "../syntax/words.ts";

/**
 * Whether clients from other machines can connect to a service: not to one in the file system, and not to one that
 * listens on the loopback interface only. See master(5), "Service name", and inet_interfaces in postconf(5).
 */
export function isReachable({ service, parameters }: Configuration): boolean {
  const { entry, name } = service;
  const type = entry?.columns[1]?.text;
  if (type === "unix" || type === "fifo") return false;
  const host = /^(.*):[^:]*$/.exec(name)?.[1];
  if (type !== "pass" && host !== undefined && host !== "") return !isLoopback(host.replace(/^\[(.*)\]$/, "$1"));
  const interfaces = splitNames(parameters.value("inet_interfaces"));
  return interfaces.length === 0 || interfaces.some(({ text }) => !isLoopback(text.replace(/^\[(.*)\]$/, "$1")));
}

function isLoopback(name: string): boolean {
  return name.startsWith("127.") || ["::1", "localhost", "loopback-only"].includes(name.toLowerCase());
}
