import type { Message } from "../evaluate/message.ts";

/** Somebody of whom the analysis asks what he may do. */
export interface Question {
  /** Who connects: anybody from outside, or one of the clients that the server trusts. */
  readonly who: "stranger" | "mynetworks";
  /** The login name of the client. */
  readonly login?: string;
  /** Which senders count. */
  readonly sender: "any" | "own";
  /** Which recipients count: those for whom this server is not responsible, or its own. */
  readonly recipient: "foreign" | "own";
}

/** Whether strangers may relay. */
export const STRANGER_RELAYS: Question = { who: "stranger", sender: "any", recipient: "foreign" };

/** What a client is, as far as a message tells. */
export type ClientFacts = Pick<
  Message,
  "client_address" | "client_name" | "reverse_client_name" | "client_name_status"
>;
