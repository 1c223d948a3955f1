import { parseAddress } from "../../syntax/network.ts";

/** A Received header as Postfix writes it. See smtpd.c, common_pre_message_handling(). */
export interface Received {
  readonly helo: string | undefined;
  /** The name in front of the address; undefined: none is there. */
  readonly clientName: string | undefined;
  readonly clientAddress: string | undefined;
  readonly by: string | undefined;
  /** `ESMTPSA`, `SMTP`, `LMTP`, `UTF8SMTPS` … */
  readonly with: string | undefined;
  readonly login: string | undefined;
  readonly recipient: string | undefined;
  /** Some servers are told to add it. */
  readonly sender: string | undefined;
  /** Submitted on this machine with sendmail(1). */
  readonly local: boolean;
}

/** Reads the value of a Received header; what is not there is undefined. */
export function parseReceived(value: string): Received {
  const tokens = tokensOf(value);
  const from = tokens[0]?.toLowerCase() === "from";
  const wordAfter = (word: string): string | undefined => {
    const at = keyword(tokens, word);
    return at < 0 ? undefined : tokens[at + 1];
  };
  const comments = tokens.filter((token) => token.startsWith("(")).map((token) => token.slice(1, -1));
  const comment = (pattern: RegExp): string | undefined =>
    comments.map((text) => pattern.exec(text)?.[1]).find((text) => text !== undefined);
  return {
    ...(from ? clientOf(tokens) : NO_CLIENT),
    by: wordAfter("by"),
    with: wordAfter("with")?.toUpperCase(),
    login: comment(/^Authenticated sender: (.*)$/),
    recipient: bare(wordAfter("for")),
    sender: bare(comment(/^envelope-from (.*)$/)),
    local: !from && comments.some((text) => /, from userid \d+$/.test(text)),
  };
}

type ClientPart = Pick<Received, "helo" | "clientName" | "clientAddress">;

const NO_CLIENT: ClientPart = { helo: undefined, clientName: undefined, clientAddress: undefined };

/** `from HELO (NAME [ADDRESS])`: the client is in the first comment with an address, before `by`. */
function clientOf(tokens: readonly string[]): ClientPart {
  const [, helo] = tokens;
  const end = keyword(tokens, "by");
  const comments = tokens.slice(1, end < 0 ? undefined : end).filter((token) => token.startsWith("("));
  for (const text of comments) {
    const match = CLIENT.exec(text.slice(1, -1));
    const [, name, address = ""] = match ?? [];
    if (match && parseAddress(address)) return { helo, clientName: name, clientAddress: address };
  }
  return { ...NO_CLIENT, helo: helo?.startsWith("(") ? undefined : helo };
}

/** Where `word` stands; the HELO name behind `from` may be any word. */
function keyword(tokens: readonly string[], word: string): number {
  const isFrom = tokens[0]?.toLowerCase() === "from";
  return tokens.findIndex((token, at) => token.toLowerCase() === word && !(isFrom && at === 1));
}

const CLIENT = /^(?:(\S+)\s*)?\[(?:IPv6:)?([0-9A-Fa-f.:]+)\]/;

/** Words and comments; a comment is one token with its brackets and may hold others. The date is left out. */
function tokensOf(value: string): readonly string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < value.length) {
    const character = value.charAt(at);
    if (character === ";") break;
    if (/\s/.test(character)) {
      at += 1;
      continue;
    }
    const end = character === "(" ? commentEnd(value, at) : wordEnd(value, at);
    tokens.push(value.slice(at, end));
    at = end;
  }
  return tokens;
}

function commentEnd(value: string, start: number): number {
  let depth = 0;
  for (let at = start; at < value.length; at++) {
    const character = value.charAt(at);
    if (character === "\\") at += 1;
    else if (character === "(") depth += 1;
    else if (character === ")" && --depth === 0) return at + 1;
  }
  return value.length;
}

/** A word ends at white space, a comment or the date; what stands in `<…>` or quotes belongs to it. */
function wordEnd(value: string, start: number): number {
  const word = /(?:"(?:[^"\\]|\\.)*"|<[^<>]*>|[^\s(;])/y;
  let at = start;
  for (word.lastIndex = at; word.exec(value); word.lastIndex = at) at = word.lastIndex;
  return Math.max(at, start + 1);
}

function bare(address: string | undefined): string | undefined {
  return address?.replace(/^<(.*)>$/, "$1");
}
