import type { Host } from "../../oracle/case.ts";
import { reverseLabels } from "./names.ts";
import type { Dice } from "./dice.ts";
import type { Draft } from "./draft.ts";

const ORDINARY = ["remote.test", "sub.remote.test", "other.test", "example.com", "relay.example.net", "virtual.test"];

const MAILS = [[10, "mail.remote.test"]] as const;

/** Fills the DNS: names that always have the same trouble, and others that may have any. */
export function addHosts(draft: Draft): void {
  const { dice, hosts, message } = draft;
  hosts.set("fail.test", { rcode: "SERVFAIL" });
  hosts.set("null.test", { MX: [[0, "."]] });
  hosts.set("aonly.test", { A: ["203.0.113.20"] });
  hosts.set("alias.test", { CNAME: "remote.test" });
  hosts.set("backup.test", backup(dice));
  for (const name of ORDINARY) {
    // The name of a client has to lead to its address.
    const host = name === message.client_name ? { A: ["203.0.113.7"], MX: MAILS } : randomHost(dice, name);
    if (host !== undefined) hosts.set(name, host);
  }
  hosts.set("mx.example.com", { A: ["198.51.100.25"] });
  hosts.set("mail.remote.test", { A: [dice.pick(["203.0.113.8", "203.0.113.9"])] });
  hosts.set("ns.remote.test", { A: ["203.0.113.53"], ...(dice.chance(20) && { AAAA: ["2001:db8::53"] }) });
  hosts.set("mx.other.test", dice.chance(80) ? { A: ["192.0.2.99"] } : { rcode: "SERVFAIL" });
  addListings(draft);
}

function backup(dice: Dice): Host {
  return dice.weigh<Host>([
    [3, { MX: [[10, "mail.remote.test"], [20, "mx.example.com"]] }],
    [1, { MX: [[10, "mx.example.com"], [20, "mail.remote.test"]] }],
    [1, { MX: [[10, "nx.test"], [20, "mx.example.com"]] }],
    [1, { MX: [[10, "mail.remote.test"]] }],
  ]); // prettier-ignore
}

function randomHost(dice: Dice, name: string): Host | undefined {
  const mx = dice.pick(["mail.remote.test", "mx.other.test", `mx.${name}`, "mx.example.com", "fail.test"]);
  const ns = dice.pick(["ns.remote.test", "ns.other.test", "mx.other.test"]);
  return dice.weigh<Host | undefined>([
    [10, { A: ["203.0.113.7"], MX: [[10, mx]], NS: [ns] }],
    [3, { MX: [[10, mx], [20, "mail.remote.test"]], NS: [ns, "ns.remote.test"] }],
    [2, { A: ["203.0.113.7"] }],
    [2, { AAAA: ["2001:db8::7"], NS: [ns] }],
    [1, { MX: "SERVFAIL", A: ["203.0.113.7"] }],
    [1, { MX: [[10, mx]], NS: "SERVFAIL" }],
    [1, { A: "SERVFAIL", NS: [ns] }],
    [1, { TXT: ["text only"] }],
    [1, { MX: [[0, "."], [10, mx]] }],
    [1, { MX: [[10, "203.0.113.7"]] }],
    [1, { CNAME: "mail.remote.test" }],
    [1, { rcode: "SERVFAIL" }],
    [2, undefined],
  ]); // prettier-ignore
}

/** What the DNS lists say about this client and the domains of this message. */
function addListings({ dice, hosts, message }: Draft): void {
  const listing = (): Host =>
    dice.weigh<Host>([
      [6, { A: ["127.0.0.2"], ...(dice.chance(60) && { TXT: ["see http://bl.test/$x"] }) }],
      [2, { A: ["127.0.0.10", "127.0.0.4"], TXT: ["first", "second"] }],
      [1, { A: ["203.0.113.1"] }],
      [1, { rcode: "SERVFAIL" }],
      [1, { A: ["127.0.0.2"], TXT: "SERVFAIL" }],
    ]);
  if (dice.chance(75)) hosts.set(`${reverseLabels(message.client_address)}.bl.test`, listing());
  for (const domain of ["remote.test", "mail.remote.test", "sub.remote.test", "example.com", "other.test"]) {
    if (dice.chance(50)) hosts.set(`${domain}.dbl.test`, listing());
  }
}
