import type { Message } from "../evaluate/message.ts";
import type { ClientFacts } from "../relay/question.ts";

/** Who connects. */
export type Who = ClientFacts & Pick<Message, "sasl_username" | "encrypted">;

/** What a message is made of. */
export interface Parts {
  readonly who: Who;
  readonly helo: string | null;
  readonly sender: string;
  readonly recipient: string;
}

export type Part = keyof Parts;
export const PARTS = ["who", "helo", "sender", "recipient"] as const satisfies readonly Part[];

/** Where a value comes from: the plainest of all, what is always there, the edit, the rest of the configuration. */
export type Origin = "plain" | "usual" | "changed" | "other";

export interface Value<Which extends Part = Part> {
  readonly is: Parts[Which];
  readonly origin: Origin;
}

/** The values of each part of a message, the plainest first. */
export type Values = { readonly [Which in Part]: readonly Value<Which>[] };

/** The message that the parts make. */
export function messageOf({ who, helo, sender, recipient }: Parts): Message {
  return { ...who, helo, sender, recipients: [recipient] };
}
