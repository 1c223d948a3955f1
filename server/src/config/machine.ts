/** What Postfix learns from the machine it runs on. */
export interface Machine {
  /** What gethostname() says; `myhostname` takes its default from it. */
  readonly hostname: string;
  /** Addresses of the network interfaces with their prefix length, for `inet_interfaces` and `mynetworks`. */
  readonly interfaces: readonly string[];
  /** The users of the machine; missing: we do not know them. */
  readonly users?: readonly string[];
  /** The addresses of a host name, for `inet_interfaces` and `proxy_interfaces`; missing: we cannot look names up. */
  readonly addressesOf?: (name: string) => readonly string[];
}

/** A machine of which we know no more than that it has a loopback interface. */
export const UNKNOWN_MACHINE: Machine = { hostname: "localhost", interfaces: ["127.0.0.1/8", "::1/128"] };
