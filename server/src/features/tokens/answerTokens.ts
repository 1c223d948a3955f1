import { rightHandSide } from "../../config/rightHandSide.ts";
import { headerActionNamed } from "../../postfix/headerActions.ts";
import { answersAddresses } from "../../postfix/tableAnswers.ts";
import { holdsTlsPolicies, TLS_LEVELS, TLS_POLICY_ATTRIBUTES } from "../../postfix/tlsPolicy.ts";
import { parseNetwork } from "../../syntax/network.ts";
import { splitWords } from "../../syntax/words.ts";
import { own } from "../../text/own.ts";
import { answersOf } from "../uses/servicesIn.ts";
import { token, type ValueToken } from "./valueToken.ts";

/** The tokens of what a table answers that these parameters ask; an answer of which nothing is known has none. */
export function answerTokens(parameters: readonly string[], value: string): readonly ValueToken[] {
  const answers = parameters.map(answersOf);
  if (answers.includes("header")) return headerTokens(value);
  if (answers.includes("transport")) return transportTokens(value);
  if (parameters.some(holdsTlsPolicies)) return policyTokens(value);
  return parameters.some(answersAddresses) ? splitWords(value).flatMap(addressTokens) : [];
}

/** The action that an access table answers with, and what stands behind it; none in a list of restrictions. */
export function actionTokens(value: string): readonly ValueToken[] {
  const side = rightHandSide(value);
  return side.kind === "action" ? withArgument(value, side.action) : [];
}

/** `transport:nexthop`, each part of which may be empty. */
export function transportTokens(value: string, base = 0): readonly ValueToken[] {
  const [name = ""] = /^[^:\s$]*/.exec(value) ?? [];
  const isHost = name === "" || name.startsWith("[");
  const transport = isHost ? [] : [token({ start: base, end: base + name.length }, "namespace")];
  return [...transport, ...destinationTokens(value.slice(name.length), base + name.length)];
}

function destinationTokens(text: string, base: number): readonly ValueToken[] {
  const match = DESTINATION.exec(text);
  return match ? placeTokens(match[2] ?? match[3] ?? "", base + (match[1] ?? "").length) : [];
}

/** What stands behind the transport: `[host]:port`, `host:port`, and for lmtp(8) also `inet:host:port`. */
const DESTINATION = /^(:(?:inet:)?\[?)(?:(?<=\[)([^[\]\s]*)\]|([^[\]\s:/$]*))/;

function headerTokens(value: string): readonly ValueToken[] {
  const action = headerActionNamed(/^\S*/.exec(value)?.[0] ?? "");
  return action ? withArgument(value, action) : [];
}

/** An action with the address or the transport behind it. */
function withArgument(value: string, action: string): readonly ValueToken[] {
  const [whole, word = ""] = /^(\S+)\s*/.exec(value) ?? [""];
  const start = whole.length;
  const rest = value.slice(start);
  return [
    token({ start: 0, end: word.length }, "keyword"),
    ...(action === "FILTER" ? transportTokens(rest, start) : []),
    ...(TO_ADDRESS.has(action) ? addressTokens({ text: rest, start }) : []),
  ];
}

const TO_ADDRESS: ReadonlySet<string> = new Set(["REDIRECT", "BCC"]);

/** A level, then `name=value`. */
function policyTokens(value: string): readonly ValueToken[] {
  return splitWords(value).flatMap((word, index) => {
    if (index === 0) return TLS_LEVELS.values.includes(word.text.toLowerCase()) ? [token(word, "keyword")] : [];
    const [name = ""] = word.text.split(/\s*=/);
    const isKnown = own(TLS_POLICY_ATTRIBUTES, name.toLowerCase()) !== undefined;
    return isKnown ? [token({ start: word.start, end: word.start + name.length }, "property")] : [];
  });
}

/** The domain of `user@domain`; a word without an `@` is a user of some system. */
function addressTokens({ text, start }: { readonly text: string; readonly start: number }): readonly ValueToken[] {
  const at = text.lastIndexOf("@");
  return at < 0 ? [] : placeTokens(text.slice(at + 1), start + at + 1);
}

/** A network or a domain; anything else is none of them. */
export function placeTokens(text: string, start: number): readonly ValueToken[] {
  const place = { start, end: start + text.length };
  if (/[.:]/.test(text) && "network" in parseNetwork(text)) return [token(place, "network")];
  return DOMAIN.test(text) ? [token(place, "domain")] : [];
}

const DOMAIN = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/i;
