import type { Message } from "../evaluate/message.ts";

/** Somebody of whom the analysis asks what he may do. */
export interface Question {
  /** Absent: strangers. */
  readonly who?: "mynetworks";
  /** The login name of the client. */
  readonly login?: string;
  /** Which senders count. */
  readonly sender: "any" | "own";
  /** Which recipients count: those for whom this server is not responsible, its own, or all. */
  readonly recipient: "foreign" | "own" | "any";
  /** Whether nothing counts but a client as it should be: a verified name, which it also says, and a sender of its own. */
  readonly isOrdinary?: true;
  /** Whether each way in is shown, not only the plainest message. */
  readonly eachWay?: true;
  /** Who he is: `anyone`. */
  readonly subject: string;
  /** What he does, in words: `may relay`. */
  readonly does: string;
  /** Who is refused. */
  readonly refused: string;
}

/** Whether strangers may relay. */
export const STRANGER_RELAYS: Question = {
  sender: "any",
  recipient: "foreign",
  eachWay: true,
  subject: "anyone",
  does: "may relay",
  refused: "every stranger who writes to a domain that is not this server's",
};

/** Whether strangers may give an address of this server as the sender to its users. */
export const STRANGER_SPOOFS: Question = {
  sender: "own",
  recipient: "own",
  subject: "anyone",
  does: "may write to the users of this server as one of them",
  refused: "every stranger who gives an address of this server as the sender",
};

/** Whether mail from outside gets to users of this server at all. */
export const STRANGER_REACHES_USERS: Question = {
  sender: "any",
  recipient: "own",
  isOrdinary: true,
  subject: "anyone",
  does: "may write to the users of this server",
  refused: "ordinary mail servers that write to users of this server",
};

/** A login that owns no address. */
export const LOGIN = "somebody";

/** Whether a login may send to others as any user of this server. */
export const LOGIN_SENDS: Question = {
  login: LOGIN,
  sender: "own",
  recipient: "foreign",
  subject: `whoever logs in as ${LOGIN}`,
  does: "may send with the address of another user",
  refused: "every login that gives the address of another user",
};

/** Whether a client in mynetworks may. */
export const INSIDER_SENDS: Question = {
  who: "mynetworks",
  sender: "own",
  recipient: "foreign",
  subject: "a client in mynetworks",
  does: "may send with the address of any user",
  refused: "clients in mynetworks, unless a table names them,",
};

/** What a client is, as far as a message tells. */
export type ClientFacts = Pick<
  Message,
  "client_address" | "client_name" | "reverse_client_name" | "client_name_status"
>;
