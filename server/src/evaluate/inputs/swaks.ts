import { parseAddress } from "../../syntax/network.ts";
import type { Message } from "../message.ts";
import { known, type MessageInput } from "./messageInput.ts";
import { swaksOptions, type SwaksOptions } from "./swaksOptions.ts";

type Given = SwaksOptions["given"];

/** Some attributes of the message, and what is to be said about them. */
interface Part {
  readonly message: Partial<Message>;
  readonly notes: readonly string[];
}

/** Reads the message that a swaks command line sends. A string says what is wrong. */
export function inputFromSwaks(commandLine: string): MessageInput | string {
  const options = swaksOptions(commandLine);
  if (typeof options === "string") return options;
  const { given } = options;
  if (given.get("protocol")?.toUpperCase().startsWith("LMTP")) return "the SMTP server does not speak LMTP";
  const parts = [client(given), envelope(given), protocol(given), login(given), end(given)];
  const port = portOf(given);
  return {
    message: Object.assign({}, ...parts.map(({ message }) => message)) as Partial<Message>,
    notes: [...options.notes, ...parts.flatMap(({ notes }) => notes)],
    ...(port !== undefined && { hint: { port } }),
  };
}

/** XCLIENT, then the PROXY protocol, then the local interface: each says more surely who the client is. */
function client(given: Given): Part {
  const xclient = xclientOf(given);
  if (xclient) return xclient;
  const proxied = addressIn(given.get("proxy-source"));
  if (proxied !== undefined) {
    const notes = ["the client address is that of --proxy-source: the server has to expect the PROXY protocol"];
    return { message: { client_address: proxied }, notes: [...notes, NO_NAME] };
  }
  const local = addressIn(hostAndPort(given.get("local-interface")).host);
  if (local !== undefined) {
    const notes = ["the client address is that of --local-interface, as long as nothing in between translates it"];
    return { message: { client_address: local }, notes: [...notes, NO_NAME] };
  }
  return { message: {}, notes: ["a swaks command line does not tell the client address (--client-address)"] };
}

const NO_NAME = "the command line does not tell the client name (--client-name)";

function xclientOf(given: Given): Part | undefined {
  const raw = [...(given.get("xclient") ?? "").matchAll(/(\w+)=(\S*)/g)].map(
    ([, name = "", value = ""]): [string, string] => [name.toUpperCase(), value],
  );
  const free = new Map(raw);
  const attribute = (name: string): string | undefined =>
    given.get(`xclient-${name.toLowerCase().replace("_", "-")}`) ?? free.get(name);
  const address = addressIn(attribute("ADDR")?.replace(/^IPv6:/i, ""));
  const name = attribute("NAME");
  const reverse = attribute("REVERSE_NAME");
  const user = attribute("LOGIN");
  if ([address, name, reverse, user].every((value) => value === undefined)) return undefined;
  const notes = ["XCLIENT: the server takes this client only from smtpd_authorized_xclient_hosts"];
  if (address === undefined) notes.push("XCLIENT does not tell the client address (--client-address)");
  const message = known({
    client_address: address,
    client_name: available(name),
    reverse_client_name: available(reverse),
    client_name_status: name?.toUpperCase() === "[TEMPUNAVAIL]" ? "temp" : undefined,
    sasl_username: available(user),
  });
  return { message, notes };
}

/** `[UNAVAILABLE]`, `[TEMPUNAVAIL]` and nothing: there is none. See XCLIENT_README. */
function available(value: string | undefined): string | null | undefined {
  if (value === undefined) return undefined;
  return value === "" || /^\[(?:TEMP)?UNAVAIL(?:ABLE)?\]$/i.test(value) ? null : value;
}

function addressIn(text: string | undefined): string | undefined {
  const bare = text?.replace(/^\[(.*)\]$/, "$1");
  return bare !== undefined && parseAddress(bare) ? bare : undefined;
}

function envelope(given: Given): Part {
  const notes: string[] = [];
  const helo = given.get("helo");
  const sender = given.get("from");
  const recipients = ["to", "cc", "bcc"].flatMap((name) => listIn(given.get(name)));
  if (helo === undefined) notes.push("without --helo, swaks says the name of its own machine (--helo)");
  if (sender === undefined) notes.push("without --from, swaks takes the user and name of its own machine (--sender)");
  if (recipients.length === 0) notes.push("without --to, swaks asks for the recipient (--recipient)");
  return {
    message: known({
      helo,
      sender: sender === "<>" ? "" : sender,
      recipients: recipients.length > 0 ? recipients : undefined,
    }),
    notes,
  };
}

function listIn(value: string | undefined): readonly string[] {
  return (value ?? "")
    .split(",")
    .map((address) => address.trim())
    .filter((address) => address !== "");
}

/** `--protocol` names say more than the protocol: SSMTP and SMTPS are TLS on connect. */
function protocol(given: Given): Part {
  const name = protocolName(given);
  const isEncrypted = given.has("tls") || startsWithTls(given) || name.startsWith("ESMTPS");
  const isMaybe = !isEncrypted && (given.has("tls-optional") || given.has("tls-optional-strict"));
  return {
    message: known({
      protocol: name === "SMTP" || name === "SMTPS" ? "SMTP" : "ESMTP",
      encrypted: isMaybe ? undefined : isEncrypted,
    }),
    notes: isMaybe ? ["--tls-optional uses TLS only when the server offers it (--encrypted); it is taken not to"] : [],
  };
}

function protocolName(given: Given): string {
  return (given.get("protocol") ?? "ESMTP").toUpperCase();
}

function startsWithTls(given: Given): boolean {
  return given.has("tls-on-connect") || ["SSMTP", "SSMTPA", "SMTPS"].includes(protocolName(given));
}

function login(given: Given): Part {
  const wants = LOGIN_OPTIONS.some((name) => given.has(name)) || /SMTPS?A$/.test(protocolName(given));
  // A login by XCLIENT stands in the part of the client.
  if (!wants) return { message: hasXclientLogin(given) ? {} : { sasl_username: null }, notes: [] };
  const user = given.get("auth-user");
  if (user === undefined || user === "<>") {
    return { message: {}, notes: ["swaks logs in, but the command line does not say as whom (--sasl-username)"] };
  }
  const isOptional = ["auth-optional", "auth-optional-strict"].some((name) => given.has(name));
  const notes = isOptional ? ["--auth-optional logs in only when the server offers it; it is taken to"] : [];
  return { message: { sasl_username: user }, notes };
}

const LOGIN_OPTIONS = ["auth", "auth-user", "auth-password", "auth-optional", "auth-optional-strict"];

function hasXclientLogin(given: Given): boolean {
  return given.has("xclient-login") || /\bLOGIN=/i.test(given.get("xclient") ?? "");
}

/** `--quit-after RCPT`: no message follows. */
function end(given: Given): Part {
  const stop = (given.get("quit-after") ?? given.get("drop-after") ?? given.get("drop-after-send"))?.toUpperCase();
  if (stop === undefined || stop === "DATA" || stop === "DOT") return { message: {}, notes: [] };
  const notes = ["RCPT", "TO"].includes(stop) ? [] : [`swaks stops after ${stop}; the rest is traced all the same`];
  return { message: { data: false }, notes };
}

/** The port when it is another than 25. */
function portOf(given: Given): string | undefined {
  const port = given.get("port") ?? hostAndPort(given.get("server")).port ?? (startsWithTls(given) ? "465" : "25");
  return port === "25" || port === "smtp" ? undefined : port;
}

/** `host:port`, `[host]:port`, `host/port`; an IPv6 address has a port only in the last two. */
function hostAndPort(text: string | undefined): { readonly host?: string; readonly port?: string } {
  if (text === undefined) return {};
  const match = /^(?:\[([^\]]+)\]:(.*)|([^:]+):([^:]+)|\[?([^/\]]*)\]?\/(\w+))$/.exec(text);
  if (!match) return { host: text };
  const host = match[1] ?? match[3] ?? match[5];
  const port = match[2] ?? match[4] ?? match[6];
  return { ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
}
