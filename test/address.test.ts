/* eslint max-lines: off -- Tables are exempt: a line is a case. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { LookupResult } from "../server/src/config/table.ts";
import { foldAscii, foldUnicode } from "../server/src/config/tables/caseFold.ts";
import { envelopeAddress } from "../server/src/evaluate/address/envelope.ts";
import {
  bareMailhostAddress,
  isValidHostAddress,
  isValidHostname,
  isValidMailhostLiteral,
  isValidUtf8Hostname,
} from "../server/src/evaluate/address/hostname.ts";
import {
  addressKeys,
  domainKeys,
  mailAddressKeys,
  recipientMapKeys,
  splitExtension,
  transportKeys,
} from "../server/src/evaluate/address/keys.ts";
import type { ExtensionSettings, LookupKey, SubdomainStyle } from "../server/src/evaluate/address/keys.ts";
import { resolveAddress } from "../server/src/evaluate/address/resolve.ts";
import type { ResolveSettings } from "../server/src/evaluate/address/resolve.ts";
import { rewriteAddress } from "../server/src/evaluate/address/rewrite.ts";
import { quoteLocalPart, unquoteLocalPart } from "../server/src/evaluate/address/tokens.ts";

// Unless a test says otherwise, its expectations are what Postfix 3.7.11 logged under `smtpd -v` for this configuration.
const SETTINGS: ResolveSettings = {
  myhostname: "mx.example.com",
  mydomain: "example.com",
  myorigin: "mx.example.com",
  swapBangpath: true,
  percentHack: true,
  appendAtMyorigin: true,
  appendDotMydomain: false,
  resolveDequotedAddress: true,
  resolveNullDomain: false,
  resolveNumericDomain: false,
  allowMinUser: false,
  smtputf8: true,
  emptyAddressRecipient: "MAILER-DAEMON",
  showUserUnknownTableName: true,
  relocatedPrefix: true,
  localTransport: "local:mx.example.com",
  virtualTransport: "virtual",
  relayTransport: "relay",
  defaultTransport: "smtp",
  relayhost: "",
  isLocalDomain: (domain) => ["example.com", "[127.0.0.1]", "[ipv6:::1]"].includes(domain.toLowerCase()),
  isVirtualAliasDomain: (domain) => domain === "va.test",
  isVirtualMailboxDomain: (domain) => domain === "vm.test",
  isRelayDomain: (domain) => domain === "relay.example.net" || domain.endsWith(".relay.example.net"),
};

/** Checks `recipient class`, with `routed` behind it where that is so, or `501`. */
function checkResolved(typed: string, expected: string, changes: Partial<ResolveSettings> = {}): void {
  const { address, malformed } = envelopeAddress(typed);
  const { recipient, addressClass, routed, error } = resolveAddress("", address, { ...SETTINGS, ...changes });
  const resolved = `${recipient} ${addressClass}${routed ? " routed" : ""}`;
  assert.equal(malformed || error ? "501" : resolved, expected, typed);
}

/** Checks `transport:nexthop`. */
function checkRoute(address: string, expected: string, changes: Partial<ResolveSettings>): void {
  const { transport, nexthop, failed, stuck } = resolveAddress("joe@remote.test", address, { ...SETTINGS, ...changes });
  assert.equal(failed ? "failed" : stuck ? "stuck" : `${transport}:${nexthop}`, expected, address);
}

/** Checks the keys in order; partial ones are marked by a final `*`. */
function checkKeys(keys: readonly LookupKey[], expected: string): void {
  assert.equal(keys.map(({ key, partial }) => (partial ? `${key}*` : key)).join(" | "), expected);
}

function checkRewritten(address: string, expected: string, changes: Partial<ResolveSettings> = {}): void {
  assert.equal(rewriteAddress(address, { ...SETTINGS, ...changes }), expected, address);
}

function checkTyped(typed: string, expected: string | undefined): void {
  const { address, malformed } = envelopeAddress(typed);
  assert.equal(malformed ? undefined : address, expected, typed);
}

function checkSplit(localPart: string, expected: string | undefined, settings: ExtensionSettings): void {
  assert.equal(splitExtension(localPart, settings), expected, localPart);
}

function accessKeys(address: string, domains: SubdomainStyle): readonly LookupKey[] {
  return mailAddressKeys(address, { delimiter: "+", domains });
}

function recipientKeys(address: string): readonly LookupKey[] {
  return recipientMapKeys(address, { delimiter: "+", isLocal: (domain) => domain === "example.com" });
}

function tableOf(entries: Record<string, string>): (keys: readonly LookupKey[]) => LookupResult {
  return (keys) => {
    const value = keys.map(({ key }) => entries[key]).find((found) => found !== undefined);
    return value === undefined ? { kind: "not found" } : { kind: "found", value };
  };
}

test("plain addresses have the class of their domain", () => {
  checkResolved("alice@example.com", "alice@example.com local");
  checkResolved("Alice+X@Example.COM", "alice+x@example.com local");
  checkResolved("x@other.test", "x@other.test default");
  checkResolved("x@relay.example.net", "x@relay.example.net relay");
  checkResolved("x@sub.relay.example.net", "x@sub.relay.example.net relay");
  checkResolved("x@va.test", "x@va.test virtual-alias");
  checkResolved("x@vm.test", "x@vm.test virtual-mailbox");
  checkResolved("x|y@example.com", "x|y@example.com local");
  checkResolved("a:b@example.com", "a:b@example.com local");
});

test("incomplete addresses are completed", () => {
  checkResolved("joe", "joe@mx.example.com default");
  checkResolved("joe@host", "joe@host default");
  checkResolved("joe@host", "joe@host.example.com default", { appendDotMydomain: true });
  checkResolved("joe@host.", "joe@host default", { appendDotMydomain: true });
  checkResolved("host!joe", "joe@host.example.com default", { appendDotMydomain: true });
  checkResolved("joe%host@example.com", "joe@host.example.com default", { appendDotMydomain: true });
  checkResolved("joe@[1.2.3.4]", "joe@[1.2.3.4] default", { appendDotMydomain: true });
  checkResolved("joe", "joe@mx.example.com default", { appendAtMyorigin: false });
  checkResolved("joe%other.test", "joe@other.test default", { appendAtMyorigin: false });
  checkResolved("x@example.com.", "x@example.com local");
  checkResolved("x@other.test.", "x@other.test default");
  checkResolved("x@example.com..", "501");
});

test("a local domain gives way to the routing before it", () => {
  checkResolved("bob%other.test@example.com", "bob@other.test default");
  checkResolved("bob%relay.example.net@example.com", "bob@relay.example.net relay");
  checkResolved('"bob@other.test"@example.com', "bob@other.test default");
  checkResolved('"bob%other.test"@example.com', "bob@other.test default");
  checkResolved("other.test!bob@example.com", "bob@other.test default");
  checkResolved('"other.test!bob"@example.com', "bob@other.test default");
  checkResolved("a\\@other.test@example.com", "a@other.test default");
  checkResolved("bob%other.test", "bob@other.test default");
  checkResolved("other.test!bob", "bob@other.test default");
  checkResolved("a@b@example.com", "a@b default");
  checkResolved("a@example.com@example.com", "a@example.com local");
  checkResolved("@a.test,@b.test:c@example.com", "c@example.com local");
  checkResolved("a!@example.com", "@a default");
});

test("routing that is left over is marked", () => {
  checkResolved("bob%other.test@relay.example.net", "bob%other.test@relay.example.net relay routed");
  checkResolved("other.test!bob@va.test", "other.test!bob@va.test virtual-alias routed");
  checkResolved("a%b%c.test@example.com", "a%b@c.test default routed");
  checkResolved("c.test!b.test!a@example.com", "b.test!a@c.test default routed");
  const bang = { swapBangpath: false };
  checkResolved("other.test!bob@example.com", "other.test!bob@example.com local routed", bang);
  checkResolved("other.test!bob", "other.test!bob@mx.example.com default routed", bang);
  const percent = { percentHack: false };
  checkResolved("bob%other.test@example.com", "bob%other.test@example.com local routed", percent);
  checkResolved('"bob%other.test"@example.com', "bob%other.test@example.com local routed", percent);
  const quoted = { resolveDequotedAddress: false };
  checkResolved('"bob@other.test"@example.com', "bob@other.test@example.com local routed", quoted);
  checkResolved('"bob%other.test"@example.com', "bob@other.test default", quoted);
});

test("missing parts are filled in or refused", () => {
  checkResolved("@example.com", "mailer-daemon@example.com local");
  checkResolved('""@example.com', "mailer-daemon@example.com local");
  checkResolved("@example.com", "nobody@other.test default", { emptyAddressRecipient: "nobody@other.test" });
  checkResolved("@other.test", "@other.test default");
  for (const typed of ["joe@", "!b@example.com", "%@example.com", "@", "@@", "!", "%"]) checkResolved(typed, "501");
  checkResolved("joe@", "joe@mx.example.com default", { resolveNullDomain: true });
  checkResolved("@", "mailer-daemon@mx.example.com default", { resolveNullDomain: true });
  checkResolved('"c d"@', "c d@mx.example.com default", { resolveNullDomain: true });
  checkResolved('"!c d"@example.com', "cd@example.com local", { resolveNullDomain: true });
});

test("the domain must be a host name or an address literal", () => {
  for (const domain of ["12345", "1.2.3.4", "a..b", "-bad-.test", "[::1]", "[1.2.3]", "[127.0.0.1].x", "::1"]) {
    checkResolved(`joe@${domain}`, "501");
  }
  checkResolved("x@example.com%other.test", "501");
  checkResolved("joe@a_b.test", "joe@a_b.test default");
  checkResolved("joe@[127.0.0.1]", "joe@[127.0.0.1] local");
  checkResolved("joe@[203.0.113.9]", "joe@[203.0.113.9] default");
  checkResolved("joe@[IPv6:::1]", "joe@[ipv6:::1] local");
  checkResolved("joe@[ipv6:2001:db8::1]", "joe@[ipv6:2001:db8::1] default");
  const numeric = { resolveNumericDomain: true };
  checkResolved("joe@1.2.3.4", "joe@[1.2.3.4] default", numeric);
  checkResolved("joe@127.0.0.1", "joe@[127.0.0.1] local", numeric);
  checkResolved("joe@::1", "joe@[::1] default", numeric);
  checkResolved("joe@1.2.3", "501", numeric);
});

test("an address that looks like an option is refused", () => {
  checkResolved("-x@example.com", "501");
  checkResolved('"-x"@example.com', "501");
  checkResolved("-x@example.com", "-x@example.com local", { allowMinUser: true });
});

test("a failing list of domains fails the address", () => {
  for (const list of ["isLocalDomain", "isVirtualAliasDomain", "isVirtualMailboxDomain", "isRelayDomain"] as const) {
    checkRoute("x@other.test", "failed", { [list]: () => "error" });
  }
  checkRoute("x@example.com", "local:mx.example.com", { isRelayDomain: () => "error" });
});

test("main.cf gives each class a transport", () => {
  const changes = {
    localTransport: "error:5.1.1 gone",
    defaultTransport: "retry:4.0.0 later",
    relayTransport: "smtp:[gw]",
    relayhost: "[hub]",
  };
  checkRoute("x@example.com", "error:5.1.1 gone", changes);
  checkRoute("x@other.test", "retry:4.0.0 later", changes);
  checkRoute("x@relay.example.net", "smtp:[gw]", changes);
  checkRoute("x@va.test", "error:5.1.1 User unknown in virtual alias table", changes);
  checkRoute("x@vm.test", "virtual:vm.test", changes);
  checkRoute("x@va.test", "error:5.1.1 User unknown", { showUserUnknownTableName: false });
  checkRoute("x@other.test", "smtp:[hub]", { relayhost: "[hub]" });
  checkRoute("x@other.test", "stuck", { defaultTransport: ":x" });
});

test("transport_maps and relocated_maps change the route", () => {
  const transports = tableOf({
    "other.test": "error:5.7.9 no",
    "retry.test": "retry:",
    "va.test": "smtp:x",
    "bob@example.com": ":hop",
    "gone.test": "error",
    "*": "slow:",
  });
  const moved = tableOf({ "moved@example.com": "new@x.test", "@left.test": "elsewhere" });
  const changes: Partial<ResolveSettings> = {
    transportFor: (recipient) => transports(transportKeys(recipient, { delimiter: "+", domains: "dotted parents" })),
    relocatedTo: (recipient) => moved(recipientKeys(recipient)),
  };
  checkRoute("x@other.test", "error:5.7.9 no", changes);
  checkRoute("x@retry.test", "retry:Address is undeliverable", changes);
  checkRoute("x@a.other.test", "slow:a.other.test", changes);
  checkRoute("x@relay.example.net", "slow:relay.example.net", changes);
  checkRoute("x@va.test", "error:5.1.1 User unknown in virtual alias table", changes);
  checkRoute("bob+1@example.com", "local:hop", changes);
  checkRoute("x@gone.test", "error:Address is undeliverable", changes);
  checkRoute("moved+a@example.com", "error:5.1.6 User has moved to new@x.test", changes);
  checkRoute("x@left.test", "error:5.1.6 User has moved to elsewhere", changes);
});

test("without its prefix, relocated_maps holds the whole reply", () => {
  // Not observed: trivial-rewrite/resolve.c of 3.12.
  const moved = (value: string) => ({ relocatedPrefix: false, relocatedTo: () => ({ kind: "found", value }) as const });
  checkRoute("x@example.com", "error:5.2.1 Closed", moved("5.2.1 Closed"));
  checkRoute("x@example.com", "error:5.2.0 Mailbox is unavailable", moved("new@x.test"));
  checkRoute("x@example.com", "error:5.2.0 Mailbox is unavailable", moved("5.2.1 "));
});

test("tables may choose by sender", () => {
  const senders = tableOf({ "joe@remote.test": "slow:hop", "": "DUNNO" });
  const bySender = (sender: string) => senders([{ key: sender, partial: false }]);
  checkRoute("x@other.test", "slow:hop", { senderTransportFor: bySender });
  checkRoute("x@relay.example.net", "relay:relay.example.net", { senderTransportFor: bySender });
  checkRoute("x@relay.example.net", "relay:slow:hop", { senderRelayhostFor: bySender });
  checkRoute("x@other.test", "failed", { senderRelayhostFor: () => ({ kind: "error", because: "down" }) });
  checkRoute("x@example.com", "local:mx.example.com", { senderTransportFor: bySender });
});

test("rewriting completes an address and keeps what it does not understand", () => {
  const rewritten: readonly (readonly [string, string])[] = [
    ["joe", "joe@mx.example.com"],
    ["joe@host", "joe@host.example.com"],
    ["joe@host.", "joe@host"],
    ["joe@host..", "joe@host.."],
    ["joe@host.test", "joe@host.test"],
    ["joe@", "joe@"],
    ["joe@.", "joe@."],
    ["joe@[192.0.2.1]", "joe@[192.0.2.1]"],
    ["host!joe", "joe@host.example.com"],
    ["host!next!joe", "next!joe@host.example.com"],
    ["host.test!joe", "joe@host.test"],
    ["!joe", "joe@"],
    ["host!", '""@host.example.com'],
    ["joe%next%host", "joe%next@host.example.com"],
    ["%host", '""@host.example.com'],
    ["joe%", "joe@"],
    ["home!joe@host", "home!joe@host.example.com"],
    ['"joe smith"', '"joe smith"@mx.example.com'],
    ['"joe."', '"joe."@mx.example.com'],
    ['""@', '""@'],
    ["!", '""@'],
    ['""', '""'],
    ["", ""],
  ];
  for (const [address, expected] of rewritten) checkRewritten(address, expected, { appendDotMydomain: true });
  checkRewritten("@a.test,@b.test:c", "c@mx.example.com");
});

test("smtpd reads one address, in any dress", () => {
  checkTyped("alice@example.com", "alice@example.com");
  checkTyped('"a b"@example.com', "a b@example.com");
  checkTyped("a\\ b@example.com", "a b@example.com");
  checkTyped('"a\\"b"@example.com', 'a"b@example.com');
  checkTyped("alice(c)@example.com", "alice@example.com");
  checkTyped("(c)alice@example.com (d)", "alice@example.com");
  checkTyped("alice@example.com,", "alice@example.com");
  checkTyped("g:alice@example.com;", "alice@example.com");
  checkTyped("x <alice@example.com>", "alice@example.com");
  checkTyped("@a.test:c@example.com", "c@example.com");
  checkTyped("a@[ 1.2.3.4 ]", "a@[ 1.2.3.4 ]");
  const refused = [
    "a b@example.com",
    "a(comment)b@example.com",
    "a,b@example.com",
    "a[b]@example.com",
    "a;b@example.com",
  ];
  for (const typed of [...refused, '"alice', 'a"b']) checkTyped(typed, undefined);
});

test("strict envelopes hold nothing but an address", () => {
  assert.equal(envelopeAddress("alice@example.com").strictlyMalformed, false);
  assert.equal(envelopeAddress('"a b"@example.com').strictlyMalformed, false);
  assert.equal(envelopeAddress("alice(c)@example.com").strictlyMalformed, true);
  assert.equal(envelopeAddress("x <alice@example.com>").strictlyMalformed, true);
  assert.equal(envelopeAddress("@example.com").strictlyMalformed, true);
  assert.equal(envelopeAddress("a@b.test> SIZE=1").parameters, "SIZE=1>");
});

test("access maps are asked for the address, the domains and the local part", () => {
  const sub = "sub.remote.test* | remote.test* | test*";
  checkKeys(
    accessKeys("joe+x@sub.remote.test", "parents"),
    `joe+x@sub.remote.test | joe@sub.remote.test* | ${sub} | joe+x@* | joe@*`,
  );
  const dotted = "sub.remote.test* | .remote.test* | .test*";
  checkKeys(accessKeys("joe@sub.remote.test", "dotted parents"), `joe@sub.remote.test | ${dotted} | joe@*`);
  checkKeys(
    accessKeys("a b@example.com", "parents"),
    '"a b"@example.com | a b@example.com | example.com* | com* | "a b"@* | a b@*',
  );
  checkKeys(accessKeys("joe@[1.2.3.4]", "parents"), "joe@[1.2.3.4] | [1.2.3.4]* | 2.3.4]* | 3.4]* | 4]* | joe@*");
});

test("recipient maps are asked for local users without a domain", () => {
  checkKeys(
    recipientKeys("alice+x@example.com"),
    "alice+x@example.com | alice@example.com* | alice+x* | alice* | @example.com*",
  );
  checkKeys(recipientKeys("alice@other.test"), "alice@other.test | @other.test*");
  checkKeys(recipientKeys("a b@example.com"), '"a b"@example.com | a b@example.com | "a b"* | a b* | @example.com*');
});

test("host names are looked up with their parents, addresses with their networks", () => {
  checkKeys(domainKeys("mail.remote.test", "parents"), "mail.remote.test | remote.test* | test*");
  checkKeys(domainKeys("mail.remote.test", "dotted parents"), "mail.remote.test | .remote.test* | .test*");
  checkKeys(domainKeys("remote.test.", "parents"), "remote.test. | test.*");
  checkKeys(domainKeys("remote.test.", "dotted parents"), "remote.test. | .test.* | .*");
  checkKeys(domainKeys("[203.0.113.8]", "parents"), "[203.0.113.8] | 0.113.8]* | 113.8]* | 8]*");
  checkKeys(domainKeys("203.0.113.8", "parents"), "203.0.113.8");
  checkKeys(domainKeys("2001:db8::1", "parents"), "2001:db8::1");
  checkKeys(domainKeys("1.2.3", "parents"), "1.2.3 | 2.3* | 3*");
  checkKeys(domainKeys("", "parents"), "");
  checkKeys(addressKeys("203.0.113.8"), "203.0.113.8 | 203.0.113* | 203.0* | 203*");
  checkKeys(
    addressKeys("2001:db8:1:2::99"),
    "2001:db8:1:2::99 | 2001:db8:1:2:* | 2001:db8:1:2* | 2001:db8:1* | 2001:db8* | 2001*",
  );
  checkKeys(addressKeys("::1"), "::1 | :*");
});

test("some local parts have no extension", () => {
  const plus = { delimiter: "+" };
  checkSplit("joe+x+y", "joe", plus);
  checkSplit("joe+", "joe", plus);
  checkSplit("+x", undefined, plus);
  checkSplit("joe", undefined, plus);
  checkSplit("joe+x", undefined, { delimiter: "" });
  checkSplit("postmaster+x", "postmaster", plus);
  const minus = { delimiter: "+-" };
  checkSplit("a-b+c", "a", minus);
  for (const reserved of ["Mailer-Daemon", "double-bounce", "owner-x", "x-Request"])
    checkSplit(reserved, undefined, minus);
  checkSplit("-request", undefined, minus);
  checkSplit("owner-x", "owner", { delimiter: "-", ownerRequestSpecial: false });
  checkSplit("double-bounce", "double", { delimiter: "-", doubleBounceSender: "bounce-twice" });
});

test("host names follow the rules of valid_hostname()", () => {
  const long = `${"a".repeat(63)}.`;
  for (const name of ["bad_helo", "a", "a-b.c", "1.2.3.x", "_", "1-2", long.repeat(3) + "a".repeat(63)]) {
    assert.equal(isValidHostname(name), true, name);
  }
  for (const name of ["", ".", "a.", ".a", "a..b", "-a", "a-", "a-.b", "a.-b", "12345", "1.2.3.4.5", "a b", "é"]) {
    assert.equal(isValidHostname(name), false, name);
  }
  assert.equal(isValidHostname("a".repeat(64)), false);
  assert.equal(isValidHostname(long.repeat(3) + "a".repeat(64)), false);
  for (const name of ["é.test", "é_b.test", "é.1", "é。b", "☃.test", "a.test"]) {
    assert.equal(isValidUtf8Hostname(name), true, name);
  }
  for (const name of ["１２", "é..b", "-é.test", "é-.test", "ab--c.é", "a／b", "é%b", "é*.test", "é".repeat(63)]) {
    assert.equal(isValidUtf8Hostname(name), false, name);
  }
});

test("numerical addresses follow the rules of valid_hostaddr()", () => {
  for (const address of ["1.2.3.4", "0.0.0.0", "010.1.2.3", "::", "::1", "1::", "1:2:3", "fe80::1.2.3.4", "1::2:3"]) {
    assert.equal(isValidHostAddress(address), true, address);
  }
  const bad = ["", "1.2.3", "256.1.1.1", "0.1.2.3", "1.2.3.4.", "1..2.3", "a.1.1.1", "1:2", ":1:2", "1:2:", ":::"];
  for (const address of [...bad, "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7:8:9", "::1.2.3", "1.2.3.4::"]) {
    assert.equal(isValidHostAddress(address), false, address);
  }
});

test("address literals say which kind they are", () => {
  for (const literal of ["[1.2.3.4]", "[IPv6:::1]", "[ipv6:2001:db8::1]", "[IPv6:1:2:3]"]) {
    assert.equal(isValidMailhostLiteral(literal), true, literal);
  }
  const bad = ["1.2.3.4", "[1.2.3.4", "[1.2.3.4].x", "[::1]", "[IPv6:1.2.3.4]", "[bad literal]", "[]"];
  for (const literal of bad) assert.equal(isValidMailhostLiteral(literal), false, literal);
  assert.equal(bareMailhostAddress("IPV6:::1"), "::1");
  assert.equal(bareMailhostAddress("::1"), undefined);
});

test("quoting and unquoting are opposites", () => {
  const forms: readonly (readonly [string, string])[] = [
    ["a@b", "a@b"],
    ["a b@c", '"a b"@c'],
    ["a@b@c", '"a@b"@c'],
    ['a"\\@c', '"a\\"\\\\"@c'],
    [".a@c", '".a"@c'],
    ["@c", '""@c'],
    ["", '""'],
    ["a%b!c@d", "a%b!c@d"],
    ["@x:a b@c", '@x:"a b"@c'],
    ["é@c", "é@c"],
  ];
  for (const [internal, external] of forms) {
    assert.equal(quoteLocalPart(internal), external);
    assert.equal(unquoteLocalPart(external), internal);
  }
});

test("case is folded, not only lowered", () => {
  const folded: readonly (readonly [string, string])[] = [
    ["Alice@EXAMPLE.com", "alice@example.com"],
    ["Straße", "strasse"],
    ["ẞ", "ss"],
    ["ΌΣΟΣ ς", "όσοσ σ"],
    ["İı", "i̇ı"],
  ];
  for (const [text, expected] of folded) assert.equal(foldUnicode(text), expected);
  assert.equal(foldAscii("ÉA"), "Éa");
});
